#include "ui/chat/intent_switch.h"

#include <QHBoxLayout>
#include <algorithm>

namespace b3o {

QString wordOf(Intent intent) {
  return intent == Intent::ask    ? IntentSwitch::tr("Ask")
         : intent == Intent::draw ? IntentSwitch::tr("Draw")
                                  : IntentSwitch::tr("Edit");
}

QString reasonOf(Route::Why why) {
  using Why = Route::Why;
  switch (why) {
    case Why::nothing_else:
      return IntentSwitch::tr("Nothing in the words speaks for a picture.");
    case Why::question:
      return IntentSwitch::tr("The words ask.");
    case Why::ask_words:
      return IntentSwitch::tr("The words want an answer.");
    case Why::draw_words:
      return IntentSwitch::tr("The words want a picture.");
    case Why::description:
      return IntentSwitch::tr("The words describe something to draw.");
    case Why::edit_words:
      return IntentSwitch::tr("The words change the picture.");
    case Why::about_picture:
      return IntentSwitch::tr("The words are about the picture.");
    case Why::no_picture:
      return IntentSwitch::tr("There is no picture to change.");
    case Why::cannot_ask:
      return IntentSwitch::tr("This model does not chat.");
    case Why::cannot_draw:
      return IntentSwitch::tr("This model does not draw.");
    case Why::cannot_edit:
      return IntentSwitch::tr("This model does not edit pictures.");
  }
  return {};
}

IntentSwitch::IntentSwitch(Conversation& conversation, ModelState& model, QWidget* parent)
    : QWidget(parent), conversation_(conversation), model_(model) {
  segments_ = new Segmented({{}, {}, {}, {}}, {}, this);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(segments_);
  connect(segments_, &Segmented::chosen, this,
          [this](int index) { conversation_.choose(index == 0 ? std::nullopt : std::optional(Intent(index - 1))); });
}

void IntentSwitch::render(const QString& text) {
  segments_->setWords({tr("Auto"), wordOf(Intent::ask), wordOf(Intent::draw), wordOf(Intent::edit)},
                      tr("What sending does"));
  auto* automatic = segments_->button(0);
  const Route route = conversation_.routeOf(text);
  const QString chosen = text.trimmed().isEmpty() ? tr("Auto") : tr("Auto: %1").arg(wordOf(route.intent));
  automatic->setVisible(conversation_.automatic());
  automatic->setText(chosen);
  automatic->setAccessibleName(tr("What sending does") + QStringLiteral(": ") + chosen);
  automatic->setToolTip(
      plainToolTip(text.trimmed().isEmpty() ? tr("The words decide what sending does") : reasonOf(route.why)));
  // As wide as its longest word, so that nothing moves while one types.
  int widest = 0;
  for (const Intent intent : {Intent::ask, Intent::draw, Intent::edit})
    widest = std::max(widest, automatic->fontMetrics().horizontalAdvance(tr("Auto: %1").arg(wordOf(intent))));
  automatic->setMinimumWidth(widest + 34);
  for (const Intent intent : {Intent::ask, Intent::draw, Intent::edit}) {
    auto* segment = button(intent);
    const bool can = !model_.ready() || can_do(intent, model_.can());
    segment->setEnabled(can);
    segment->setToolTip(!can                     ? reasonOf(intent == Intent::ask    ? Route::Why::cannot_ask
                                                            : intent == Intent::draw ? Route::Why::cannot_draw
                                                                                     : Route::Why::cannot_edit)
                        : intent == Intent::ask  ? tr("Answer with words")
                        : intent == Intent::draw ? tr("Draw a picture of the words")
                                                 : tr("Change the attached or the last picture"));
  }
  const auto choice = conversation_.choice();
  segments_->setCurrent(choice ? 1 + int(*choice) : conversation_.automatic() ? 0 : 1);
}

}  // namespace b3o
