#include "ui/create/create_panel.h"

#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/icon.h"
#include "ui/look/language.h"
#include "ui/look/scroll_column.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kCounts[] = {1, 4, 9};
constexpr int kMostInMenu = 12;
constexpr NumberRange kSteps{1, 100, 1000, 0}, kGuidance{0, 15, 100, 1};

using Words = QString (*)();  // of the language of the moment

// A form line: its name in the left column, the rest beside it.
QWidget* makeLine(Words name, QWidget* parent, std::initializer_list<QWidget*> widgets, bool stretch = true) {
  auto* line = new QWidget(parent);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::s);
  auto* label = new Label({}, Tint::text, line);
  retranslated(label, [label, name] { label->setText(name()); });
  label->setFixedWidth(kNameColumn - space::s);
  row->addWidget(label);
  for (auto* widget : widgets) row->addWidget(widget);
  if (stretch) row->addStretch();
  return line;
}

Label* makeSmall(QWidget* parent) {
  auto* label = new Label({}, Tint::secondary, parent);
  label->setFont(textFont(kSecondaryPx));
  return label;
}

Label* makeSmall(Words words, QWidget* parent) {
  auto* label = makeSmall(parent);
  retranslated(label, [label, words] { label->setText(words()); });
  return label;
}

}  // namespace

CreatePanel::CreatePanel(ImageJob& job, ModelState& model, PromptBook& prompts, FormMemory& memory, QWidget* parent)
    : QWidget(parent), job_(job), model_(model), prompts_(prompts), memory_(memory) {
  build();
  connect(prompt_, &QPlainTextEdit::textChanged, this, &CreatePanel::render);
  connect(seed_, &QLineEdit::textChanged, this, &CreatePanel::render);
  connect(dice_, &QPushButton::clicked, this, [this] { seed_->setText(QString::number(randomSeed())); });
  connect(reuse_, &QPushButton::clicked, this, [this] {
    if (const auto* picture = job_.picture()) seed_->setText(QString::number(picture->recipe.seed));
  });
  connect(advanced_, &QPushButton::clicked, this, [this] {
    advanced_box_->setVisible(advanced_->isChecked());
    render();
  });
  connect(preset_, &Segmented::chosen, this, [this](int preset) {
    left_out_ = {};
    show(withPreset(form(), Preset(preset), model_.can()));
  });
  connect(prompt_menu_, &QMenu::aboutToShow, this, &CreatePanel::buildPromptMenu);
  connect(queue_, &QPushButton::clicked, this, [this] { run(); });
  connect(exact_times_, &QPushButton::toggled, this, &CreatePanel::render);
  for (auto* row : {plan_steps_, plan_guidance_, paint_steps_, paint_guidance_})
    connect(row->field(), &QDoubleSpinBox::valueChanged, this, &CreatePanel::render);
  for (auto* choice : {sampler_, allowed_steps_})
    connect(choice, &QComboBox::currentIndexChanged, this, &CreatePanel::render);
  for (auto* side : {width_, height_}) connect(side, &QSpinBox::valueChanged, this, &CreatePanel::render);
  connect(go_, &QPushButton::clicked, this, [this] { job_.drawing() ? job_.stop() : run(); });
  connect(&job_, &ImageJob::changed, this, &CreatePanel::render);
  connect(&job_, &ImageJob::selectionChanged, this, &CreatePanel::render);
  connect(&model_, &ModelState::loaded, this, &CreatePanel::showDefaults);
  connect(&memory_, &FormMemory::recalled, this, &CreatePanel::recall);
  connect(count_, &Segmented::chosen, this, &CreatePanel::render);
  showDefaults();
  retranslated(this, [this] {
    writeBasics();
    writeAdvanced();
    render();
  });
}

