#include "ui/look/language.h"

#include <QEvent>
#include <QWidget>
#include <vector>

namespace b3o {
namespace {

class Rewriter : public QObject {
 public:
  explicit Rewriter(QWidget* widget) : QObject(widget) { widget->installEventFilter(this); }
  void add(std::function<void()> write) { writes_.push_back(std::move(write)); }

  static Rewriter* of(QWidget* widget) {
    for (QObject* child : widget->children())
      if (auto* known = dynamic_cast<Rewriter*>(child)) return known;
    return new Rewriter(widget);
  }

  bool eventFilter(QObject* watched, QEvent* event) override {
    if (watched == parent() && event->type() == QEvent::LanguageChange)
      for (const auto& write : writes_) write();
    return false;
  }

 private:
  std::vector<std::function<void()>> writes_;
};

}  // namespace

void retranslated(QWidget* widget, std::function<void()> write) {
  write();
  Rewriter::of(widget)->add(std::move(write));
}

}  // namespace b3o
