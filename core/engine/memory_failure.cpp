#include "core/engine/memory_failure.h"

#include <new>
#include <system_error>

#include "core/base/amount.h"

namespace b3o {
namespace {

struct Words {
  const char *purpose, *remedies;
};

Words words_for(const Request& request) {
  if (std::holds_alternative<LoadModel>(request))
    return {"to load this model", "Load a smaller model, or close other programs."};
  if (std::holds_alternative<ChatRequest>(request))
    return {"for this answer", "Start a new conversation or attach smaller pictures, or close other programs."};
  return {"for this picture", "Make the picture smaller, or close other programs."};
}

}  // namespace

std::optional<MemoryShortage> memory_shortage(const std::exception& failure) {
  if (const auto* known = dynamic_cast<const OutOfMemory*>(&failure)) return MemoryShortage{known->asked};
  if (dynamic_cast<const std::bad_array_new_length*>(&failure)) return std::nullopt;  // a size that makes no sense
  if (dynamic_cast<const std::bad_alloc*>(&failure)) return MemoryShortage{};
  const auto* system = dynamic_cast<const std::system_error*>(&failure);  // a thread that could not be started
  const bool lacks = system && (system->code() == std::errc::not_enough_memory ||
                                system->code() == std::errc::resource_unavailable_try_again);
  return lacks ? std::optional(MemoryShortage{}) : std::nullopt;
}

std::string memory_sentence(const Request& request, const MemoryShortage& shortage, const MemoryNeed& need) {
  const auto [purpose, remedies] = words_for(request);
  std::string amounts;
  if (need.needed > 0)
    amounts = cat(": about ", bytes_text(need.needed), " are needed");
  else if (shortage.asked > 0)
    amounts = cat(": ", bytes_text(shortage.asked), " more were needed at once");
  if (need.free > 0) amounts += cat(amounts.empty() ? ": " : ", ", bytes_text(need.free), " are free");
  return cat("There is not enough memory ", purpose, ", even in the way that needs least", amounts, ". ", remedies);
}

}  // namespace b3o
