#include "ui/chat/picture_view.h"

#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/flow.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {

// The picture, or its newest preview, or an empty place for it. As large from the first moment as it will be.
class PictureFrame : public QWidget {
 public:
  explicit PictureFrame(QWidget* parent) : QWidget(parent) { setFixedSize(kSide, kSide); }
  void show(const QImage& image, const QString& name, bool finished) {
    image_ = image;
    setAccessibleName(name);
    if (finished && !image.isNull()) {
      const QSize fitted = image.size().scaled(kSide, kSide, Qt::KeepAspectRatio).expandedTo(QSize(24, 24));
      if (fitted != size()) setFixedSize(fitted);
    }
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look().panel);
    painter.drawRoundedRect(rect(), kRadius, kRadius);
    if (image_.isNull()) return;
    QRectF at(QPointF(), QSizeF(image_.size()).scaled(size(), Qt::KeepAspectRatio));
    at.moveCenter(QRectF(rect()).center());
    drawRounded(painter, at, image_, kRadius, image_.width() > 8);
  }

 private:
  static constexpr int kSide = 232;
  QImage image_;
};

namespace {

// "read ✓ · plan ✓ · paint 5 of 8"
QString stagesText(const Turn& turn) {
  const Stage order[] = {Stage::read, Stage::plan, Stage::paint, Stage::decode};
  QStringList parts;
  for (const Stage stage : order) {
    if (stage == turn.progress.stage) {
      parts << (turn.progress.total > 1 ? PictureView::tr("%1 %2 of %3")
                                              .arg(stageWord(stage))
                                              .arg(turn.progress.done)
                                              .arg(turn.progress.total)
                                        : stageWord(stage));
      break;
    }
    parts << stageWord(stage) + QStringLiteral(" ✓");
  }
  return parts.join(QStringLiteral(" · "));
}

QString steps(Stage stage, const std::optional<int>& count) {
  return count ? QStringLiteral("%1 %2").arg(stageWord(stage)).arg(*count) : QString();
}

QString headText(const Turn& turn) {
  const bool edits = turn.intent == Intent::edit;
  if (turn.state == Turn::State::waiting) return PictureView::tr("Waiting for the running job");
  if (turn.open()) {
    const QString doing = edits ? PictureView::tr("Editing") : PictureView::tr("Drawing");
    return turn.has_progress ? doing + QStringLiteral(" · ") + stagesText(turn) : doing;
  }
  if (turn.pictures.empty())
    return turn.state == Turn::State::stopped ? PictureView::tr("Stopped: the last estimate, not a result") : QString();
  QStringList parts{edits ? PictureView::tr("Edited") : PictureView::tr("Drawn")};
  if (const auto& recipe = turn.pictures.back().recipe) {
    parts << PictureView::tr("seed %1").arg(recipe->seed);
    QStringList counts{steps(Stage::plan, recipe->plan.steps), steps(Stage::paint, recipe->paint.steps)};
    counts.removeAll(QString());
    if (!counts.isEmpty()) parts << PictureView::tr("%1 steps").arg(counts.join(QStringLiteral(", ")));
  }
  if (turn.seconds > 0) parts << durationText(turn.seconds);
  return parts.join(QStringLiteral(" · "));
}

QString recipeText(const Recipe& r) {
  QStringList lines;
  const auto add = [&](const QString& name, const QString& value) {
    if (!value.isEmpty()) lines << QStringLiteral("%1: %2").arg(name, value);
  };
  add(PictureView::tr("Words"), QString::fromStdString(r.prompt));
  add(PictureView::tr("Model"), QString::fromStdString(r.model_name));
  add(PictureView::tr("Seed"), QString::number(r.seed));
  QStringList plan, paint;
  if (r.plan.steps) plan << PictureView::tr("%Ln step(s)", nullptr, *r.plan.steps);
  if (r.plan.guidance) plan << PictureView::tr("guidance %1").arg(*r.plan.guidance);
  if (!r.paint.sampler.empty()) paint << QString::fromStdString(r.paint.sampler);
  if (r.paint.steps) paint << PictureView::tr("%Ln step(s)", nullptr, *r.paint.steps);
  if (r.paint.guidance) paint << PictureView::tr("guidance %1").arg(*r.paint.guidance);
  add(PictureView::tr("Plan"), plan.join(QStringLiteral(", ")));
  add(PictureView::tr("Paint"), paint.join(QStringLiteral(", ")));
  if (r.task == "edit") add(PictureView::tr("Strength"), QString::number(r.strength));
  if (r.paint.width > 0)
    add(PictureView::tr("Size"), PictureView::tr("%1 × %2").arg(r.paint.width).arg(r.paint.height));
  add(PictureView::tr("Numbers"), QString::fromStdString(r.number_type));
  return lines.join(u'\n');
}

}  // namespace

