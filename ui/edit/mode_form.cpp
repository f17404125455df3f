#include "ui/edit/mode_form.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/look/icon.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/state/create_form.h"

namespace b3o {
namespace {

constexpr int kStrengthSteps = 20, kBlendSteps = 100, kMostGrow = 64, kMostFeather = 64, kMostPercent = 50;
constexpr int kCounts[] = {1, 2, 4}, kFilm = 5;
constexpr int kWordsHeight = 72;

QString noteOf(EditMode mode, const Capabilities& can) {
  switch (mode) {
    case EditMode::repaint:
      return ModeForm::tr("Outside the mark every pixel stays exactly as it is.");
    case EditMode::words:
      return can.trained_to_edit
                 ? ModeForm::tr("The model reads the picture and your words.")
                 : ModeForm::tr(
                       "This model was not trained on instructions: it describes the picture, changes the "
                       "description and draws that, starting from this picture.");
    case EditMode::vary:
      return ModeForm::tr("The same content, painted once more.");
    case EditMode::blend:
      return ModeForm::tr("0 is this picture, 1 the other one.");
    case EditMode::extend:
      return ModeForm::tr("What is there stays; the new canvas is painted to go with it.");
    case EditMode::details:
      return ModeForm::tr("The same picture, its fine parts painted anew.");
  }
  return {};
}

QString wordsHint(EditMode mode) {
  switch (mode) {
    case EditMode::words:
      return ModeForm::tr("What should be different");
    case EditMode::extend:
      return ModeForm::tr("What should be in the new part (may stay empty)");
    default:
      return ModeForm::tr("What should be there (may stay empty)");
  }
}

int indexOfCount(int count) {
  const auto* at = std::find(std::begin(kCounts), std::end(kCounts), count);
  return at == std::end(kCounts) ? -1 : int(at - std::begin(kCounts));
}

}  // namespace

QString modeTitle(EditMode mode) {
  switch (mode) {
    case EditMode::repaint:
      return ModeForm::tr("Repaint the marked part");
    case EditMode::words:
      return ModeForm::tr("Change by words");
    case EditMode::vary:
      return ModeForm::tr("Vary");
    case EditMode::blend:
      return ModeForm::tr("Blend with another picture");
    case EditMode::extend:
      return ModeForm::tr("Extend the canvas");
    case EditMode::details:
      return ModeForm::tr("Repaint details");
  }
  return {};
}

ModeForm::ModeForm(EditSession& session, ModelState& model, QWidget* parent)
    : QWidget(parent), session_(session), model_(model) {
  build();
  const auto give = [this] { this->give(); };
  connect(mode_, &QComboBox::activated, this, [this] {
    EditForm next = form();
    next.settings.mode = mode();
    session_.setForm(withDefaults(next, model_.can()));
    take();
    Q_EMIT changed();
  });
  connect(words_, &QPlainTextEdit::textChanged, this, give);
  connect(seed_, &QLineEdit::textChanged, this, give);
  for (auto* row : {strength_, blend_, grow_, feather_}) connect(row, &LevelRow::changed, this, give);
  for (auto* row : sides_) connect(row, &LevelRow::changed, this, give);
  connect(meaning_, &LevelRow::changed, this, [this] {
    meaning_set_ = true;
    this->give();
  });
  for (auto* choice : {count_, crop_, resampling_}) connect(choice, &Segmented::chosen, this, give);
  for (auto* toggle : {film_, whole_, keep_, soft_}) connect(toggle, &QPushButton::clicked, this, give);
  connect(dice_, &QPushButton::clicked, this, [this] { seed_->setText(QString::number(randomSeed())); });
  connect(more_, &QPushButton::clicked, this, &ModeForm::render);
  connect(second_, &QPushButton::clicked, this, &ModeForm::secondWanted);
  connect(&model_, &ModelState::loaded, this, &ModeForm::offerModes);
  connect(&session_, &EditSession::opened, this, &ModeForm::take);
  connect(&session_, &EditSession::changed, this, [this] {
    if (session_.form() != form()) take();
    render();
  });
  retranslated(this, [this] { retranslate(); });
  offerModes();
}

QWidget* ModeForm::line(Label*& name, std::initializer_list<QWidget*> widgets) {
  auto* box = new QWidget(this);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::s);
  name = new Label({}, Tint::text, box);
  row->addWidget(name, 1);
  for (auto* widget : widgets) row->addWidget(widget);
  return box;
}

