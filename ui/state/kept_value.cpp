#include "ui/state/kept_value.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/log.h"

namespace b3o {
namespace {

constexpr int kPauseMs = 400;

}  // namespace

KeptValue::KeptValue(Library& library, const char* key, std::function<void(const Fields*)> take,
                     std::function<std::string()> text)
    : library_(library), key_(key), take_(std::move(take)), text_(std::move(text)) {
  pause_.setSingleShot(true);
  pause_.setInterval(kPauseMs);
  connect(&pause_, &QTimer::timeout, this, &KeptValue::writeNow);
  library_.run(
      this, [key = key_](Store& store) { return store.value(key); }, [this](const std::string& text) { read(text); });
}

KeptValue::~KeptValue() {
  if (pause_.isActive()) writeNow();
}

void KeptValue::read(const std::string& text) {
  known_ = true;
  if (text.empty()) return take_(nullptr);
  try {
    const std::string where = "the kept " + key_;
    const Json json = parse_json(text, where);
    const Fields fields(json, where);
    take_(&fields);
  } catch (const LoadError& e) {
    log_warning(e.what());
    take_(nullptr);
  }
}

void KeptValue::writeNow() {
  pause_.stop();
  library_.run([key = key_, text = text_()](Store& store) { store.set_value(key, text); });
}

}  // namespace b3o
