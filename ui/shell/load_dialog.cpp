#include "ui/shell/load_dialog.h"

#include <QDir>
#include <QFileDialog>

#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kWidth = 560;

Label* makeHeading(const QString& text, QWidget* parent) {
  auto* label = new Label(text, Tint::secondary, parent);
  label->setFont(textFont(kSecondaryPx));
  return label;
}

}  // namespace

LoadDialog::LoadDialog(ModelState& model, ModelState::MakeModel make, QString tiny_folder, QWidget* parent)
    : QDialog(parent), model_(model), make_(std::move(make)), tiny_folder_(std::move(tiny_folder)) {
  build();
  connect(browse_, &QPushButton::clicked, this, &LoadDialog::browse);
  connect(folder_, &QLineEdit::textChanged, this, &LoadDialog::render);
  connect(folder_, &QLineEdit::returnPressed, this, &LoadDialog::load);
  connect(load_, &QPushButton::clicked, this,
          [this] { model_.phase() == ModelState::Phase::loading ? model_.stopLoading() : load(); });
  connect(close_, &QPushButton::clicked, this, &QDialog::reject);
  connect(make_button_, &QPushButton::clicked, this, [this] { model_.makeAndLoad(make_, tiny_folder_); });
  connect(&model_, &ModelState::changed, this, &LoadDialog::render);
  connect(&model_, &ModelState::loaded, this, &QDialog::accept);
  render();
}

void LoadDialog::build() {
  setWindowTitle(tr("Load a model"));
  setFixedWidth(kWidth);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::xl, 20, space::xl, 20);
  column->setSpacing(space::m);
  auto* title = new Label(tr("Load a model"), Tint::text, this);
  title->setFont(textFont(kTitlePx, QFont::DemiBold));
  column->addWidget(title);
  column->addWidget(
      new Paragraph(tr("A folder with config.json, the tokenizer and the safetensors files."), Tint::secondary, this));

  inputs_ = new QWidget(this);
  auto* inputs = new QVBoxLayout(inputs_);
  inputs->setContentsMargins(0, 0, 0, 0);
  inputs->setSpacing(space::m);
  auto* row = new QHBoxLayout;
  row->setSpacing(space::s);
  folder_ = new QLineEdit(inputs_);
  folder_->setAccessibleName(tr("Model folder"));
  folder_->setPlaceholderText(tr("Model folder"));
  browse_ = b3o::makeButton(tr("Browse..."), "plain", inputs_, "folder");
  browse_->setAccessibleName(tr("Browse for a model folder"));
  row->addWidget(folder_, 1);
  row->addWidget(browse_);
  inputs->addLayout(row);
  recent_box_ = new QWidget(inputs_);
  recent_ = new QVBoxLayout(recent_box_);
  recent_->setContentsMargins(0, 0, 0, 0);
  recent_->setSpacing(space::xs);
  inputs->addWidget(recent_box_);
  auto* choices = new QHBoxLayout;
  choices->setSpacing(space::s);
  device_ = new Choice(inputs_);
  device_->setAccessibleName(tr("Device"));
  device_->addItem(tr("Device: automatic"), int(DeviceChoice::automatic));
  device_->addItem(tr("Device: CPU"), int(DeviceChoice::cpu));
  device_->addItem(tr("Device: CUDA"), int(DeviceChoice::cuda));
  numbers_ = new Choice(inputs_);
  numbers_->setAccessibleName(tr("Number type"));
  numbers_->addItem(tr("Numbers: automatic"), int(NumberType::automatic));
  numbers_->addItem(tr("Numbers: fp32"), int(NumberType::fp32));
  numbers_->addItem(tr("Numbers: bf16"), int(NumberType::bf16));
  numbers_->addItem(tr("Numbers: fp16"), int(NumberType::fp16));
  choices->addWidget(device_, 1);
  choices->addWidget(numbers_, 1);
  inputs->addLayout(choices);
  column->addWidget(inputs_);

  progress_box_ = new QWidget(this);
  auto* progress = new QVBoxLayout(progress_box_);
  progress->setContentsMargins(0, 0, 0, 0);
  progress->setSpacing(6);
  step_ = new Label({}, Tint::secondary, progress_box_);
  progress_ = new QProgressBar(progress_box_);
  progress_->setTextVisible(false);
  progress_->setAccessibleName(tr("Progress of the loading"));
  progress->addWidget(step_);
  progress->addWidget(progress_);
  column->addWidget(progress_box_);

  error_ = new ErrorLine(this);
  column->addWidget(error_);

  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(space::s);
  make_button_ = b3o::makeButton(tr("Make a random tiny model"), "plain", this);
  make_button_->setToolTip(
      plainToolTip(tr("A model of a few megabytes with random weights: its answers and pictures "
                      "are noise, but everything works.")));
  close_ = b3o::makeButton(tr("Close"), "plain", this);
  load_ = b3o::makeButton(tr("Load"), "primary", this);
  buttons->addWidget(make_button_);
  buttons->addStretch();
  buttons->addWidget(close_);
  buttons->addWidget(load_);
  column->addLayout(buttons);
}

void LoadDialog::setRecent(const QStringList& folders) {
  while (QLayoutItem* item = recent_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  recent_box_->setVisible(!folders.isEmpty());
  if (folders.isEmpty()) return;
  recent_->addWidget(makeHeading(tr("Recent"), recent_box_));
  for (const auto& folder : folders) {
    auto* button = b3o::makeButton(fontMetrics().elidedText(folder, Qt::ElideMiddle, kWidth - 100), "ghost",
                                   recent_box_, "folder");
    button->setAccessibleName(tr("Load %1").arg(folder));
    connect(button, &QPushButton::clicked, this, [this, folder] {
      folder_->setText(folder);
      load();
    });
    recent_->addWidget(button, 0, Qt::AlignLeft);
  }
  if (folder_->text().isEmpty()) folder_->setText(folders.front());
}

void LoadDialog::render() {
  const bool loading = model_.phase() == ModelState::Phase::loading;
  const bool ended = !inputs_->isEnabled() && !loading;
  inputs_->setEnabled(!loading);
  if (ended) folder_->setFocus();  // to correct it
  progress_box_->setVisible(loading);
  if (loading && !model_.folder().isEmpty()) folder_->setText(model_.folder());
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
  const QString folder = folder_->text().trimmed();
  if (folder.isEmpty() || model_.phase() == ModelState::Phase::loading) return;
  model_.load(QDir::fromNativeSeparators(folder), DeviceChoice(device_->currentData().toInt()),
              NumberType(numbers_->currentData().toInt()));
}

void LoadDialog::browse() {
  auto* dialog = new QFileDialog(this, tr("Model folder"), folder_->text());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, folder_, &QLineEdit::setText);
  dialog->open();
}

}  // namespace b3o