void ModeForm::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(10);
  mode_ = new Choice(this);
  mode_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  column->addWidget(mode_);
  words_ = new QPlainTextEdit(this);
  words_->setProperty("kind", "field");
  words_->setFont(textFont(kComposerPx));
  words_->setTabChangesFocus(true);
  words_->document()->setDocumentMargin(0);
  words_->setFixedHeight(kWordsHeight);
  column->addWidget(words_);
  blend_box_ = buildBlend();
  column->addWidget(blend_box_);
  sides_box_ = new QWidget(this);
  auto* sides = new QVBoxLayout(sides_box_);
  sides->setContentsMargins(0, 0, 0, 0);
  sides->setSpacing(6);
  for (size_t i = 0; i < sides_.size(); ++i) {
    sides_[i] = new LevelRow(
        kMostPercent,
        [this, i](int percent) {
          const int side = i % 2 == 0 ? session_.mask().width() : session_.mask().height();
          return percent ? tr("%1 % · %2 px").arg(percent).arg(side * percent / 100) : tr("nothing");
        },
        sides_box_);
    sides->addWidget(sides_[i]);
  }
  column->addWidget(sides_box_);
  strength_ = new LevelRow(
      kStrengthSteps,
      [](int step) {
        const double strength = step / double(kStrengthSteps);
        return QStringLiteral("%1 · %2").arg(strengthWord(strength), QString::number(strength, 'f', 2));
      },
      this);
  strength_->slider()->setMinimum(1);
  column->addWidget(strength_);
  const auto pixels = [](int value) { return tr("%1 px").arg(value); };
  grow_ = new LevelRow(kMostGrow, pixels, this);
  feather_ = new LevelRow(kMostFeather, pixels, this);
  column->addWidget(grow_);
  column->addWidget(feather_);
  note_ = new Paragraph({}, Tint::secondary, this);
  note_->setFont(textFont(kSecondaryPx));
  column->addWidget(note_);
  count_ = new Segmented({QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("4")}, QString(), this);
  count_row_ = line(count_name_, {count_});
  column->addWidget(count_row_);
  more_ = makeButton({}, "fold", this);
  more_->setCheckable(true);
  column->addWidget(more_, 0, Qt::AlignLeft);
  more_box_ = buildMore();
  column->addWidget(more_box_);
}

QWidget* ModeForm::buildBlend() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::s);
  auto* row = new QHBoxLayout;
  row->setSpacing(space::s);
  second_name_ = new Label({}, Tint::secondary, box);
  second_ = makeButton({}, "chip", box);
  row->addWidget(second_name_, 1);
  row->addWidget(second_);
  column->addLayout(row);
  blend_ = new LevelRow(kBlendSteps, [](int step) { return QString::number(step / double(kBlendSteps), 'f', 2); }, box);
  column->addWidget(blend_);
  film_ = makeToggle(QString(), box);
  column->addWidget(film_, 0, Qt::AlignLeft);
  return box;
}

QWidget* ModeForm::buildMore() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::s);
  seed_ = new QLineEdit(box);
  seed_->setMinimumWidth(60);
  seed_->setMaximumWidth(130);
  dice_ = makeButton({}, "chip", box, "dice");
  column->addWidget(line(seed_name_, {seed_, dice_}));
  meaning_ = new LevelRow(
      kStrengthSteps,
      [this](int step) {
        return meaning_set_ ? QString::number(step / double(kStrengthSteps), 'f', 2) : tr("as the mode does it");
      },
      box);
  column->addWidget(meaning_);
  crop_ = new Segmented({QString(), QString(), QString()}, QString(), box);
  crop_row_ = line(crop_name_, {crop_});
  column->addWidget(crop_row_);
  resampling_ = new Segmented({QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4")},
                              QString(), box);
  resampling_row_ = line(resampling_name_, {resampling_});
  column->addWidget(resampling_row_);
  keep_ = makeToggle(QString(), box);
  soft_ = makeToggle(QString(), box);
  whole_ = makeToggle(QString(), box);
  for (auto* toggle : {keep_, soft_, whole_}) column->addWidget(toggle, 0, Qt::AlignLeft);
  return box;
}

