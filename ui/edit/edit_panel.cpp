#include "ui/edit/edit_panel.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/look/icon.h"
#include "ui/look/language.h"
#include "ui/look/scroll_column.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr qsizetype kMostCaption = 160;

// Which way the words of a change went.
QString wayOf(const EditProposal* proposal) {
  if (!proposal || proposal->recipe.edit.mode != EditMode::words) return {};
  if (proposal->recipe.edit.path == kInstructionPath) return EditPanel::tr("The model read the picture and the words.");
  if (proposal->recipe.edit.path != kCaptionPath) return {};
  QString caption = QString::fromStdString(proposal->recipe.edit.caption).simplified();
  if (caption.size() > kMostCaption) caption = caption.left(kMostCaption - 1) + u'…';
  return EditPanel::tr("By way of a description: \"%1\".").arg(caption);
}

}  // namespace

EditPanel::EditPanel(EditSession& session, ModelState& model, QWidget* parent)
    : QWidget(parent), session_(session), model_(model) {
  build();
  connect(go_, &QPushButton::clicked, this, [this] { session_.running() ? session_.stop() : run(); });
  connect(apply_, &QPushButton::clicked, &session_, &EditSession::apply);
  connect(again_, &QPushButton::clicked, &session_, &EditSession::tryAgain);
  connect(discard_, &QPushButton::clicked, &session_, &EditSession::discard);
  connect(form_, &ModeForm::changed, this, &EditPanel::render);
  for (const auto changed : {&EditSession::changed, &EditSession::opened, &EditSession::proposalsChanged,
                             &EditSession::treeChanged, &EditSession::previewChanged})
    connect(&session_, changed, this, &EditPanel::render);
  connect(&session_, &EditSession::maskChanged, this, [this] {
    if (session_.mask().blank() != blank_) render();  // not with every move of a stroke
  });
  connect(&model_, &ModelState::changed, this, &EditPanel::render);
  retranslated(this, [this] {
    title_->setText(tr("Edit"));
    proposals_title_->setText(tr("Proposals"));
    progress_->setAccessibleName(tr("Progress of this stage"));
    apply_->setText(tr("Apply"));
    apply_->setToolTip(tr("Make the chosen proposal the current picture"));
    again_->setText(tr("Try again"));
    again_->setToolTip(tr("Propose once more, with another seed unless one is set"));
    discard_->setText(tr("Discard"));
    discard_->setToolTip(tr("Take none of them; undo brings them back"));
    render();
  });
}

void EditPanel::build() {
  setProperty("kind", "panel-right");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* scroll = new QScrollArea(this);
  auto* content = makeScrollColumn(*scroll);
  auto* inside = new QVBoxLayout(content);
  inside->setContentsMargins(space::l, space::l, space::l, space::m);
  inside->setSpacing(10);
  title_ = new Label({}, Tint::text, content);
  title_->setFont(textFont(kHeadingPx, QFont::DemiBold));
  inside->addWidget(title_);
  round_trip_ = new RoundTripCard(session_, content);
  inside->addWidget(round_trip_);
  form_ = new ModeForm(session_, model_, content);
  inside->addWidget(form_);
  inside->addStretch(1);  // the room that is left over is no part of the cards
  scroll->setWidget(content);
  column->addWidget(scroll, 1);
  column->addWidget(buildFoot());
  proposals_box_ = buildProposals();
  column->addWidget(proposals_box_);
}

QWidget* EditPanel::buildFoot() {
  auto* foot = new QWidget(this);
  auto* column = new QVBoxLayout(foot);
  column->setContentsMargins(space::l, space::s, space::l, space::m);
  column->setSpacing(space::s);
  progress_box_ = new QWidget(foot);
  auto* lines = new QVBoxLayout(progress_box_);
  lines->setContentsMargins(0, 0, 0, 0);
  lines->setSpacing(6);
  stage_ = new Label({}, Tint::text, progress_box_);
  time_ = new Label({}, Tint::secondary, progress_box_);
  time_->setFont(textFont(kSecondaryPx));
  for (auto* label : {stage_, time_}) label->setTabular(true);
  progress_ = new QProgressBar(progress_box_);
  progress_->setTextVisible(false);
  lines->addWidget(stage_);
  lines->addWidget(progress_);
  lines->addWidget(time_);
  column->addWidget(progress_box_);
  reason_ = new Paragraph({}, Tint::secondary, foot);
  reason_->setFont(textFont(kSecondaryPx));
  column->addWidget(reason_);
  go_ = makeButton({}, "primary", foot);
  column->addWidget(go_);
  return foot;
}

QWidget* EditPanel::buildProposals() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(space::l, 0, space::l, space::l);
  column->setSpacing(space::s);
  auto* rule = new QFrame(box);
  rule->setProperty("kind", "rule");
  rule->setFixedHeight(1);
  column->addWidget(rule);
  auto* head = new QHBoxLayout;
  proposals_title_ = new Label({}, Tint::text, box);
  proposals_title_->setFont(textFont(kBodyPx, QFont::DemiBold));
  proposals_count_ = new Label({}, Tint::secondary, box);
  proposals_count_->setFont(textFont(kSecondaryPx));
  head->addWidget(proposals_title_, 1);
  head->addWidget(proposals_count_);
  column->addLayout(head);
  row_ = new ProposalRow(session_, box);
  column->addWidget(row_);
  warnings_ = new Paragraph({}, Tint::warn, box);
  warnings_->setFont(textFont(kSecondaryPx));
  column->addWidget(warnings_);
  way_ = new Paragraph({}, Tint::secondary, box);
  way_->setFont(textFont(kSecondaryPx));
  column->addWidget(way_);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(space::s);
  apply_ = makeButton({}, "primary", box);
  again_ = makeButton({}, "chip", box);
  discard_ = makeButton({}, "chip", box);
  for (auto* button : {apply_, again_, discard_}) buttons->addWidget(button);
  buttons->addStretch();
  column->addLayout(buttons);
  return box;
}

void EditPanel::run() {
  if (!session_.running() && session_.problem().isEmpty()) session_.start();
}

void EditPanel::render() {
  const bool running = session_.running();
  const QString problem = session_.problem();
  blank_ = session_.mask().blank();
  progress_box_->setVisible(running);
  stage_->setText(session_.stageText());
  time_->setText(session_.timeText());
  progress_->setRange(0, session_.fraction() < 0 ? 0 : 1000);
  if (session_.fraction() >= 0) progress_->setValue(int(session_.fraction() * 1000));
  reason_->setWords(running || !session_.isOpen() ? QString() : problem);
  go_->setText(running ? tr("Stop") : tr("Propose"));
  go_->setIcon(running ? icon("stop", Tint::on_accent) : QIcon());
  go_->setAccessibleName(running ? tr("Stop the edit") : tr("Propose"));
  go_->setEnabled(running ? !session_.stopping() : problem.isEmpty());
  go_->setToolTip(running ? tr("Stop (Esc)") : problem.isEmpty() ? tr("Propose (Ctrl+Enter)") : plainToolTip(problem));
  const int proposals = session_.proposals();
  proposals_box_->setVisible(proposals > 0);
  proposals_count_->setText(QString::number(proposals));
  apply_->setEnabled(session_.chosen() >= 0 && !running);
  again_->setEnabled(!running && problem.isEmpty());
  discard_->setEnabled(!running);
  QStringList sentences;
  for (const QString& sentence : session_.warnings()) sentences << sentence;
  way_->setWords(session_.chosen() >= 0 ? wayOf(session_.proposalAt(session_.chosen())) : QString());
  warnings_->setWords(sentences.join(u' '));
}

}  // namespace b3o
