// A value of the library in which something comes back at the next start as it was left: read once, written when its
// changes pause and at the end.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <string>

#include "core/base/json.h"
#include "ui/state/library.h"

namespace b3o {

class KeptValue : public QObject {
 public:
  // take: gets the JSON object that was kept; null: nothing was, or it cannot be read. It may throw LoadError.
  // text: the JSON to keep; called until this ends, so this must end before what it reads.
  KeptValue(Library& library, const char* key, std::function<void(const Fields*)> take,
            std::function<std::string()> text);
  ~KeptValue() override;

  bool known() const { return known_; }  // take() was called, so it may be written over
  void write() { pause_.start(); }       // when no more of it has changed for a while

 private:
  void read(const std::string& text);
  void writeNow();

  Library& library_;
  const std::string key_;
  const std::function<void(const Fields*)> take_;
  const std::function<std::string()> text_;
  QTimer pause_;
  bool known_ = false;
};

}  // namespace b3o
