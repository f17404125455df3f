#include "ui/shell/status_line.h"

#include <QHBoxLayout>
#include <QPainter>

#include "ui/look/icon.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kHeight = 32, kDot = 8, kNoteWidth = 240;

}  // namespace

ModelChip::ModelChip(ModelState& model, QWidget* parent) : QPushButton(parent), model_(model) {
  setProperty("kind", "ghost");
  setFocusPolicy(Qt::TabFocus);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  connect(&model_, &ModelState::changed, this, &ModelChip::render);
  retranslated(this, [this] { render(); });
}

void ModelChip::render() {
  switch (model_.phase()) {
    case ModelState::Phase::none:
      name_ = tr("No model");
      note_ = model_.error().isEmpty() ? QString() : tr("load failed");
      break;
    case ModelState::Phase::loading:
      name_ = tr("Loading");
      note_ = model_.step();
      break;
    case ModelState::Phase::ready:
      name_ = QString::fromUtf8(model_.info().name);
      note_ = model_.resting() ? tr("resting") : QString::fromUtf8(model_.info().notice);
      break;
  }
  name_ = fontMetrics().elidedText(name_, Qt::ElideRight, kNoteWidth);
  setAccessibleName(tr("Model: %1 %2").arg(name_, note_).trimmed());
  QString tip = model_.ready() ? QString::fromUtf8(model_.info().folder) : model_.error();
  if (model_.ready() && !note_.isEmpty()) tip = note_ + u' ' + tip;
  if (model_.resting()) tip = tr("Its memory was given back; the next question or picture loads it again. %1").arg(tip);
  setToolTip(plainToolTip(tip));
  updateGeometry();
  update();
}

QSize ModelChip::sizeHint() const {
  const QFontMetrics bold(textFont(kBodyPx, QFont::DemiBold)), plain(textFont(kBodyPx));
  const int note = note_.isEmpty() ? 0 : std::min(kNoteWidth, plain.horizontalAdvance(note_) + 2) + 6;
  return {6 + kDot + 6 + bold.horizontalAdvance(name_) + 8 + note + 18 + 6, 26};
}

void ModelChip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (hasFocus() || underMouse()) {
    painter.setPen(hasFocus() ? QPen(look().accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(look().hover);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);
  }
  const bool failed = model_.phase() == ModelState::Phase::none && !model_.error().isEmpty();
  const QColor dot = model_.resting() ? look().secondary
                     : model_.ready() ? look().good
                     : failed         ? look().bad
                                      : look().warn;
  painter.setPen(Qt::NoPen);
  painter.setBrush(dot);
  painter.drawEllipse(QRectF(6, (height() - kDot) / 2.0, kDot, kDot));
  int x = 6 + kDot + 6;
  const int right = width() - 6 - 18;
  const auto write = [&](const QString& text, const QFont& font, const QColor& colour) {
    painter.setFont(font);
    painter.setPen(colour);
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, right - x);
    painter.drawText(QRect(x, 0, right - x, height()), Qt::AlignVCenter | Qt::AlignLeft, shown);
    x += metrics.horizontalAdvance(shown) + 6;
  };
  write(name_, textFont(kBodyPx, QFont::DemiBold), look().text);
  if (!note_.isEmpty() && right - x > 30) write(note_, textFont(kBodyPx), look().secondary);
  b3o::icon("chevron-down", Tint::secondary)
      .paint(&painter, QRect(std::min(x - 2, right), (height() - 16) / 2, 16, 16));
}

StatusLine::StatusLine(ModelState& model, JobLine& job, DrawQueue& queue, MemoryMeter& memory, QMenu* model_menu,
                       QWidget* parent)
    : QWidget(parent), model_(model), job_(job), queue_(queue), memory_(memory) {
  build(model_menu);
  connect(&model_, &ModelState::changed, this, &StatusLine::renderModel);
  connect(&memory_, &MemoryMeter::changed, this, &StatusLine::renderModel);
  connect(&job_, &JobLine::changed, this, &StatusLine::renderJob);
  connect(&queue_, &DrawQueue::changed, this, &StatusLine::renderJob);
  connect(waiting_, &QPushButton::clicked, this, [this] { queue_list_->showAbove(waiting_); });
  connect(stop_, &QPushButton::clicked, &job_, &JobLine::stop);
  retranslated(this, [this] {
    bar_->setAccessibleName(tr("Progress of the running job"));
    stop_->setText(tr("Stop"));
    stop_->setAccessibleName(tr("Stop the running job"));
    stop_->setToolTip(tr("Stop the running job (Esc)"));
    waiting_->setToolTip(tr("What waits: order, pause, remove"));
    renderModel();
    renderJob();
  });
}

