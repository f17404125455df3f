#include "core/library/cache.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/log.h"
#include "core/image/codec.h"
#include "core/image/resize.h"
#include "core/library/schema.h"
#include "core/library/similar.h"

namespace b3o {

Cache::Cache(std::filesystem::path file) : file_(std::move(file)) { open(); }

void Cache::open() {
  db_.reset();
  for (const bool again : {false, true}) try {
      auto db = std::make_unique<Database>(file_, Database::Mode::write, false);
      prepare_cache(*db);
      db_ = std::move(db);
      return;
    } catch (const std::exception& e) {
      log_warning(cat("the cache of the library is ", again ? "left out: " : "made again: ", e.what()));
      throw_away();
    }
}

void Cache::throw_away() {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + ending, ignored);
}

// A broken cache is made again and the work done once more; without a cache the answer is "nothing".
template <class Work>
auto Cache::guarded(Work work) -> decltype(work()) {
  const std::lock_guard lock(mutex_);
  for (int attempt = 0; db_ && attempt < 2; ++attempt) try {
      return work();
    } catch (const DatabaseError& e) {
      log_warning(e.what());
      if (!e.broken) break;
      db_.reset();
      throw_away();
      open();
    }
  return {};
}

std::optional<std::string> Cache::thumbnail(const std::string& file) {
  return guarded([&]() -> std::optional<std::string> {
    Statement find(*db_, "SELECT png FROM thumbnails WHERE file=?");
    if (!find.bind(file).step()) return std::nullopt;
    return find.text(0);
  });
}

bool Cache::has_tokens(const std::string& file) {
  return guarded([&] { return Statement(*db_, "SELECT 1 FROM tokens WHERE file=?").bind(file).step(); });
}

void Cache::put(const std::string& file, const std::string& thumbnail_png, const PictureTokens& tokens) {
  const std::string compact = compact_tokens(tokens);
  guarded([&] {
    Transaction both(*db_);
    Statement(*db_, "INSERT OR REPLACE INTO thumbnails VALUES(?,?)").bind(file).bind_bytes(thumbnail_png).run();
    if (!compact.empty())
      Statement(*db_, "INSERT OR REPLACE INTO tokens VALUES(?,?)").bind(file).bind_bytes(compact).run();
    both.commit();
    return true;
  });
}

void Cache::forget(const std::string& file) {
  guarded([&] {
    Transaction both(*db_);
    Statement(*db_, "DELETE FROM thumbnails WHERE file=?").bind(file).run();
    Statement(*db_, "DELETE FROM tokens WHERE file=?").bind(file).run();
    both.commit();
    return true;
  });
}

std::vector<std::string> Cache::similar_to(const std::string& file) {
  std::vector<std::string> files, compacts;
  guarded([&] {
    files.clear();
    compacts.clear();
    Statement all(*db_, "SELECT file, compact FROM tokens");
    while (all.step()) {
      files.push_back(all.text(0));
      compacts.push_back(all.text(1));
    }
    return true;
  });
  const auto own = std::find(files.begin(), files.end(), file);
  if (own == files.end()) return {};
  const size_t at = size_t(own - files.begin());
  const auto scores = likeness({compacts.begin(), compacts.end()}, at);
  std::vector<size_t> order(files.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::erase_if(order, [&](size_t i) { return i == at || scores[i] < -1.5f; });
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  std::vector<std::string> out;
  for (const size_t i : order) out.push_back(std::move(files[i]));
  return out;
}

std::string thumbnail_of(const Image& image, int side) {
  const int longer = std::max(image.width, image.height);
  if (longer <= side) return encode_png(image);
  const auto scaled = [&](int length) { return std::max(1, int(std::lround(double(length) * side / longer))); };
  return encode_png(resize_bicubic(image, scaled(image.width), scaled(image.height)));
}

}  // namespace b3o
