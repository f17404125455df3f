// The self-check under the pictures of the chat: while it is on, every picture that is drawn there is looked at by the
// model that drew it, and its answers stand under the picture. Nothing is drawn again by itself in a conversation.
#pragma once

#include <QObject>
#include <map>
#include <set>
#include <utility>

#include "ui/state/conversation.h"
#include "ui/state/self_check.h"

namespace b3o {

class ChatCheck : public QObject {
  Q_OBJECT
 public:
  ChatCheck(Conversation& chat, SelfCheck& check, QObject* parent = nullptr);

 private:
  void consider(int row);
  void write();

  Conversation& chat_;
  SelfCheck& check_;
  std::set<int64_t> drawn_here_;  // turns that were seen while they were drawn; kept ones were looked at in their time
  struct Looked {
    uint64_t session = 0;
    int64_t picture = 0;
  };
  std::map<uint64_t, Looked> looked_;  // by the check's key
  uint64_t last_ = 0;
};

}  // namespace b3o
