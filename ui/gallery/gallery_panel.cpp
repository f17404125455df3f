#include "ui/gallery/gallery_panel.h"

#include <QDateTime>
#include <QGridLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"
#include "ui/state/gallery_model.h"

namespace b3o {
namespace {

constexpr int kAlikeSide = 70, kColumns = 3;
constexpr int kLeastPreview = 96, kBelowPreview = 460;  // a low window has less room for it
constexpr int kMostShown = 1200;                        // characters of a prompt

}  // namespace

AlikeButton::AlikeButton(QWidget* parent) : QAbstractButton(parent) {
  setFixedSize(kAlikeSide, kAlikeSide);
  setFocusPolicy(Qt::TabFocus);
  setCursor(Qt::PointingHandCursor);
}

void AlikeButton::setImage(const QImage& image) {
  image_ = image;
  update();
}

void AlikeButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF inside = QRectF(rect()).adjusted(2, 2, -2, -2);
  if (image_.isNull()) {
    painter.setPen(look().line);
    painter.setBrush(look().window);
    painter.drawRoundedRect(inside, 6, 6);
  } else {
    QRectF at(QPointF(), QSizeF(image_.size()).scaled(inside.size(), Qt::KeepAspectRatio));
    at.moveCenter(inside.center());
    drawRounded(painter, at, image_, 6);
  }
  if (!hasFocus() && !underMouse()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(hasFocus() ? look().accent : look().line, 2));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);
}

// The chosen picture as wide as the panel.
class GalleryPanel::Preview : public QWidget {
 public:
  using QWidget::QWidget;
  void setImage(const QImage& image) {
    image_ = image;
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    if (image_.isNull()) {
      painter.setRenderHint(QPainter::Antialiasing);
      painter.setPen(look().line);
      painter.setBrush(Qt::NoBrush);
      painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
      return;
    }
    QRectF at(QPointF(), QSizeF(image_.size()).scaled(size(), Qt::KeepAspectRatio));
    at.moveCenter(QRectF(rect()).center());
    drawRounded(painter, at, image_, kRadius);
  }

 private:
  QImage image_;
};

GalleryPanel::GalleryPanel(Gallery& gallery, QWidget* parent) : QWidget(parent), gallery_(gallery) {
  build();
  connect(create_, &QPushButton::clicked, this, &GalleryPanel::createWanted);
  connect(ask_, &QPushButton::clicked, this, &GalleryPanel::askWanted);
  connect(edit_, &QPushButton::clicked, this, &GalleryPanel::editWanted);
  connect(compare_, &QPushButton::clicked, this, &GalleryPanel::compareWanted);
  connect(export_, &QPushButton::clicked, this, &GalleryPanel::exportWanted);
  connect(star_, &QPushButton::clicked, &gallery_, &Gallery::toggleStar);
  connect(trash_, &QPushButton::clicked, &gallery_, &Gallery::moveToTrash);
  connect(restore_, &QPushButton::clicked, &gallery_, &Gallery::restore);
  connect(delete_, &QPushButton::clicked, &gallery_, &Gallery::deleteForGood);
  connect(more_, &QPushButton::clicked, this, [this] {
    if (gallery_.shown()) gallery_.setFilter({.words = {}, .like = gallery_.shown()->line.id});
  });
  for (size_t i = 0; i < alike_.size(); ++i)
    connect(alike_[i], &QAbstractButton::clicked, this, [this, i] {
      if (i < gallery_.similar().size()) Q_EMIT showWanted(gallery_.similar()[i].id);
    });
  connect(&gallery_, &Gallery::chosenChanged, this, &GalleryPanel::render);
  connect(&gallery_, &Gallery::changed, this, &GalleryPanel::render);
  connect(&gallery_, &Gallery::thumbnailReady, this, [this](qint64 id) {
    bool here = gallery_.shown() && gallery_.shown()->line.id == id;
    for (const auto& line : gallery_.similar()) here = here || line.id == id;
    if (here) renderPicture();
  });
  retranslated(this, [this] {
    setWords(create_, tr("Open in Create"), tr("Fill the Create page with this picture's recipe (Enter)"));
    setWords(ask_, tr("Ask"), tr("Ask about this picture in Chat"));
    setWords(edit_, tr("Open in Edit"), tr("Mark a part of the picture and change it"));
    setWords(compare_, tr("Compare"), tr("Look at the two pictures and at what differs"));
    setWords(star_, tr("Star"), tr("Give or take a star (.)"));
    setWords(export_, tr("Export..."), tr("Save copies in a folder (Ctrl+S)"));
    setWords(trash_, tr("Move to trash"), tr("Put into the trash; it can be brought back (Delete)"));
    setWords(restore_, tr("Restore"), tr("Take out of the trash"));
    setWords(delete_, tr("Delete for good"), tr("Delete the files; this cannot be undone"));
    alike_title_->setText(tr("More like this"));
    setWords(more_, tr("Show all"), tr("Compared by the tokens the pictures were painted from"));
    more_->setAccessibleName(tr("Show all pictures like this"));
    render();
  });
}