void CreatePanel::build() {
  setProperty("kind", "panel-left");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* scroll = new QScrollArea(this);
  auto* content = makeScrollColumn(*scroll);
  auto* form = new QVBoxLayout(content);
  form->setContentsMargins(space::l, space::l, space::l, space::m);
  form->setSpacing(space::m);
  form->addWidget(buildBasics());
  auto* rule = new QFrame(content);
  rule->setProperty("kind", "rule");
  rule->setFixedHeight(1);
  form->addWidget(rule);
  advanced_ = makeButton({}, "fold", content);
  advanced_->setCheckable(true);
  advanced_->setChecked(true);
  form->addWidget(advanced_, 0, Qt::AlignLeft);
  advanced_box_ = buildAdvanced();
  form->addWidget(advanced_box_);
  form->addStretch();
  scroll->setWidget(content);
  column->addWidget(scroll, 1);
  column->addWidget(buildFoot());
}

QWidget* CreatePanel::buildBasics() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::s);
  title_ = new Label({}, Tint::text, box);
  title_->setFont(textFont(kHeadingPx, QFont::DemiBold));
  column->addWidget(title_);
  prompt_ = new QPlainTextEdit(box);
  prompt_->setProperty("kind", "field");
  prompt_->setFont(textFont(kComposerPx));
  prompt_->setTabChangesFocus(true);
  prompt_->document()->setDocumentMargin(0);
  prompt_->setFixedHeight(104);
  column->addWidget(prompt_);
  words_ = makeSmall(box);
  prompt_menu_ = new QMenu(box);
  prompt_button_ = makeButton({}, "chip", box);
  prompt_button_->setMenu(prompt_menu_);
  auto* under = new QHBoxLayout;
  under->setSpacing(space::s);
  under->addWidget(words_, 1);
  under->addWidget(prompt_button_);
  column->addLayout(under);

  count_ = new Segmented({QStringLiteral("1"), QStringLiteral("4"), QStringLiteral("9")}, {}, box);
  column->addWidget(makeLine([] { return tr("Pictures"); }, box, {count_}));
  seed_ = new QLineEdit(box);
  dice_ = makeButton({}, "chip", box, "dice");
  reuse_ = makeButton({}, "chip", box, "reuse");
  column->addWidget(makeLine([] { return tr("Seed"); }, box, {seed_, dice_, reuse_}, false));
  preset_ = new Segmented({{}, {}, {}}, {}, box);
  auto* quality = new QHBoxLayout;
  quality->setSpacing(space::s);
  auto* quality_name = new Label({}, Tint::text, box);
  retranslated(quality_name, [quality_name] { quality_name->setText(tr("Quality")); });
  quality_name->setMinimumWidth(50);  // gives way on a narrow panel
  quality_name->setMaximumWidth(kNameColumn - space::s);
  quality->addWidget(quality_name, 1);
  quality->addWidget(preset_);
  quality->addStretch();
  column->addLayout(quality);
  return box;
}

void CreatePanel::writeBasics() {
  title_->setText(tr("Create"));
  prompt_->setAccessibleName(tr("Prompt"));
  prompt_->setPlaceholderText(tr("What to draw"));
  prompt_button_->setText(tr("Prompts"));
  prompt_button_->setAccessibleName(tr("Earlier and saved prompts"));
  prompt_button_->setToolTip(tr("Earlier prompts (Alt+Up, Alt+Down) and those you saved"));
  count_->setWords({QStringLiteral("1"), QStringLiteral("4"), QStringLiteral("9")}, tr("Pictures"));
  seed_->setAccessibleName(tr("Seed"));
  seed_->setPlaceholderText(tr("any"));
  seed_->setToolTip(tr("The same seed and settings give the same picture. Empty: a new one for every run."));
  dice_->setAccessibleName(tr("Roll a new seed"));
  dice_->setToolTip(dice_->accessibleName());
  reuse_->setAccessibleName(tr("Use the seed of the picture that is shown"));
  reuse_->setToolTip(reuse_->accessibleName());
  preset_->setWords({tr("Fast"), tr("Balanced"), tr("Exact")}, tr("Quality"));
  preset_->button(int(Preset::fast))->setToolTip(tr("Half the steps: close to the result, in half the time"));
  preset_->button(int(Preset::balanced))->setToolTip(tr("The model's own numbers"));
  preset_->button(int(Preset::exact))->setToolTip(tr("Twice the steps, and exact times for the plan"));
  advanced_->setText(tr("Advanced"));
  advanced_->setAccessibleName(tr("Advanced settings"));
}

