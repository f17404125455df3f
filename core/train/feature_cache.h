// Features of frozen encoders, computed once and kept on disk in fp16 (training.md 8 rule 6).
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <unordered_map>

namespace b3o::train {

class FeatureCache {
 public:
  // encoder: a checksum of the encoder and the version of its preprocessing; features of another one do not count.
  // Every process writes files of its own (features-N.bin and .jsonl, N = rank where no other run writes that one) and
  // reads those that were there when it started. An empty folder name: keeps nothing. Error when the folder cannot be
  // made.
  FeatureCache(const std::filesystem::path& folder, const std::string& encoder, int rank);
  ~FeatureCache();
  FeatureCache(const FeatureCache&) = delete;
  FeatureCache& operator=(const FeatureCache&) = delete;

  // The features under this key (data set and example), made when they are not there. Always rounded to fp16, so that a
  // run sees the same numbers before and after they were stored. fp32 on the CPU. A full disk loses entries, no more.
  at::Tensor get(const std::string& key, const std::function<at::Tensor()>& make);
  size_t size() const { return places_.size(); }

 private:
  struct Place {
    std::filesystem::path file;
    uint64_t offset;
    std::vector<int64_t> shape;
  };
  void read_index(const std::filesystem::path& data);
  void own(const std::filesystem::path& folder, int rank);

  std::string encoder_;
  bool on_;
  int lock_ = -1;  // held as long as this process may write
  std::filesystem::path own_;
  std::ofstream data_, index_;
  uint64_t end_ = 0;
  std::unordered_map<std::string, Place> places_;
};

}  // namespace b3o::train
