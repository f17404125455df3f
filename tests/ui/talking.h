// A conversation over the fake model, without a window.
#pragma once

#include <QSignalSpy>

#include "tests/ui/support.h"

namespace b3o::test {

struct Talking : FakeStudio {
  using FakeStudio::FakeStudio;
  Conversation& chat = studio.conversation;

  bool say(const char* text) {
    chat.send(QString::fromUtf8(text));
    return idle();
  }
  const Turn& last() const { return studio.conversation.turns().back(); }
  int rows() const { return int(studio.conversation.turns().size()); }
  ChatRequest lastChat() const { return std::get<ChatRequest>(control->asked().back()); }
  bool attach(const char* name, QRgb colour) {
    QImage image(32, 32, QImage::Format_RGB32);
    image.fill(colour);
    chat.attachImage(image, QString::fromLatin1(name));
    return QTest::qWaitFor([this] { return !chat.attachments().back().reading; });
  }
  bool settled() {  // everything is written, and the list knows
    QSignalSpy spy(&studio.conversations, &ConversationList::changed);
    do spy.clear();
    while (spy.wait(150));
    return true;
  }
  QStringList titles() const {
    QStringList titles;
    for (const auto& line : studio.conversations.lines()) titles << QString::fromStdString(line.title);
    return titles;
  }
};

inline QStringList texts(const Conversation& chat) {
  QStringList out;
  for (const auto& turn : chat.turns()) out << turn.text;
  return out;
}

inline int picturesIn(const ChatMessage& message) {
  return int(std::count_if(message.parts.begin(), message.parts.end(), [](const auto& p) { return bool(p.image); }));
}

}  // namespace b3o::test
