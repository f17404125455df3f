#include "ui/create/recipe_panel.h"

#include <QDir>
#include <QFileDialog>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

QString stepsText(const QString& name, const std::optional<int>& steps, const std::optional<double>& guidance) {
  QStringList parts;
  if (!name.isEmpty()) parts << name;
  if (steps) parts << RecipePanel::tr("%Ln step(s)", nullptr, *steps);
  if (guidance) parts << RecipePanel::tr("guidance %1").arg(*guidance);
  return parts.join(QStringLiteral(", "));
}

}  // namespace

RecipePanel::RecipePanel(ImageJob& job, PictureExport& out, SelfCheck& check, QWidget* parent)
    : QWidget(parent), job_(job), export_(out), check_(new CheckPanel(check, job, this)) {
  build();
  connect(save_, &QPushButton::clicked, this, [this] { save(); });
  connect(bare_, &QPushButton::clicked, this, [this] { save(true); });
  connect(copy_, &QPushButton::clicked, this, &RecipePanel::copy);
  connect(edit_, &QPushButton::clicked, this, &RecipePanel::editWanted);
  connect(&job_, &ImageJob::selectionChanged, &export_, &PictureExport::clearMessage);
  connect(&job_, &ImageJob::selectionChanged, this, &RecipePanel::render);
  connect(&job_, &ImageJob::pictureChanged, this, [this](int row) {
    if (row == job_.selected()) render();
  });
  connect(&export_, &PictureExport::changed, this, &RecipePanel::render);
  retranslated(this, [this] {
    title_->setText(tr("Recipe"));
    copy_->setText(tr("Copy"));
    copy_->setAccessibleName(tr("Copy the picture"));
    copy_->setToolTip(tr("Copy the picture with its recipe (Ctrl+C)"));
    save_->setText(tr("Save PNG"));
    save_->setAccessibleName(tr("Save the picture as PNG"));
    save_->setToolTip(tr("Save the picture with its recipe inside (Ctrl+S)"));
    bare_->setText(tr("Save without metadata"));
    bare_->setAccessibleName(tr("Save the picture without recipe and other metadata"));
    bare_->setToolTip(tr("Save the pixels alone, without recipe, tokens and any other text (Ctrl+Shift+S)"));
    edit_->setText(tr("Open in Edit"));
    edit_->setToolTip(tr("Mark a part of the picture and change it there"));
    listed_.reset();
    render();
  });
}

void RecipePanel::build() {
  setProperty("kind", "panel-right");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::l, space::l, space::l, space::l);
  column->setSpacing(space::m);
  column->addWidget(check_);
  title_ = new Label({}, Tint::text, this);
  title_->setFont(textFont(kHeadingPx, QFont::DemiBold));
  column->addWidget(title_);
  prompt_ = new Paragraph({}, Tint::text, this);
  prompt_->setMaximumHeight(120);
  column->addWidget(prompt_);
  table_ = new QWidget(this);
  grid_ = new QGridLayout(table_);
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(space::m);
  grid_->setVerticalSpacing(6);
  grid_->setColumnStretch(1, 1);
  column->addWidget(table_);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(space::s);
  copy_ = makeButton({}, "chip", this);
  save_ = makeButton({}, "chip", this);
  buttons->addWidget(copy_);
  buttons->addWidget(save_);
  buttons->addStretch();
  column->addLayout(buttons);
  edit_ = makeButton({}, "chip", this);
  column->addWidget(edit_, 0, Qt::AlignLeft);
  bare_ = makeButton({}, "chip", this);
  column->addWidget(bare_, 0, Qt::AlignLeft);
  said_ = new Paragraph({}, Tint::secondary, this);
  notice_ = new Paragraph({}, Tint::secondary, this);
  for (auto* small : {said_, notice_}) {
    small->setFont(textFont(kSecondaryPx));
    column->addWidget(small);
  }
  column->addStretch();
}

void RecipePanel::addLine(const QString& name, const QString& value) {
  if (value.isEmpty()) return;
  const int row = grid_->count() / 2;
  auto* left = new Label(name, Tint::secondary, table_);
  left->setFont(textFont(kSecondaryPx));
  left->setMinimumWidth(56);
  auto* right = new Paragraph(value, Tint::text, table_);
  right->setFont(textFont(kSecondaryPx));
  grid_->addWidget(left, row, 0, Qt::AlignTop);
  grid_->addWidget(right, row, 1);
}

void RecipePanel::render() {
  const Picture* picture = job_.picture();
  const bool done = picture && picture->image;
  copy_->setEnabled(done);
  save_->setEnabled(done);
  bare_->setEnabled(done);
  edit_->setEnabled(done);
  prompt_->setVisible(picture);
  table_->setVisible(picture);
  said_->setWords(picture ? export_.message() : tr("The recipe of a picture appears here."));
  said_->setTint(export_.failed() ? Tint::bad : Tint::secondary);
  notice_->setWords(picture ? picture->notice : QString());
  if (picture) list(*picture);
}

void RecipePanel::list(const Picture& picture) {
  const Recipe& r = picture.recipe;
  if (listed_ == r) return;  // previews come thirty times a second
  listed_ = r;
  while (QLayoutItem* item = grid_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  prompt_->setText(QString::fromUtf8(r.prompt));
  addLine(tr("Model"), QString::fromUtf8(r.model_name));
  addLine(tr("Seed"), QString::number(r.seed));
  addLine(tr("Plan"), stepsText({}, r.plan.steps, r.plan.guidance));
  addLine(tr("Paint"), stepsText(samplerTitle(QString::fromUtf8(r.paint.sampler)), r.paint.steps, r.paint.guidance));
  if (r.paint.width > 0) addLine(tr("Size"), tr("%1 × %2").arg(r.paint.width).arg(r.paint.height));
  addLine(tr("Numbers"), QString::fromUtf8(r.number_type));
  if (const size_t bytes = picture.tokens.values.size() * sizeof(float))
    addLine(tr("Tokens"), tr("in the file (%L1 KB)").arg((bytes + 1023) / 1024));
  if (picture.seconds > 0) addLine(tr("Time"), durationText(picture.seconds));
}

void RecipePanel::save(bool bare) {
  const Picture* picture = job_.picture();
  if (!picture || !picture->image) return;
  auto* dialog = new QFileDialog(this, bare ? tr("Save the picture without metadata") : tr("Save the picture"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("png"));
  dialog->setNameFilter(tr("PNG pictures (*.png)"));
  dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
  dialog->selectFile(fileNameFor(picture->recipe));
  connect(dialog, &QFileDialog::fileSelected, &export_,
          [this, bare, image = picture->image, recipe = picture->recipe,
           tokens = picture->tokens](const QString& path) { export_.save(path, image, recipe, tokens, bare); });
  dialog->open();
}

void RecipePanel::copy() {
  if (const Picture* picture = job_.picture(); picture && picture->image) export_.copy(picture->image, picture->recipe);
}

}  // namespace b3o
