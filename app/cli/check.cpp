#include <algorithm>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/families/blip3o/inspect.h"
#include "core/families/hash_list.h"
#include "core/image/codec.h"
#include "core/text/tokenizer.h"
#include "core/weights/checkpoint.h"

namespace b3o::cli {
namespace {

// Every byte of every tensor, as a job would read it.
void read_tensors(const CheckpointFiles& files) {
  uint64_t sum = 0;
  for (const auto& file : files.files)
    for (const auto& [name, entry] : file->entries())
      for (const std::byte b : file->bytes_of(name)) sum += uint64_t(b);
  ensure(sum != 1, "bytes were read");  // keeps the loop
}

std::string list_of(const std::vector<std::string>& files) {
  std::string out;
  for (size_t i = 0; i < std::min<size_t>(3, files.size()); ++i) out += (i ? ", " : "") + files[i];
  return files.size() > 3 ? cat(out, " and ", files.size() - 3, " more") : out;
}

// Compares the files with the folder's own list of hashes; LoadError where they differ.
HashReport verified(const std::filesystem::path& folder, bool quiet) {
  int shown = -1;
  const HashReport report = verify_hashes(folder, [&](uint64_t done, uint64_t total) {
    const int percent = total > 0 ? int(done * 100 / total) : 100;
    if (quiet || percent / 10 == shown / 10) return;
    shown = percent;
    std::cerr << "comparing hashes: " << percent << " %" << std::endl;
  });
  if (!report.missing.empty())
    throw LoadError(cat(folder.string(), ": the list of hashes names files that are not there: ",
                        list_of(report.missing), "; get the folder again"));
  if (!report.wrong.empty())
    throw LoadError(cat(folder.string(), ": ", report.wrong.size(), " of ", report.listed,
                        " listed files differ from their SHA-256: ", list_of(report.wrong), "; get them again"));
  return report;
}

std::string words_for(const HashReport& report) {
  if (report.listed == 0) return "no list of hashes in this folder";
  std::string text = cat("all ", report.listed, " listed hashes match");
  if (!report.unlisted.empty()) text += cat(", no list names ", list_of(report.unlisted));
  return text;
}

// What a path most likely is.
std::string kind_of(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  if (fs::is_directory(path)) {
    if (fs::exists(path / "config.json")) return "model";
    if (fs::exists(path / "tokenizer.json") || fs::exists(path / "vocab.json")) return "tokenizer";
    return "weights";
  }
  if (path.extension() == ".safetensors") return "safetensors";
  if (path.extension() == ".json") return "weights";
  return "image";
}

CheckpointFiles weights_at(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) return CheckpointFiles::of_model(path);
  return path.extension() == ".json" ? CheckpointFiles::of_index(path) : CheckpointFiles::of_file(path);
}

}  // namespace

void add_check(CLI::App& app, Common& common) {
  struct Options {
    std::string path, kind;
    bool hashes = false;
  };
  auto* command = app.add_subcommand("check", "Read a file or folder fully, the way the program would");
  auto o = std::make_shared<Options>();
  add_common(*command, common, false);
  command->add_option("path", o->path, "file or folder")->required();
  command->add_option("--as", o->kind, "what it should be; guessed without it")
      ->check(CLI::IsMember({"safetensors", "weights", "model", "tokenizer", "image"}));
  command->add_flag("--hashes", o->hashes, "also compare a model folder's files with the SHA-256 it lists");
  command->callback([&common, o] {
    const std::string kind = o->kind.empty() ? kind_of(o->path) : o->kind;
    if (kind == "safetensors") read_tensors(CheckpointFiles::of_file(o->path));
    if (kind == "weights") read_tensors(weights_at(o->path));
    if (kind == "tokenizer") Tokenizer::load(o->path);
    if (kind == "image") load_image(o->path);
    if (kind == "model")
      check_model({o->path, device_choice(common), number_type(common), false}, [&](const std::string& part) {
        if (!common.quiet) std::cerr << "reading the " << part << std::endl;
      });
    std::string hashes;
    if (o->hashes) hashes = words_for(verified(o->path, common.quiet));
    if (common.json) {
      Json result = {{"path", o->path}, {"kind", kind}, {"good", true}};
      if (o->hashes) result["hashes"] = hashes;
      return print_json(result);
    }
    std::cout << o->path << ": a good " << (kind == "weights" ? "set of weights" : kind);
    if (o->hashes) std::cout << "; " << hashes;
    std::cout << std::endl;
  });
}

}  // namespace b3o::cli