PictureView::PictureView(QWidget* parent) : QWidget(parent) {
  build();
  const auto picture = [this](Intent intent) { Q_EMIT brought(qint64(picture_.key), intent); };
  connect(ask_, &QPushButton::clicked, this, [picture] { picture(Intent::ask); });
  connect(change_, &QPushButton::clicked, this, [picture] { picture(Intent::edit); });
  connect(recipe_, &QPushButton::toggled, lines_, &QWidget::setVisible);
  connect(edit_, &QPushButton::clicked, this,
          [this] { Q_EMIT editWanted(picture_.picture.image, picture_.recipe.value_or(Recipe())); });
  connect(save_, &QPushButton::clicked, this,
          [this] { Q_EMIT saveWanted(picture_.picture.image, picture_.recipe.value_or(Recipe())); });
  connect(copy_, &QPushButton::clicked, this,
          [this] { Q_EMIT copyWanted(picture_.picture.image, picture_.recipe.value_or(Recipe())); });
  connect(stop_, &QPushButton::clicked, this, &PictureView::stopWanted);
}

void PictureView::build() {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(14);
  frame_ = new PictureFrame(this);
  row->addWidget(frame_, 0, Qt::AlignTop);
  auto* column = new QVBoxLayout;
  column->setSpacing(space::s);
  column->setContentsMargins(0, space::xs, 0, 0);
  head_ = new Label({}, Tint::secondary, this);
  time_ = new Label({}, Tint::secondary, this);
  notice_ = new Label({}, Tint::secondary, this);
  for (auto* label : {time_, notice_}) label->setFont(textFont(kSecondaryPx));
  for (auto* label : {head_, time_}) label->setTabular(true);
  bar_ = new QProgressBar(this);
  bar_->setTextVisible(false);
  bar_->setFixedWidth(300);
  bar_->setRange(0, 1000);
  error_ = new ErrorLine(this);
  buttons_ = new QWidget(this);
  auto* chips = new FlowLayout(buttons_, space::s);
  for (auto** button : {&ask_, &change_, &edit_, &recipe_, &save_, &copy_}) {
    *button = makeButton({}, "chip", buttons_);
    chips->addWidget(*button);
  }
  recipe_->setCheckable(true);
  stop_ = makeButton({}, "chip", this);
  lines_ = new Paragraph({}, Tint::secondary, this);
  lines_->setFont(textFont(kSecondaryPx));
  lines_->hide();
  check_ = new Paragraph({}, Tint::secondary, this);
  check_->setFont(textFont(kSecondaryPx));
  actions_ = new TurnActions(this);
  auto* again = actions_->add("reuse");
  retranslated(this, [this, again] {
    again->setName(tr("Once more, with another seed"));
    writeWords();
  });
  connect(again, &QPushButton::clicked, this, &PictureView::regenerateWanted);
  column->addWidget(head_);
  column->addWidget(bar_, 0, Qt::AlignLeft);
  column->addWidget(time_);
  column->addWidget(notice_);
  column->addWidget(error_);
  column->addWidget(buttons_);
  column->addWidget(stop_, 0, Qt::AlignLeft);
  column->addWidget(lines_);
  column->addWidget(check_);
  column->addWidget(actions_, 0, Qt::AlignLeft);
  column->addStretch();
  row->addLayout(column, 1);
}

void PictureView::writeWords() {
  setWords(ask_, tr("Ask about it"), tr("Attach the picture to the next question"));
  setWords(change_, tr("Change it..."), tr("Say what should be different in the picture"));
  setWords(edit_, tr("Open in Edit"), tr("Mark a part of the picture and change it there"));
  setWords(recipe_, tr("Recipe"), tr("Show everything that decided the picture"));
  setWords(save_, tr("Save"), tr("Save the picture as PNG with its recipe inside"));
  setWords(copy_, tr("Copy"), tr("Copy the picture with its recipe"));
  setWords(stop_, tr("Stop"), tr("Stop (Esc)"));
  stop_->setAccessibleName(tr("Stop this picture"));
  bar_->setAccessibleName(tr("Progress of the picture"));
}

void PictureView::render(const Turn& turn) {
  const bool done = !turn.pictures.empty(), open = turn.open();
  picture_ = done ? turn.pictures.back() : Attachment();
  const QImage image = done ? picture_.picture.thumbnail : turn.preview;
  frame_->setVisible(open || !image.isNull() || done);
  frame_->show(image, open ? tr("The picture that is drawn now") : tr("The picture"), done);
  head_->setText(headText(turn));
  head_->setVisible(!head_->text().isEmpty());
  const bool measured = open && turn.has_progress && turn.progress.total > 0;
  bar_->setVisible(open && turn.state != Turn::State::waiting);
  bar_->setValue(measured ? int(1000.0 * turn.progress.done / turn.progress.total) : 0);
  QStringList time{open ? turn.time : QString(), open && !image.isNull() ? tr("estimate, not the result") : QString()};
  if (done && picture_.reading) time << tr("reading the picture");
  time.removeAll(QString());
  time_->setText(time.join(QStringLiteral(" · ")));
  time_->setVisible(!time.isEmpty());
  notice_->setText(done ? turn.notice : QString());
  notice_->setVisible(done && !turn.notice.isEmpty());
  error_->setSentence(done && !picture_.picture.error.isEmpty() ? picture_.picture.error : turn.error);
  buttons_->setVisible(done && picture_.picture.image != nullptr);
  stop_->setVisible(open);
  recipe_->setVisible(picture_.recipe.has_value());
  if (picture_.recipe) lines_->setText(recipeText(*picture_.recipe));
  check_->setWords(done ? picture_.check : QString());
  actions_->setVisible(!open);
  actions_->setBranch(turn.branch, turn.branches);
}

}  // namespace b3o
