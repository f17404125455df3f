#include "core/world/export.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/world/renderer.h"
#include "core/world/sampler.h"

namespace b3o::world {
namespace {

constexpr size_t kBlock = 512;  // bytes of a tar record

// One ustar entry: header, content, zeros up to the next record. No owner and no time, so that equal data are equal
// bytes.
void write_entry(AtomicFile& tar, const std::string& name, const std::string& content) {
  char header[kBlock] = {};
  const auto put = [&](size_t at, const std::string& text) { std::memcpy(header + at, text.data(), text.size()); };
  char octal[13];
  std::snprintf(octal, sizeof octal, "%011llo", static_cast<unsigned long long>(content.size()));
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, octal);
  put(136, "00000000000");
  put(148, "        ");
  put(156, "0");
  put(257, std::string("ustar\0"
                       "00",
                       8));
  unsigned sum = 0;
  for (const char c : header) sum += uint8_t(c);
  std::snprintf(octal, sizeof octal, "%06o", sum);
  put(148, std::string(octal, 7) + " ");
  tar.write(std::string_view(header, kBlock));
  tar.write(content);
  tar.write(std::string((kBlock - content.size() % kBlock) % kBlock, '\0'));
}

std::string padded(int64_t n, int digits) {
  std::string text = std::to_string(n);
  return std::string(size_t(std::max(0, digits - int(text.size()))), '0') + text;
}

uint64_t stream_of(Split split, int64_t scene) {
  if (split == Split::train) return uint64_t(scene) % kTrainStreams;
  return split == Split::validation ? kValidationStream : kTestStream;
}

void write_scene(AtomicFile& tar, const ExportOptions& o, int64_t index) {
  Rng rng = scene_rng(o.seed, stream_of(o.split, index), uint64_t(index));
  const Task task = rng.chance(o.crowds) ? Task::crowd : draw_task(task_mix(o.level, 1), rng);
  const Scene scene = Sampler{o.level, o.layout_freedom}.scene(task, o.split, rng);
  const bool training = o.split == Split::train;
  const Speaker speaker{o.level, training ? Wording::trained : Wording::any, training};
  Json questions = Json::array();
  const std::string prompt = speaker.prompt(scene, rng), caption = speaker.caption(scene, Style::full, rng);
  for (const QA& qa : speaker.questions(scene, o.questions, rng)) questions.push_back(to_json(qa));
  const Json json = {
      {"level", name(o.level)}, {"scene", to_json(scene)}, {"caption", caption}, {"questions", questions}};
  const std::string stem = padded(index, 8);
  write_entry(tar, stem + ".png", encode_png(Renderer().draw(scene)));
  write_entry(tar, stem + ".txt", prompt);
  write_entry(tar, stem + ".json", json.dump());
}

}  // namespace

std::vector<std::filesystem::path> export_shards(const ExportOptions& o,
                                                 const std::function<void(int64_t done)>& progress) {
  if (o.count < 1 || o.count > 100'000'000)
    throw RequestError(cat("the number of scenes is ", o.count, ", expected 1 to 100000000"));
  if (o.per_shard < 1) throw RequestError(cat("a shard holds at least one scene, got ", o.per_shard));
  if (o.questions < 0 || o.questions > 64)
    throw RequestError(cat("the number of questions is ", o.questions, ", expected 0 to 64"));
  if (o.folder.empty()) throw RequestError("the export needs a folder");
  std::error_code wrong;
  std::filesystem::create_directories(o.folder, wrong);
  if (wrong) throw Error(cat(o.folder.string(), ": the folder cannot be made: ", wrong.message()));
  std::vector<std::filesystem::path> shards;
  for (int64_t first = 0; first < o.count; first += o.per_shard) {
    const auto path = o.folder / (padded(int64_t(shards.size()), 5) + ".tar");
    AtomicFile tar(path);
    for (int64_t i = first; i < std::min(o.count, first + o.per_shard); ++i) {
      write_scene(tar, o, i);
      if (progress) progress(i + 1);
    }
    tar.write(std::string(2 * kBlock, '\0'));
    tar.finish();
    shards.push_back(path);
  }
  return shards;
}

}  // namespace b3o::world
