#include "ui/bridge/inbox.h"

#include <algorithm>
#include <utility>

namespace b3o {
namespace {

// Events that can be merged with others of their job, in whatever order these came.
bool is_mergeable(const Event& event) {
  return std::holds_alternative<TextDelta>(event) || std::holds_alternative<LoadProgress>(event) ||
         std::holds_alternative<StageProgress>(event) || std::holds_alternative<Preview>(event);
}

bool outdates(const Event& newer, const Event& older) {
  if (newer.index() != older.index()) return false;
  if (const auto* now = std::get_if<Preview>(&newer)) {
    const auto& before = std::get<Preview>(older);
    return now->kind == before.kind && now->picture == before.picture;
  }
  if (const auto* now = std::get_if<StageProgress>(&newer)) {
    const auto& before = std::get<StageProgress>(older);
    return now->stage == before.stage && now->picture == before.picture;
  }
  return std::holds_alternative<LoadProgress>(newer);
}

}  // namespace

bool Inbox::put(JobId id, Event event) {
  const std::lock_guard lock(mutex_);
  const bool was_empty = arrivals_.empty();
  if (is_mergeable(event)) {
    for (auto it = arrivals_.rbegin(); it != arrivals_.rend() && it->id == id && is_mergeable(it->event); ++it) {
      auto* text = std::get_if<TextDelta>(&it->event);
      if (const auto* delta = std::get_if<TextDelta>(&event); delta && text) {
        text->text += delta->text;
        return false;
      }
      if (!outdates(event, it->event)) continue;
      arrivals_.erase(std::next(it).base());
      break;
    }
  }
  arrivals_.push_back({id, std::move(event)});
  return was_empty;
}

std::vector<Arrival> Inbox::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(arrivals_, {});
}

}  // namespace b3o
