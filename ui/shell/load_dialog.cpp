#include "ui/shell/load_dialog.h"

#include <QFileDialog>
#include <QVBoxLayout>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kWidth = 780, kListWidth = 330, kListHeight = 286, kTypingPauseMs = 250;

}  // namespace

LoadDialog::LoadDialog(ModelState& model, ModelShelf& shelf, ModelState::MakeModel make, QString tiny_folder,
                       QWidget* parent)
    : QDialog(parent), model_(model), shelf_(shelf), make_(std::move(make)), tiny_folder_(std::move(tiny_folder)) {
  build();
  typed_.setSingleShot(true);
  typed_.setInterval(kTypingPauseMs);
  connect(&typed_, &QTimer::timeout, this, [this] { shelf_.choose(pathOf(folder_->text())); });
  connect(browse_, &QPushButton::clicked, this, &LoadDialog::browse);
  connect(folder_, &QLineEdit::textChanged, this, [this] {
    list_->markFolder(pathOf(folder_->text()));
    typed_.start();
    render();
  });
  connect(folder_, &QLineEdit::returnPressed, this, &LoadDialog::load);
  connect(list_, &FolderList::chosen, this, [this](const QString& folder) {
    folder_->setText(shownPath(folder));
    typed_.stop();
    shelf_.choose(folder);
  });
  connect(list_, &FolderList::activatedFolder, this, &LoadDialog::load);
  const auto compute = [this] {
    shelf_.setCompute(DeviceChoice(device_->currentData().toInt()), NumberType(numbers_->currentData().toInt()));
  };
  connect(device_, &QComboBox::currentIndexChanged, this, compute);
  connect(numbers_, &QComboBox::currentIndexChanged, this, compute);
  connect(load_, &QPushButton::clicked, this,
          [this] { model_.phase() == ModelState::Phase::loading ? model_.stopLoading() : load(); });
  connect(close_, &QPushButton::clicked, this, &QDialog::reject);
  connect(make_button_, &QPushButton::clicked, this, [this] { model_.makeAndLoad(make_, tiny_folder_); });
  connect(&shelf_, &ModelShelf::foldersChanged, this, [this] {
    list_->render();
    list_->markFolder(pathOf(folder_->text()));
    if (folder_->text().isEmpty() && !shelf_.folders().empty())
      folder_->setText(shownPath(fromPath(shelf_.folders().front().folder)));
    render();
  });
  connect(&shelf_, &ModelShelf::changed, this, &LoadDialog::render);
  connect(&model_, &ModelState::changed, this, &LoadDialog::render);
  connect(&model_, &ModelState::loaded, this, &QDialog::accept);
  retranslated(this, [this] {
    writeWords();
    list_->render();
    list_->markFolder(pathOf(folder_->text()));
    render();
  });
}

void LoadDialog::build() {
  setFixedWidth(kWidth);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::xl, 20, space::xl, 20);
  column->setSpacing(space::m);
  title_ = new Label({}, Tint::text, this);
  title_->setFont(textFont(kTitlePx, QFont::DemiBold));
  column->addWidget(title_);
  inputs_ = new QWidget(this);
  inputs_->setLayout(buildInputs());
  column->addWidget(inputs_);

  progress_box_ = new QWidget(this);
  auto* progress = new QVBoxLayout(progress_box_);
  progress->setContentsMargins(0, 0, 0, 0);
  progress->setSpacing(6);
  step_ = new Label({}, Tint::secondary, progress_box_);
  progress_ = new QProgressBar(progress_box_);
  progress_->setTextVisible(false);
  progress->addWidget(step_);
  progress->addWidget(progress_);
  column->addWidget(progress_box_);

  error_ = new ErrorLine(this);
  column->addWidget(error_);

  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(space::s);
  make_button_ = b3o::makeButton({}, "plain", this);
  close_ = b3o::makeButton({}, "plain", this);
  load_ = b3o::makeButton({}, "primary", this);
  buttons->addWidget(make_button_);
  buttons->addStretch();
  buttons->addWidget(close_);
  buttons->addWidget(load_);
  column->addLayout(buttons);
}

