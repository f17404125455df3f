#include "ui/bridge/inbox.h"

#include <algorithm>
#include <utility>

namespace b3o {
namespace {

// Progress and previews: events that a newer one of the same subject outdates.
bool is_passing(const Event& event) {
  return std::holds_alternative<LoadProgress>(event) || std::holds_alternative<StageProgress>(event) ||
         std::holds_alternative<Preview>(event);
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
  if (const auto* delta = std::get_if<TextDelta>(&event); delta && !was_empty && arrivals_.back().id == id) {
    if (auto* before = std::get_if<TextDelta>(&arrivals_.back().event)) {
      before->text += delta->text;
      return false;
    }
  }
  if (is_passing(event)) {
    for (auto it = arrivals_.rbegin(); it != arrivals_.rend() && it->id == id && is_passing(it->event); ++it) {
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