void GalleryPanel::build() {
  setProperty("kind", "panel-right");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::l, space::l, space::l, space::l);
  column->setSpacing(space::m);
  preview_ = new Preview(this);
  column->addWidget(preview_);
  prompt_ = new Paragraph({}, Tint::text, this);
  prompt_->setMaximumHeight(96);
  prompt_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  column->addWidget(prompt_);
  facts_ = new Paragraph({}, Tint::secondary, this);
  notice_ = new Paragraph({}, Tint::secondary, this);
  for (auto* small : {facts_, notice_}) small->setFont(textFont(kSecondaryPx));
  column->addWidget(facts_);
  buttons_ = new QWidget(this);
  auto* grid = new QGridLayout(buttons_);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(space::s);
  const auto add = [&](int row, int column_at) {
    auto* button = makeButton({}, "chip", buttons_);
    grid->addWidget(button, row, column_at);
    return button;
  };
  create_ = add(0, 0);
  ask_ = add(0, 1);
  edit_ = add(1, 0);
  export_ = add(1, 1);
  trash_ = add(2, 0);
  star_ = add(2, 1);
  compare_ = add(3, 0);
  restore_ = add(4, 0);
  delete_ = add(4, 1);
  column->addWidget(buttons_);
  column->addWidget(notice_);

  alike_box_ = new QWidget(this);
  auto* alike = new QVBoxLayout(alike_box_);
  alike->setContentsMargins(0, 0, 0, 0);
  alike->setSpacing(space::s);
  auto* rule = new QFrame(alike_box_);
  rule->setProperty("kind", "rule");
  rule->setFixedHeight(1);
  alike->addWidget(rule);
  auto* head = new QHBoxLayout;
  alike_title_ = new Label({}, Tint::text, alike_box_);
  alike_title_->setFont(textFont(kBodyPx, QFont::DemiBold));
  more_ = makeButton({}, "chip", alike_box_);
  head->addWidget(alike_title_, 1);
  head->addWidget(more_);
  alike->addLayout(head);
  auto* cells = new QGridLayout;
  cells->setSpacing(6);
  for (size_t i = 0; i < alike_.size(); ++i) {
    alike_[i] = new AlikeButton(alike_box_);
    cells->addWidget(alike_[i], int(i) / kColumns, int(i) % kColumns, Qt::AlignLeft);
  }
  cells->setColumnStretch(kColumns - 1, 1);
  alike->addLayout(cells);
  column->addWidget(alike_box_);
  column->addStretch(1);
}

QString GalleryPanel::factsText(const StoredPicture& picture) const {
  const Recipe& r = picture.recipe;
  QStringList parts;
  if (!r.model_name.empty()) parts << tr("seed %1").arg(r.seed);
  if (r.plan.steps && r.paint.steps) parts << tr("%1 + %2 steps").arg(*r.plan.steps).arg(*r.paint.steps);
  parts << tr("%1 × %2").arg(picture.line.width).arg(picture.line.height);
  parts << whenText(picture.line.made, QDateTime::currentDateTime());
  if (!r.model_name.empty()) parts << QString::fromStdString(r.model_name);
  return parts.join(QStringLiteral(" · "));
}

void GalleryPanel::render() {
  const auto& shown = gallery_.shown();
  const size_t count = gallery_.chosen().size();
  const bool trash = gallery_.filter().trash;
  preview_->setVisible(shown.has_value());
  QString words = tr("Choose a picture to see its recipe.");
  if (shown) words = QString::fromStdString(shown->line.prompt).left(kMostShown);
  if (count > 1) words = tr("%Ln picture(s) are chosen.", nullptr, int(count));
  prompt_->setWords(words);
  prompt_->setTint(shown || count > 1 ? Tint::text : Tint::secondary);
  facts_->setWords(shown ? factsText(*shown) : QString());
  notice_->setWords(shown ? QString::fromStdString(shown->notice) : QString());
  buttons_->setVisible(count > 0);
  create_->setVisible(shown && !trash && !shown->recipe.prompt.empty());
  ask_->setVisible(shown && !trash);
  edit_->setVisible(shown && !trash);
  compare_->setVisible(count == 2 && !trash);
  star_->setVisible(!trash);
  star_->setText(shown && shown->line.starred ? tr("Take the star") : tr("Star"));
  trash_->setVisible(!trash);
  restore_->setVisible(trash);
  delete_->setVisible(trash);
  export_->setVisible(!trash);
  alike_box_->setVisible(shown && !gallery_.similar().empty());
  renderPicture();
}

void GalleryPanel::renderPicture() {
  const auto& shown = gallery_.shown();
  if (shown) {
    preview_->setImage(gallery_.thumbnail(shown->line.id));
    const int width = this->width() - 2 * space::l;
    const int wanted = int(double(width) * shown->line.height / std::max(1, shown->line.width));
    preview_->setFixedHeight(std::min({width, wanted, std::max(kLeastPreview, height() - kBelowPreview)}));
  }
  for (size_t i = 0; i < alike_.size(); ++i) {
    const bool has = i < gallery_.similar().size();
    alike_[i]->setVisible(has);
    if (!has) continue;
    const QString prompt = QString::fromStdString(gallery_.similar()[i].prompt);
    alike_[i]->setImage(gallery_.thumbnail(gallery_.similar()[i].id));
    alike_[i]->setAccessibleName(tr("Similar picture: %1").arg(prompt));
    alike_[i]->setToolTip(plainToolTip(prompt));
  }
}

void GalleryPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  renderPicture();
}

}  // namespace b3o
