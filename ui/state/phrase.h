// A sentence of a state that may stay in view for long: kept as what makes it, so that it follows the language.
#pragma once

#include <QString>
#include <functional>

namespace b3o {

class Phrase {
 public:
  Phrase() = default;
  Phrase(QString fixed) : make_([fixed = std::move(fixed)] { return fixed; }) {}  // of core, files and models
  template <class Make>
    requires std::is_invocable_r_v<QString, Make>
  Phrase(Make make) : make_(std::move(make)) {}  // calls tr()
  QString text() const { return make_ ? make_() : QString(); }

 private:
  std::function<QString()> make_;
};

}  // namespace b3o
