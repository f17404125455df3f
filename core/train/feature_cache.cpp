#include "core/train/feature_cache.h"

#include <ATen/ATen.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/train/tar.h"

namespace b3o::train {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMaxValues = int64_t(1) << 32;
constexpr int kRanks = 10'000, kRuns = 64;  // further runs in the same folder count on from there

fs::path index_of(const fs::path& data) { return fs::path(data).replace_extension(".jsonl"); }

int64_t values_of(const std::vector<int64_t>& shape) {
  int64_t n = 1;
  for (const int64_t side : shape) {
    if (side < 1 || side > kMaxValues / n) return -1;
    n *= side;
  }
  return n;
}

}  // namespace

FeatureCache::FeatureCache(const fs::path& folder, const std::string& encoder, int rank)
    : encoder_(encoder), on_(!folder.empty()) {
  if (!on_) return;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw Error(cat("The folder for features ", folder.string(), " cannot be made: ", error.message(), "."));
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".bin") read_index(entry.path());
  own(folder, rank);
}

FeatureCache::~FeatureCache() {
  if (lock_ >= 0) ::close(lock_);
}

void FeatureCache::own(const fs::path& folder, int rank) {
  for (int i = 0; i < kRuns && lock_ < 0; ++i) {
    own_ = folder / cat("features-", rank + i * kRanks, ".bin");
    lock_ = ::open(own_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock_ < 0) return;  // a folder that may only be read
    if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) break;
    ::close(lock_);
    lock_ = -1;
  }
  if (lock_ < 0) return;
  std::error_code error;
  end_ = fs::file_size(own_, error);
  const fs::path index = index_of(own_);
  char last = '\n';
  if (std::ifstream in(index, std::ios::binary); in.seekg(-1, std::ios::end)) in.get(last);
  data_.open(own_, std::ios::binary | std::ios::app);
  index_.open(index, std::ios::app);
  if (last != '\n') index_ << std::endl;  // a process was killed inside a line
}

// Lines that name another encoder, are damaged or point outside the data do not count.
void FeatureCache::read_index(const fs::path& data) {
  std::error_code error;
  const uint64_t bytes = fs::file_size(data, error);
  if (error) return;
  std::ifstream in(index_of(data));
  for (std::string line; std::getline(in, line);) {
    try {
      const Json json = parse_json(line, data.string());
      const Fields f(json, data.string());
      const Place place{data, uint64_t(f.integer_in("at", 0, int64_t(1) << 60)), f.integers("shape")};
      const int64_t n = values_of(place.shape);
      if (f.string("encoder") == encoder_ && n > 0 && place.offset <= bytes && uint64_t(n) * 2 <= bytes - place.offset)
        places_[f.string("key")] = place;
    } catch (const LoadError&) {
    }
  }
}

at::Tensor FeatureCache::get(const std::string& key, const std::function<at::Tensor()>& make) {
  if (!on_) return make().cpu().to(at::kFloat);
  if (const auto known = places_.find(key); known != places_.end()) {
    const Place& p = known->second;
    const std::string bytes = read_range(p.file, p.offset, uint64_t(values_of(p.shape)) * 2);
    at::Tensor half = at::empty(p.shape, at::kHalf);
    std::copy(bytes.begin(), bytes.end(), static_cast<char*>(half.mutable_data_ptr()));
    return half.to(at::kFloat);
  }
  const at::Tensor half = make().cpu().to(at::kHalf).contiguous();
  if (lock_ >= 0 && data_ && index_) {
    data_.write(static_cast<const char*>(half.const_data_ptr()), std::streamsize(half.nbytes())).flush();
    const Place place{own_, end_, half.sizes().vec()};
    if (data_) {
      index_ << Json{{"key", key}, {"encoder", encoder_}, {"at", end_}, {"shape", place.shape}}.dump(
                    -1, ' ', false, Json::error_handler_t::replace)
             << std::endl;
      places_[key] = place;
      end_ += half.nbytes();
    }
  }
  return half.to(at::kFloat);
}

}  // namespace b3o::train