void CreatePanel::writeAdvanced() {
  plan_steps_->setWords(tr("Steps"), tr("Plan steps"));
  plan_guidance_->setWords(tr("Guidance"), tr("Plan guidance"));
  setToggleWords(exact_times_, tr("Exact times"));
  exact_times_->setToolTip(tr("Tell the network exact times; otherwise whole numbers, as it was trained"));
  sampler_->setAccessibleName(tr("Paint sampler"));
  paint_steps_->setWords(tr("Steps"), tr("Paint steps"));
  allowed_steps_->setAccessibleName(tr("Paint steps, of those the model allows"));
  paint_guidance_->setWords(tr("Guidance"), tr("Paint guidance"));
  width_->setAccessibleName(tr("Width in pixels"));
  height_->setAccessibleName(tr("Height in pixels"));
  progress_->setAccessibleName(tr("Progress of this stage"));
  queue_->setText(tr("Add to the queue"));
  queue_->setToolTip(
      tr("Draw this when the running job is done (Ctrl+Enter; Ctrl+Shift+Enter: before all that waits)"));
}

QWidget* CreatePanel::buildAdvanced() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::xs);
  column->addWidget(makeSmall([] { return tr("Plan: what the picture shows, as tokens"); }, box));
  plan_steps_ = new NumberRow({}, {}, kSteps, box);
  plan_guidance_ = new NumberRow({}, {}, kGuidance, box);
  column->addWidget(plan_steps_);
  column->addWidget(plan_guidance_);
  exact_times_ = makeToggle({}, box);
  column->addWidget(exact_times_, 0, Qt::AlignLeft);
  column->addSpacing(space::s);
  column->addWidget(makeSmall([] { return tr("Paint: the tokens as pixels"); }, box));
  sampler_ = new Choice(box);
  sampler_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  sampler_row_ = makeLine([] { return tr("Sampler"); }, box, {sampler_}, false);
  column->addWidget(sampler_row_);
  paint_steps_ = new NumberRow({}, {}, kSteps, box);
  column->addWidget(paint_steps_);
  allowed_steps_ = new Choice(box);
  allowed_steps_row_ = makeLine([] { return tr("Steps"); }, box, {allowed_steps_});
  column->addWidget(allowed_steps_row_);
  paint_guidance_ = new NumberRow({}, {}, kGuidance, box);
  column->addWidget(paint_guidance_);

  width_ = new QSpinBox(box);
  height_ = new QSpinBox(box);
  for (auto* side : {width_, height_}) {
    side->setButtonSymbols(QAbstractSpinBox::NoButtons);
    side->setProperty("kind", "number");
    side->setAlignment(Qt::AlignHCenter);
    side->setFixedWidth(64);
    leaveWheelToPage(side);
    side->setKeyboardTracking(false);
  }
  fixed_size_ = new Label({}, Tint::text, box);
  size_row_ =
      makeLine([] { return tr("Size"); }, box, {width_, new Label(QStringLiteral("×"), Tint::secondary, box), height_});
  column->addWidget(size_row_);
  column->addWidget(makeLine([] { return tr("Size"); }, box, {fixed_size_}));
  return box;
}

QWidget* CreatePanel::buildFoot() {
  auto* foot = new QWidget(this);
  auto* column = new QVBoxLayout(foot);
  column->setContentsMargins(space::l, space::s, space::l, space::l);
  column->setSpacing(space::s);
  progress_box_ = new QWidget(foot);
  auto* lines = new QVBoxLayout(progress_box_);
  lines->setContentsMargins(0, 0, 0, 0);
  lines->setSpacing(6);
  stage_ = new Label({}, Tint::text, progress_box_);
  time_ = makeSmall(progress_box_);
  progress_ = new QProgressBar(progress_box_);
  progress_->setTextVisible(false);
  for (auto* label : {stage_, time_}) label->setTabular(true);
  lines->addWidget(stage_);
  lines->addWidget(progress_);
  lines->addWidget(time_);
  column->addWidget(progress_box_);
  reason_ = new Paragraph({}, Tint::secondary, foot);
  reason_->setFont(textFont(kSecondaryPx));
  column->addWidget(reason_);
  queue_ = makeButton({}, "plain", foot);
  column->addWidget(queue_);
  go_ = makeButton({}, "primary", foot);
  column->addWidget(go_);
  return foot;
}

