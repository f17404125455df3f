#include "ui/state/prompt_book.h"

namespace b3o {
namespace {

constexpr int kMostHistory = 200;

}  // namespace

PromptBook::PromptBook(Library& library, QObject* parent) : QObject(parent), library_(library) {
  library_.run(
      this, [](Store& store) { return store.prompts(2 * kMostHistory); },
      [this](const std::vector<StoredPrompt>& prompts) {
        for (const auto& prompt : prompts) (prompt.saved ? saved_ : history_) << QString::fromStdString(prompt.text);
        Q_EMIT changed();
      });
}

void PromptBook::use(const QString& prompt) {
  const QString text = prompt.trimmed();
  at_ = -1;
  written_.clear();
  if (text.isEmpty()) return;
  history_.removeAll(text);
  history_.prepend(text);
  if (history_.size() > kMostHistory) history_.removeLast();
  library_.run([text = text.toStdString()](Store& store) { store.use_prompt(text); });
  Q_EMIT changed();
}

void PromptBook::save(const QString& prompt, bool saved) {
  const QString text = prompt.trimmed();
  if (text.isEmpty() || saved == isSaved(text)) return;
  if (saved)
    saved_.prepend(text);
  else
    saved_.removeAll(text);
  library_.run([text = text.toStdString(), saved](Store& store) { store.save_prompt(text, saved); });
  Q_EMIT changed();
}

QString PromptBook::walk(int step, const QString& now) {
  // A prompt of the history that was changed since is what is being written now.
  const bool on_it = at_ >= 0 && at_ < history_.size() && history_[at_] == now;
  if (!on_it) {
    at_ = -1;
    written_ = now;
  }
  int next = at_ + step;
  // What stands in the field already is no step back.
  if (step > 0 && next < history_.size() && history_[next] == now) ++next;
  if (next < -1 || next >= history_.size() || next == at_) return {};
  at_ = next;
  return at_ < 0 ? (written_.isNull() ? QStringLiteral("") : written_) : history_[at_];
}

}  // namespace b3o