QLayout* LoadDialog::buildInputs() {
  auto* inputs = new QVBoxLayout;
  inputs->setContentsMargins(0, 0, 0, 0);
  inputs->setSpacing(space::m);
  auto* row = new QHBoxLayout;
  row->setSpacing(space::s);
  folder_ = new QLineEdit(inputs_);
  browse_ = b3o::makeButton({}, "plain", inputs_, "folder");
  row->addWidget(folder_, 1);
  row->addWidget(browse_);
  inputs->addLayout(row);

  auto* middle = new QHBoxLayout;
  middle->setSpacing(space::l);
  list_ = new FolderList(shelf_, inputs_);
  list_->setFixedSize(kListWidth, kListHeight);
  empty_ = new Label({}, Tint::secondary, list_);
  empty_->move(space::s, space::s);
  facts_ = new FolderFacts(shelf_, model_, inputs_);
  facts_->setMinimumHeight(kListHeight);
  middle->addWidget(list_);
  middle->addWidget(facts_, 1);
  inputs->addLayout(middle);

  auto* choices = new QHBoxLayout;
  choices->setSpacing(space::s);
  device_ = new Choice(inputs_);
  for (const auto device : {DeviceChoice::automatic, DeviceChoice::cpu, DeviceChoice::cuda})
    device_->addItem({}, int(device));
  numbers_ = new Choice(inputs_);
  for (const auto type : {NumberType::automatic, NumberType::fp32, NumberType::bf16, NumberType::fp16})
    numbers_->addItem({}, int(type));
  choices->addWidget(device_, 1);
  choices->addWidget(numbers_, 1);
  inputs->addLayout(choices);
  return inputs;
}

void LoadDialog::writeWords() {
  setWindowTitle(tr("Load a model"));
  title_->setText(tr("Load a model"));
  folder_->setAccessibleName(tr("Model folder"));
  folder_->setPlaceholderText(tr("A folder with config.json, the tokenizer and the safetensors files"));
  browse_->setText(tr("Browse..."));
  browse_->setAccessibleName(tr("Browse for a model folder"));
  device_->setAccessibleName(tr("Device"));
  const QString devices[] = {tr("Device: automatic"), tr("Device: CPU"), tr("Device: CUDA")};
  for (int i = 0; i < device_->count(); ++i) device_->setItemText(i, devices[i]);
  numbers_->setAccessibleName(tr("Number type"));
  const QString numbers[] = {tr("Numbers: automatic"), tr("Numbers: fp32"), tr("Numbers: bf16"), tr("Numbers: fp16")};
  for (int i = 0; i < numbers_->count(); ++i) numbers_->setItemText(i, numbers[i]);
  progress_->setAccessibleName(tr("Progress of the loading"));
  make_button_->setText(tr("Make a random tiny model"));
  make_button_->setToolTip(
      plainToolTip(tr("A model of a few megabytes with random weights: its answers and pictures "
                      "are noise, but everything works.")));
  close_->setText(tr("Close"));
}

void LoadDialog::setRecent(const QStringList& folders) {
  if (folder_->text().isEmpty() && !folders.isEmpty()) folder_->setText(shownPath(folders.front()));
  shelf_.refresh(folders);
}

void LoadDialog::render() {
  const bool loading = model_.phase() == ModelState::Phase::loading;
  const bool ended = !inputs_->isEnabled() && !loading;
  inputs_->setEnabled(!loading);
  if (ended) folder_->setFocus();  // to correct it
  facts_->render();
  empty_->setText(shelf_.looking() ? tr("Looking for models...") : tr("No model folder was found."));
  empty_->adjustSize();
  empty_->setVisible(list_->count() == 0);
  progress_box_->setVisible(loading);
  if (loading && !model_.folder().isEmpty()) folder_->setText(shownPath(model_.folder()));
  const double fraction = model_.fraction();
  step_->setText(fraction < 0 ? model_.step() : tr("%1 · %2 %").arg(model_.step()).arg(int(fraction * 100)));
  progress_->setRange(0, fraction < 0 ? 0 : 1000);
  if (fraction >= 0) progress_->setValue(int(fraction * 1000));
  error_->setSentence(loading ? QString() : model_.error());
  make_button_->setVisible(bool(make_));
  make_button_->setEnabled(!loading);
  load_->setText(loading ? tr("Stop") : tr("Load"));
  load_->setAccessibleName(loading ? tr("Stop loading") : tr("Load the model"));
  load_->setEnabled(loading || !folder_->text().trimmed().isEmpty());
  adjustSize();
}

void LoadDialog::load() {
  const QString folder = pathOf(folder_->text());
  if (folder.isEmpty() || model_.phase() == ModelState::Phase::loading) return;
  model_.load(folder, DeviceChoice(device_->currentData().toInt()), NumberType(numbers_->currentData().toInt()));
}

void LoadDialog::browse() {
  auto* dialog = new QFileDialog(this, tr("Model folder"), pathOf(folder_->text()));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, folder_,
          [this](const QString& folder) { folder_->setText(shownPath(folder)); });
  dialog->open();
}

}  // namespace b3o
