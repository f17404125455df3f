#include "ui/compare/compare_panel.h"

#include <QPainter>
#include <QVBoxLayout>

#include "ui/look/language.h"
#include "ui/look/scroll_column.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {
namespace {

constexpr int kSide = 64, kFieldHeight = 26;
constexpr qsizetype kShortHash = 12;

// The thumbnail of one side.
class SidePicture : public QWidget {
 public:
  SidePicture(Compare& compare, int side, QWidget* parent) : QWidget(parent), compare_(compare), side_(side) {
    setFixedSize(kSide, kSide);
    connect(&compare, &Compare::changed, this, [this] {
      const QImage& now = compare_.side(side_).shown;
      if (now.cacheKey() == key_) return;
      key_ = now.cacheKey();
      small_ = thumbnailOf(now, 2 * kSide);
      update();
    });
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (small_.isNull()) {
      painter.setPen(look().line);
      painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
      return;
    }
    QRectF at(QPointF(), QSizeF(small_.size()).scaled(size(), Qt::KeepAspectRatio));
    at.moveCenter(QRectF(rect()).center());
    drawRounded(painter, at, small_, 6);
  }

 private:
  Compare& compare_;
  int side_;
  QImage small_;
  qint64 key_ = 0;
};

// A hash is only looked at for being another one.
QString shortened(const QString& text) {
  static const auto hex = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
  return text.size() > kShortHash && std::all_of(text.begin(), text.end(), hex) ? text.left(kShortHash) + u'…' : text;
}

}  // namespace

ComparePanel::ComparePanel(Compare& compare, QWidget* parent) : QWidget(parent), compare_(compare) {
  build();
  connect(&compare_, &Compare::changed, this, &ComparePanel::render);
  retranslated(this, [this] {
    differs_->setText(tr("What differs in the recipes"));
    const QString sides[] = {tr("Left"), tr("Right")};
    const QString opens[] = {tr("Open the left picture"), tr("Open the right picture")};
    for (size_t side = 0; side < cards_.size(); ++side) {
      cards_[side].which->setText(sides[side]);
      cards_[side].open->setText(tr("Open..."));
      cards_[side].open->setAccessibleName(opens[side]);
    }
    render();
  });
}

ComparePanel::Card ComparePanel::buildCard(int side) {
  Card card;
  card.box = new QWidget(this);
  auto* row = new QHBoxLayout(card.box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::m);
  card.picture = new SidePicture(compare_, side, card.box);
  row->addWidget(card.picture);
  auto* column = new QVBoxLayout;
  column->setSpacing(2);
  card.which = new Label({}, Tint::secondary, card.box);
  card.which->setFont(textFont(kSecondaryPx));
  card.name = new Label({}, Tint::text, card.box);
  card.facts = new Label({}, Tint::secondary, card.box);
  card.facts->setFont(textFont(kSecondaryPx));
  card.open = makeButton({}, "chip", card.box);
  auto* top = new QHBoxLayout;
  top->addWidget(card.which, 1);
  top->addWidget(card.open);
  column->addLayout(top);
  column->addWidget(card.name);
  column->addWidget(card.facts);
  column->addStretch();
  row->addLayout(column, 1);
  connect(card.open, &QPushButton::clicked, this, [this, side] { Q_EMIT openWanted(side); });
  return card;
}

void ComparePanel::build() {
  setProperty("kind", "panel-right");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::l, space::l, space::l, space::l);
  column->setSpacing(space::m);
  for (int side = 0; side < 2; ++side) {
    cards_[size_t(side)] = buildCard(side);
    column->addWidget(cards_[size_t(side)].box);
  }
  numbers_ = new Paragraph({}, Tint::secondary, this);
  numbers_->setFont(textFont(kSecondaryPx));
  column->addWidget(numbers_);
  auto* rule = new QFrame(this);
  rule->setProperty("kind", "rule");
  rule->setFixedHeight(1);
  column->addWidget(rule);
  differs_ = new Label({}, Tint::text, this);
  differs_->setFont(textFont(kBodyPx, QFont::DemiBold));
  column->addWidget(differs_);
  about_ = new Paragraph({}, Tint::secondary, this);
  about_->setFont(textFont(kSecondaryPx));
  column->addWidget(about_);
  auto* scroll = new QScrollArea(this);
  auto* content = makeScrollColumn(*scroll);
  auto* stretch = new QVBoxLayout(content);
  stretch->setContentsMargins(0, 0, space::s, 0);
  table_ = new QWidget(content);
  grid_ = new QGridLayout(table_);
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(space::m);
  grid_->setVerticalSpacing(space::xs);
  stretch->addWidget(table_);
  stretch->addStretch();
  scroll->setWidget(content);
  column->addWidget(scroll, 1);
}

void ComparePanel::render() {
  for (int side = 0; side < 2; ++side) {
    const CompareSide& now = compare_.side(side);
    const Card& card = cards_[size_t(side)];
    card.name->setText(now.reading ? tr("reading the picture") : now.image ? now.name : tr("no picture yet"));
    card.name->setTint(now.image ? Tint::text : Tint::secondary);
    card.facts->setText(now.image ? tr("%1 × %2").arg(now.image->width).arg(now.image->height) : QString());
  }
  numbers_->setWords(compare_.sentence());
  QString about;
  const bool left = compare_.side(0).recipe.has_value(), right = compare_.side(1).recipe.has_value();
  if (compare_.ready()) {
    if (!left && !right) about = tr("Neither picture holds a recipe.");
    if (left && !right) about = tr("The right picture holds no recipe.");
    if (!left && right) about = tr("The left picture holds no recipe.");
    if (left && right && compare_.recipes().empty()) about = tr("Nothing: both recipes are equal.");
  }
  differs_->setVisible(compare_.ready());
  about_->setWords(about);
  list();
}

void ComparePanel::list() {
  const auto now = compare_.recipes();
  if (listed_ == now) return;
  listed_ = now;
  while (QLayoutItem* item = grid_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (const auto& field : listed_) addLine(field.field, field.left, field.right);
}

void ComparePanel::addLine(const QString& field, const QString& left, const QString& right) {
  const int row = grid_->rowCount();
  auto* name = new Label(field, Tint::secondary, table_);
  name->setFont(textFont(kSecondaryPx));
  grid_->addWidget(name, row, 0, 1, 2, Qt::AlignBottom);
  if (row > 1) grid_->setRowMinimumHeight(row, kFieldHeight);
  const QString values[] = {left, right};
  for (int side = 0; side < 2; ++side) {
    auto* value = new Paragraph(values[side].isEmpty() ? tr("none") : shortened(values[side]), Tint::text, table_);
    value->setFont(textFont(kSecondaryPx));
    value->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    value->setToolTip(plainToolTip(values[side]));
    value->setAccessibleName(side == 0 ? tr("%1, left").arg(field) : tr("%1, right").arg(field));
    grid_->addWidget(value, row + 1, side);
    grid_->setColumnStretch(side, 1);
  }
}

QStringList ComparePanel::lines() const {
  QStringList out;
  for (const auto& field : listed_) out << QStringLiteral("%1: %2 | %3").arg(field.field, field.left, field.right);
  return out;
}

}  // namespace b3o