void StatusLine::build(QMenu* model_menu) {
  setFixedHeight(kHeight);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(6, 1, space::m, 0);
  row->setSpacing(space::l);
  chip_ = new ModelChip(model_, this);
  connect(chip_, &QPushButton::clicked, model_menu,
          [this, model_menu] { model_menu->popup(chip_->mapToGlobal(QPoint(0, -model_menu->sizeHint().height()))); });
  device_ = new Label({}, Tint::secondary, this);
  bytes_ = new Label({}, Tint::secondary, this);
  bar_ = new QProgressBar(this);
  bar_->setTextVisible(false);
  bar_->setFixedWidth(120);
  stage_ = new Label({}, Tint::secondary, this);
  count_ = new Label({}, Tint::text, this);
  count_->setFont(textFont(kBodyPx, QFont::DemiBold));
  pace_ = new Label({}, Tint::secondary, this);
  stop_ = makeButton({}, "chip", this);
  waiting_ = makeButton({}, "ghost", this);
  queue_list_ = new QueueList(queue_, this);
  for (auto* label : {device_, stage_, count_, pace_, bytes_}) {
    label->setTabular(label != device_);
    label->setWhole(true);  // the chip gives way
  }
  row->addWidget(chip_);
  row->addWidget(device_);
  row->addWidget(bytes_);
  row->addStretch(1);
  row->addWidget(bar_);
  auto* words = new QHBoxLayout;
  words->setSpacing(6);
  words->addWidget(stage_);
  words->addWidget(count_);
  words->addWidget(pace_);
  row->addLayout(words);
  row->addWidget(stop_);
  row->addWidget(waiting_);
}

void StatusLine::renderModel() {
  const ModelInfo& info = model_.info();
  device_->setVisible(model_.ready());
  device_->setText(tr("%1 · %2").arg(QString::fromUtf8(info.device), QString::fromUtf8(info.number_type)));
  QStringList tips{QString::fromUtf8(info.number_type_reason)};
  for (const auto& warning : info.warnings) tips << QString::fromUtf8(warning);
  device_->setToolTip(plainToolTip(tips.join(u' ')));
  bytes_->setVisible(memory_.bytes() > 0);
  bytes_->setText(bytesText(memory_.bytes()));
  bytes_->setToolTip(tr("Memory of this program"));
}

void StatusLine::renderJob() {
  const bool runs = job_.running();
  bar_->setVisible(runs && job_.fraction() >= 0);
  if (job_.fraction() >= 0) bar_->setRange(0, 1000), bar_->setValue(int(job_.fraction() * 1000));
  stage_->setText(job_.stage());
  stage_->setToolTip(plainToolTip(job_.again()));
  count_->setText(job_.count());
  count_->setVisible(!job_.count().isEmpty());
  QStringList times{job_.pace(), job_.remaining()};
  times.removeAll(QString());
  pace_->setText(times.join(QStringLiteral("  ")));
  pace_->setVisible(!times.isEmpty());
  stop_->setVisible(runs);
  stop_->setEnabled(!job_.stopping());
  const int waiting = job_.waiting() + int(queue_.items().size());
  waiting_->setVisible(waiting > 0);
  waiting_->setText(queue_.paused() ? tr("%1 waiting, paused").arg(waiting) : tr("%1 waiting").arg(waiting));
  waiting_->setAccessibleName(waiting_->text());
}

void StatusLine::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), look().panel);
  painter.fillRect(0, 0, width(), 1, look().line);
}

}  // namespace b3o
