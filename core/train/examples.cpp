#include "core/train/examples.h"

#include <algorithm>
#include <numeric>
#include <sstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/train/json_examples.h"
#include "core/train/random.h"
#include "core/train/webdataset.h"
#include "core/train/world_examples.h"

namespace b3o::train {
namespace {

constexpr int kTries = 64;
constexpr size_t kToldErrors = 20;
constexpr size_t kMaxList = 256u << 20;

}  // namespace

std::string ExcludedPrompts::normalised(const std::string& prompt) {
  std::string out;
  bool gap = false;
  for (const char c : prompt) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
    if (kept && gap && !out.empty()) out += ' ';
    gap = !kept;
    if (kept) out += upper ? char(c + 32) : c;
  }
  return out;
}

void ExcludedPrompts::add(const std::filesystem::path& file) {
  std::istringstream in(read_file(file, kMaxList));
  int64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with('{')) {
      const std::string where = cat(file.string(), ":", number);
      const Json json = parse_json(line, where);
      line = Fields(json, where).string("prompt");
    }
    if (const std::string prompt = normalised(line); !prompt.empty()) known_.insert(prompt);
  }
}

ExampleStream::ExampleStream(std::unique_ptr<ExampleSource> source, uint64_t seed, ExcludedPrompts excluded, Fits fits)
    : source_(std::move(source)), seed_(seed), excluded_(std::move(excluded)), fits_(std::move(fits)) {
  for (const int64_t size : source_->shard_sizes()) total_ += size;
  if (total_ == 0) throw LoadError("the data holds no example that could be trained on");
}

ExampleStream::Place ExampleStream::place_of(int64_t n) {
  const int64_t epoch = n / total_, position = n % total_, window = position / kWindow;
  const auto& sizes = source_->shard_sizes();
  if (epoch != epoch_) {
    order_.resize(sizes.size());
    std::iota(order_.begin(), order_.end(), int64_t(0));
    generator(seed_, Use::order, epoch, 0).shuffle(order_);
    ends_.clear();
    int64_t end = 0;
    for (const int64_t shard : order_) ends_.push_back(end += sizes[size_t(shard)]);
  }
  if (epoch != epoch_ || window != window_) {
    shuffled_.resize(size_t(std::min(kWindow, total_ - window * kWindow)));
    std::iota(shuffled_.begin(), shuffled_.end(), window * kWindow);
    generator(seed_, Use::order, epoch, 1 + window).shuffle(shuffled_);
  }
  epoch_ = epoch, window_ = window;
  const int64_t q = shuffled_[size_t(position % kWindow)];
  const size_t k = size_t(std::upper_bound(ends_.begin(), ends_.end(), q) - ends_.begin());
  return {order_[k], q - (k == 0 ? 0 : ends_[k - 1])};
}

std::optional<Example> ExampleStream::usable(const Place& place) {
  if (broken_.contains(place) || dropped_.contains(place) || unfit_.contains(place)) return std::nullopt;
  try {
    if (excluded_.size() > 0 && excluded_.has(source_->text(place.shard, place.index))) {
      dropped_.insert(place);
      return std::nullopt;
    }
    Example example = source_->read(place.shard, place.index);
    if (!fits_ || fits_(example)) return example;
    unfit_.insert(place);
    return std::nullopt;
  } catch (const LoadError& e) {
    if (broken_.size() < kToldErrors) log_warning(cat(e.what(), "; another example is taken"));
    broken_.insert(place);
    return std::nullopt;
  }
}

Example ExampleStream::at(int64_t n) {
  if (auto example = usable(place_of(n))) return std::move(*example);
  world::Rng rng = generator(seed_, Use::order, n, -1);
  const auto& sizes = source_->shard_sizes();
  for (int i = 0; i < kTries; ++i) {
    int64_t q = int64_t((uint64_t(rng.next()) << 32 | rng.next()) % uint64_t(total_));
    int64_t shard = 0;
    while (q >= sizes[size_t(shard)]) q -= sizes[size_t(shard++)];
    if (auto example = usable({shard, q})) return std::move(*example);
  }
  throw LoadError(cat("the data has too few usable examples: ", kTries, " in a row could not be used (", broken_.size(),
                      " broken, ", dropped_.size(), " excluded, ", unfit_.size(),
                      " of a kind that this stage does not learn)"));
}

std::unique_ptr<ExampleSource> open_examples(const Fields& data) {
  if (data.has("webdataset")) return std::make_unique<WebDataset>(data.strings("webdataset"));
  if (data.has("json")) return std::make_unique<JsonExamples>(data.strings("json"), data.string("image_root", ""));
  if (data.has("world")) return std::make_unique<WorldExamples>(data.object("world"));
  throw RequestError(cat(data.where(), ": data names no source, expected one of the keys webdataset, json, world"));
}

}  // namespace b3o::train
