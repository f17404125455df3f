#include "ui/state/chat_check.h"

namespace b3o {
namespace {

constexpr uint64_t kOfChat = uint64_t(1) << 62;  // keys of pictures on the Create page are below

// A sign and words: nothing is told by colour alone.
QString lineOf(const CheckItem& item) {
  const QString sign = item.state == CheckItem::State::yes       ? QStringLiteral("✓")
                       : item.state == CheckItem::State::no      ? QStringLiteral("✕")
                       : item.state == CheckItem::State::unclear ? QStringLiteral("?")
                                                                 : QStringLiteral("…");
  const QString answer = item.answer.left(60);
  return answer.isEmpty() ? QStringLiteral("%1 %2").arg(sign, item.question)
                          : QStringLiteral("%1 %2 %3").arg(sign, item.question, answer);
}

}  // namespace

ChatCheck::ChatCheck(Conversation& chat, SelfCheck& check, QObject* parent)
    : QObject(parent), chat_(chat), check_(check) {
  connect(&chat_, &Conversation::turnChanged, this, &ChatCheck::consider);
  connect(&check_, &SelfCheck::changed, this, &ChatCheck::write);
}

void ChatCheck::consider(int row) {
  const Turn& turn = chat_.turns()[size_t(row)];
  if (!check_.on() || turn.role != Turn::Role::model || turn.intent != Intent::draw) return;
  if (turn.open()) {
    drawn_here_.insert(turn.id);
    return;
  }
  if (!drawn_here_.erase(turn.id) || turn.pictures.empty()) return;
  const Attachment& picture = turn.pictures.back();
  if (!picture.picture.image || !picture.recipe) return;
  const uint64_t key = kOfChat | ++last_;
  looked_[key] = {chat_.session().key, int64_t(picture.key)};
  check_.look(key, picture.picture.image, QString::fromStdString(picture.recipe->prompt));
}

void ChatCheck::write() {
  for (const auto& [key, looked] : looked_) {
    const auto* items = check_.items(key);
    if (!items) continue;
    QStringList lines{tr("The model checks its own picture: %1").arg(check_.verdict(key))};
    for (const auto& item : *items) lines << lineOf(item);
    chat_.setCheck(looked.session, looked.picture, lines.join(u'\n'));
  }
}

}  // namespace b3o