CreateForm CreatePanel::form() const {
  const Capabilities& can = model_.can();
  CreateForm form;
  form.prompt = prompt_->toPlainText();
  form.count = kCounts[count_->current()];
  form.seed = seed_->text();
  form.plan_steps = int(plan_steps_->value());
  form.plan_guidance = plan_guidance_->value();
  form.exact_times = exact_times_->isChecked();
  form.sampler = sampler_->currentData().toString();
  form.paint_steps = can.paint_steps.empty() ? int(paint_steps_->value()) : allowed_steps_->currentData().toInt();
  form.paint_guidance = paint_guidance_->value();
  form.width = can.free_size ? width_->value() : can.native_width;
  form.height = can.free_size ? height_->value() : can.native_height;
  return form;
}

void CreatePanel::showDefaults() {
  const Capabilities& can = model_.can();
  const CreateForm form = withDefaults({}, can);
  left_out_ = {};
  settings_of_.clear();
  sampler_->clear();
  for (const auto& name : can.samplers)
    sampler_->addItem(samplerTitle(QString::fromUtf8(name)), QString::fromUtf8(name));
  allowed_steps_->clear();
  for (const int steps : can.paint_steps) allowed_steps_->addItem(QString::number(steps), steps);
  for (auto* side : {width_, height_}) {
    side->setRange(can.size_multiple, can.max_side);
    side->setSingleStep(can.size_multiple);
  }
  fixed_size_->setText(tr("%1 × %2").arg(form.width).arg(form.height));
  sampler_row_->setVisible(!can.samplers.empty());
  paint_steps_->setVisible(can.paint_steps.empty());
  allowed_steps_row_->setVisible(!can.paint_steps.empty());
  paint_guidance_->setVisible(can.free_paint_guidance);
  size_row_->setVisible(can.free_size);
  fixed_size_->parentWidget()->setVisible(!can.free_size);
  settings_of_ = model_.ready() ? QString::fromStdString(model_.info().hash) : QString();
  const bool same = !settings_of_.isEmpty() && memory_.model() == settings_of_;
  show(same ? CreateForm(memory_.form()) : form);
}

void CreatePanel::recall() {
  const CreateForm kept = memory_.form();  // copies: filling the form in changes them
  const QString model = memory_.model();
  if (prompt_->toPlainText().isEmpty()) {
    setPrompt(kept.prompt);
    setCount(kept.count);
    seed_->setText(kept.seed);
  }
  if (!settings_of_.isEmpty() && model == settings_of_) show(kept);
}

void CreatePanel::show(const CreateForm& form) {
  plan_steps_->setValue(form.plan_steps);
  plan_guidance_->setValue(form.plan_guidance);
  exact_times_->setChecked(form.exact_times);
  sampler_->setCurrentIndex(std::max(0, sampler_->findData(form.sampler)));
  paint_steps_->setValue(form.paint_steps);
  allowed_steps_->setCurrentIndex(std::max(0, allowed_steps_->findData(form.paint_steps)));
  paint_guidance_->setValue(form.paint_guidance);
  width_->setValue(form.width);
  height_->setValue(form.height);
  render();
}

void CreatePanel::setRecipe(const Recipe& recipe) {
  const CreateForm before = this->form();
  const CreateForm form = withRecipe(before, recipe, model_.can(), nullptr);
  left_out_ = [before, recipe, can = model_.can()] {
    QString said;
    withRecipe(before, recipe, can, &said);
    return said;
  };
  setPrompt(form.prompt);
  setCount(form.count);
  seed_->setText(form.seed);
  show(form);
}

void CreatePanel::walkPrompts(int step) {
  const QString text = prompts_.walk(step, prompt_->toPlainText());
  if (!text.isNull()) setPrompt(text);
}

