// Examples to train on, wherever they come from (training.md 5): an endless stream in an order that depends on the seed
// alone, in which broken and excluded examples are replaced and counted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/image.h"

namespace b3o::train {

struct Example {
  enum class Kind { draw, reconstruct, edit, chat } kind = Kind::draw;
  std::string id;    // tells it from every other example of all data sets, and from another picture under its name
  std::string text;  // the caption to draw, or the instruction beside the source
  Image source;      // reconstruct, edit
  Image target;      // draw, reconstruct, edit
  struct Turn {
    std::string role, text;  // "user", "assistant", "system"; "<image>" marks a picture's place in a user's turn
  };
  std::vector<Turn> turns;      // chat
  std::vector<Image> pictures;  // chat: one for each "<image>"
};

// A data set with numbered examples in shards.
class ExampleSource {
 public:
  virtual ~ExampleSource() = default;
  virtual const std::vector<int64_t>& shard_sizes() const = 0;
  // The text of an example, for exclusion lists; cheap. LoadError when the example is broken.
  virtual std::string text(int64_t shard, int64_t index) = 0;
  virtual Example read(int64_t shard, int64_t index) = 0;        // LoadError when the example is broken
  virtual std::vector<std::string> notes() const { return {}; }  // what was odd when the files were opened
};

// Prompts that a benchmark will ask for: examples with such a text are never trained on (training.md 6).
class ExcludedPrompts {
 public:
  // One prompt a line, or JSON lines with a key "prompt". LoadError.
  void add(const std::filesystem::path& file);
  bool has(const std::string& prompt) const { return known_.contains(normalised(prompt)); }
  size_t size() const { return known_.size(); }
  // Lower case, letters and digits only, one space between words.
  static std::string normalised(const std::string& prompt);

 private:
  std::set<std::string> known_;
};

class ExampleStream {
 public:
  static constexpr int64_t kWindow = 4096;  // examples that are shuffled together

  using Fits = std::function<bool(const Example&)>;
  // fits: which examples are wanted; empty: all. LoadError when the source holds no example.
  ExampleStream(std::unique_ptr<ExampleSource> source, uint64_t seed, ExcludedPrompts excluded = {}, Fits fits = {});

  // Example n of the stream: each example once an epoch; shards in an order of their own each epoch, examples shuffled
  // inside windows. One that is broken, excluded or does not fit is replaced by another. LoadError when 64 in a
  // row cannot be used.
  Example at(int64_t n);

  int64_t size() const { return total_; }  // examples an epoch
  int64_t broken() const { return int64_t(broken_.size()); }
  int64_t excluded() const { return int64_t(dropped_.size()); }
  int64_t unfit() const { return int64_t(unfit_.size()); }
  const ExampleSource& source() const { return *source_; }

 private:
  struct Place {
    int64_t shard, index;
    auto operator<=>(const Place&) const = default;
  };
  Place place_of(int64_t n);
  std::optional<Example> usable(const Place& place);

  std::unique_ptr<ExampleSource> source_;
  uint64_t seed_;
  ExcludedPrompts excluded_;
  Fits fits_;
  int64_t total_ = 0;
  int64_t epoch_ = -1, window_ = -1;
  std::vector<int64_t> order_, ends_;  // shards of the epoch, and where each ends
  std::vector<int64_t> shuffled_;      // of the window
  std::set<Place> broken_, dropped_, unfit_;
};

// The source a recipe's "data" names: {"webdataset": [shards]}, {"json": [files], "image_root": DIR} or
// {"world": {...}}. LoadError, RequestError.
std::unique_ptr<ExampleSource> open_examples(const Fields& data);

}  // namespace b3o::train