void ModeForm::retranslate() {
  mode_->setAccessibleName(tr("What is done to the picture"));
  for (int i = 0; i < mode_->count(); ++i) mode_->setItemText(i, modeTitle(EditMode(mode_->itemData(i).toInt())));
  words_->setAccessibleName(tr("Words of the edit"));
  strength_->setWords(tr("Strength"), tr("How much of the painting is done anew"));
  grow_->setWords(tr("Grow"), tr("The mark is made this much larger for the run"));
  feather_->setWords(tr("Feather"), tr("Old and new are mixed over this width inside the mark"));
  meaning_->setWords(tr("Content"),
                     tr("How far the content may leave this picture's: 0 keeps it, 1 takes that of the words alone"));
  blend_->setWords(tr("Between them"), tr("0 is this picture, 1 the other one"));
  const QString sides[] = {tr("Left"), tr("Top"), tr("Right"), tr("Bottom")};
  for (size_t i = 0; i < sides_.size(); ++i)
    sides_[i]->setWords(sides[i], tr("New canvas at this side, as a part of the picture"));
  second_->setText(tr("Open..."));
  second_->setAccessibleName(tr("Open the other picture"));
  setToggleWords(film_, tr("Film of five"));
  film_->setToolTip(tr("Five pictures from this one to the other"));
  count_->setWords({QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("4")}, tr("Proposals"));
  count_name_->setText(tr("Proposals"));
  more_->setText(tr("More"));
  more_->setAccessibleName(tr("More settings"));
  seed_name_->setText(tr("Seed"));
  seed_->setAccessibleName(tr("Seed"));
  seed_->setPlaceholderText(tr("any"));
  seed_->setToolTip(tr("The same seed and settings give the same picture. Empty: a new one for every run."));
  dice_->setAccessibleName(tr("Roll a new seed"));
  dice_->setToolTip(tr("Roll a new seed"));
  crop_name_->setText(tr("Paint"));
  crop_->setWords({tr("Auto"), tr("Around"), tr("All")}, tr("What is painted"));
  crop_->button(0)->setToolTip(tr("Small marks get their surroundings painted at full size, large ones the picture"));
  crop_->button(1)->setToolTip(tr("Only the surroundings of the mark, at the model's full size"));
  crop_->button(2)->setToolTip(tr("The whole picture"));
  resampling_name_->setText(tr("Repeats"));
  resampling_->setWords({QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4")},
                        tr("Repeats of each noisy step"));
  for (int i = 0; i < 4; ++i)
    resampling_->button(i)->setToolTip(tr("How often each noisy step is repeated, so that new and old grow together"));
  setToggleWords(keep_, tr("Keep untouched cells"));
  keep_->setToolTip(tr("Cells of the 8 × 8 grid that the mark leaves alone keep their tokens"));
  setToggleWords(soft_, tr("Soft mark changes less"));
  soft_->setToolTip(tr("Where the mark is faint, less is repainted; otherwise all of it is"));
  setToggleWords(whole_, tr("Leave the mark out"));
  whole_->setToolTip(tr("Change the whole picture although a part is marked"));
  render();
}

void ModeForm::offerModes() {
  const auto& can = model_.can().edit_modes;
  mode_->clear();
  for (const EditMode mode : kEditModes)
    if (std::find(can.begin(), can.end(), mode) != can.end()) mode_->addItem(modeTitle(mode), int(mode));
  mode_->setEnabled(mode_->count() > 0);
  take();
}

EditMode ModeForm::mode() const {
  return mode_->currentIndex() < 0 ? session_.form().settings.mode : EditMode(mode_->currentData().toInt());
}

QMargins ModeForm::extension() const {
  if (mode() != EditMode::extend) return {};
  const EditSettings& s = session_.form().settings;
  return {s.left, s.top, s.right, s.bottom};
}

EditForm ModeForm::form() const {
  // A value between two steps of its slider stays what it is until the slider is moved.
  const auto take = [](double& value, const LevelRow& row, int steps) {
    if (std::lround(value * steps) != row.value()) value = row.value() / double(steps);
  };
  EditForm out = session_.form();
  EditSettings& s = out.settings;
  s.mode = mode();
  out.words = words_->toPlainText();
  take(out.strength, *strength_, kStrengthSteps);
  out.grow = grow_->value();
  out.feather = feather_->value();
  out.whole = whole_->isChecked();
  out.film = film_->isChecked();
  out.seed = seed_->text();
  out.count = out.film && s.mode == EditMode::blend ? kFilm : kCounts[std::max(0, count_->current())];
  take(s.blend, *blend_, kBlendSteps);
  s.token_strength = meaning_set_ ? std::optional(meaning_->value() / double(kStrengthSteps)) : std::nullopt;
  s.resampling = std::max(0, resampling_->current()) + 1;
  s.keep_cells = keep_->isChecked();
  s.soft_mask = soft_->isChecked();
  s.crop = crop_->current() <= 0 ? std::nullopt : std::optional(crop_->current() == 1);
  int* const pixels[] = {&s.left, &s.top, &s.right, &s.bottom};
  for (size_t i = 0; i < sides_.size(); ++i)
    *pixels[i] = (i % 2 == 0 ? session_.mask().width() : session_.mask().height()) * sides_[i]->value() / 100;
  return out;
}

void ModeForm::take() {
  taking_ = true;
  const EditForm form = session_.form();
  const EditSettings& s = form.settings;
  if (const int at = mode_->findData(int(s.mode)); at >= 0) mode_->setCurrentIndex(at);
  if (words_->toPlainText() != form.words) words_->setPlainText(form.words);
  strength_->setValue(int(std::lround(form.strength * kStrengthSteps)));
  grow_->setValue(form.grow);
  feather_->setValue(form.feather);
  whole_->setChecked(form.whole);
  film_->setChecked(form.film);
  if (seed_->text() != form.seed) seed_->setText(form.seed);
  if (const int at = indexOfCount(form.count); at >= 0) count_->setCurrent(at);  // a film leaves the choice as it was
  blend_->setValue(int(std::lround(s.blend * kBlendSteps)));
  meaning_set_ = s.token_strength.has_value();
  meaning_->setValue(int(std::lround(s.token_strength.value_or(0.5) * kStrengthSteps)));
  resampling_->setCurrent(s.resampling - 1);
  keep_->setChecked(s.keep_cells);
  soft_->setChecked(s.soft_mask);
  crop_->setCurrent(!s.crop ? 0 : *s.crop ? 1 : 2);
  const int sides[] = {s.left, s.top, s.right, s.bottom};
  for (size_t i = 0; i < sides_.size(); ++i) {
    const int whole = i % 2 == 0 ? session_.mask().width() : session_.mask().height();
    sides_[i]->setValue(whole > 0 ? int(std::lround(100.0 * sides[i] / whole)) : 0);
  }
  taking_ = false;
  render();
}

void ModeForm::give() {
  if (taking_) return;
  session_.setForm(form());
  render();
  Q_EMIT changed();
}

void ModeForm::render() {
  const EditMode now = mode();
  const bool mask = takesMask(now), blend = now == EditMode::blend;
  const bool there = session_.isOpen() && mode_->count() > 0;
  for (auto* widget : findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) widget->setEnabled(there);
  words_->setVisible(takesWords(now));
  words_->setPlaceholderText(wordsHint(now));
  blend_box_->setVisible(blend);
  second_name_->setText(session_.second() ? session_.secondName() : tr("no other picture yet"));
  blend_->setVisible(!film_->isChecked());
  sides_box_->setVisible(now == EditMode::extend);
  strength_->setVisible(!blend);
  grow_->setVisible(mask);
  feather_->setVisible(mask || now == EditMode::extend);
  QStringList note{there ? noteOf(now, model_.can()) : QString()};
  if (there && !mask && !session_.mask().blank()) note << tr("What is marked plays no part here.");
  note_->setWords(note.join(u' '));
  count_row_->setVisible(!(blend && film_->isChecked()));
  more_->setIcon(icon(more_->isChecked() ? "chevron-down" : "chevron-right"));
  more_box_->setVisible(more_->isChecked());
  meaning_->setVisible(!blend && now != EditMode::details);
  crop_row_->setVisible(mask);
  resampling_row_->setVisible(mask || now == EditMode::extend);
  keep_->setVisible(mask);
  soft_->setVisible(mask);
  whole_->setVisible(mask && !needsMask(now));
}

}  // namespace b3o