void CreatePanel::buildPromptMenu() {
  prompt_menu_->clear();
  const QString now = prompt_->toPlainText().trimmed();
  const bool saved = prompts_.isSaved(now);
  auto* keep = prompt_menu_->addAction(saved ? tr("Forget this saved prompt") : tr("Save this prompt"));
  keep->setEnabled(!now.isEmpty());
  connect(keep, &QAction::triggered, this, [this, now, saved] { prompts_.save(now, !saved); });
  const auto list = [this](const QString& heading, const QStringList& texts) {
    if (texts.isEmpty()) return;
    prompt_menu_->addSeparator();
    prompt_menu_->addAction(heading)->setEnabled(false);
    for (const auto& text : texts.mid(0, kMostInMenu)) {
      const QString shown = fontMetrics().elidedText(text.simplified(), Qt::ElideRight, 360);
      auto* action = prompt_menu_->addAction(QString(shown).replace(u'&', QStringLiteral("&&")));
      connect(action, &QAction::triggered, this, [this, text] { setPrompt(text); });
    }
  };
  list(tr("Saved"), prompts_.saved());
  list(tr("Earlier"), prompts_.history());
}

void CreatePanel::setPrompt(const QString& text) {
  prompt_->setPlainText(text);
  prompt_->moveCursor(QTextCursor::End);
}

void CreatePanel::setCount(int pictures) {
  const auto* at = std::find(std::begin(kCounts), std::end(kCounts), pictures);
  if (at != std::end(kCounts)) count_->setCurrent(int(at - std::begin(kCounts)));
}

void CreatePanel::run(bool first) {
  if (!job_.problem(form()).isEmpty()) return;
  prompts_.use(prompt_->toPlainText());
  left_out_ = {};
  job_.start(form(), first);
}

void CreatePanel::render() {
  const bool drawing = job_.drawing();
  const CreateForm now = form();
  const bool shown = model_.ready() && settings_of_ == QString::fromStdString(model_.info().hash);
  memory_.note(now, shown ? settings_of_ : QString());
  const QString problem = job_.problem(now);
  const PromptLength length = lengthOf(now.prompt, model_.can());
  const QString words = tr("%Ln word(s)", nullptr, length.words);
  const QString tokens = tr("about %Ln token(s)", nullptr, length.tokens);
  words_->setText(length.words == 0  ? QString()
                  : length.over_mark ? tr("%1, more than the %2 of training").arg(tokens).arg(model_.can().prompt_mark)
                                     : tr("%1 · %2").arg(words, tokens));
  words_->setTint(length.over_mark ? Tint::warn : Tint::secondary);
  const auto preset = presetOf(now, model_.can());
  preset_->setCurrent(preset && model_.can().draw ? int(*preset) : -1);
  advanced_->setIcon(icon(advanced_->isChecked() ? "chevron-down" : "chevron-right"));
  reuse_->setEnabled(job_.picture() != nullptr);
  for (QWidget* w : {advanced_box_, static_cast<QWidget*>(count_), static_cast<QWidget*>(preset_)})
    w->setEnabled(model_.can().draw);

  progress_box_->setVisible(drawing);
  stage_->setText(job_.stageText());
  time_->setText(job_.timeText());
  progress_->setRange(0, job_.fraction() < 0 ? 0 : 1000);
  if (job_.fraction() >= 0) progress_->setValue(int(job_.fraction() * 1000));
  // An empty prompt needs no explanation; the disabled button says enough.
  const bool told = model_.ready() && !now.prompt.trimmed().isEmpty() && !problem.isEmpty();
  reason_->setWords(told ? problem : left_out_.text());
  queue_->setVisible(drawing);
  queue_->setEnabled(problem.isEmpty());
  go_->setText(drawing ? tr("Stop") : tr("Draw"));
  go_->setIcon(drawing ? icon("stop", Tint::on_accent) : QIcon());
  go_->setAccessibleName(drawing ? tr("Stop drawing") : tr("Draw"));
  go_->setEnabled(drawing ? !job_.stopping() : problem.isEmpty());
  go_->setToolTip(drawing ? tr("Stop (Esc)") : problem.isEmpty() ? tr("Draw (Ctrl+Enter)") : problem);
}

}  // namespace b3o
