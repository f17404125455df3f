#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/families/blip3o/inspect.h"
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
  };
  auto* command = app.add_subcommand("check", "Read a file or folder fully, the way the program would");
  auto o = std::make_shared<Options>();
  add_common(*command, common, false);
  command->add_option("path", o->path, "file or folder")->required();
  command->add_option("--as", o->kind, "what it should be; guessed without it")
      ->check(CLI::IsMember({"safetensors", "weights", "model", "tokenizer", "image"}));
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
    if (common.json)
      print_json({{"path", o->path}, {"kind", kind}, {"good", true}});
    else
      std::cout << o->path << ": a good " << (kind == "weights" ? "set of weights" : kind) << std::endl;
  });
}

}  // namespace b3o::cli
