#include "core/families/blip3o/inspect.h"

#include <iomanip>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/error.h"

namespace b3o::cli {
namespace {

struct Sum {
  int64_t tensors = 0, parameters = 0;
};

// Language model and vision tower together: what a plain Qwen2.5-VL folder holds.
Sum backbone(const Inspection& inspection) {
  Sum sum;
  for (const auto& part : inspection.parts) {
    if (part.part != "language model" && part.part != "vision tower") continue;
    sum.tensors += int64_t(part.items.size());
    sum.parameters += part.parameters();
  }
  return sum;
}

Json json_of(const Inspection& i) {
  Json parts = Json::array();
  for (const auto& part : i.parts) {
    Json tensors = Json::array();
    for (const auto& item : part.items) tensors.push_back({{"name", item.name}, {"shape", item.shape}});
    parts.push_back({{"part", part.part},
                     {"tensor_count", part.items.size()},
                     {"parameters", part.parameters()},
                     {"tensors", tensors}});
  }
  const Sum b = backbone(i);
  return {{"name", i.name},
          {"kind", i.kind},
          {"backbone", {{"tensor_count", b.tensors}, {"parameters", b.parameters}}},
          {"parts", parts},
          {"memory",
           {{"weights_in_files", i.memory.weights_in_files},
            {"weights_copied", i.memory.weights_copied},
            {"cache_per_token", i.memory.cache_per_token},
            {"scratch", i.memory.scratch}}},
          {"device", i.compute.device},
          {"number_type", i.compute.number_type},
          {"reason", i.compute.reason},
          {"warnings", i.warnings}};
}

std::string shape_text(const Shape& shape) {
  std::string out = "[";
  for (size_t k = 0; k < shape.size(); ++k) out += (k ? ", " : "") + std::to_string(shape[k]);
  return out + "]";
}

std::string megabytes(uint64_t bytes) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(1) << double(bytes) / 1e6 << " MB";
  return out.str();
}

void print(const Inspection& i) {
  for (const auto& part : i.parts)
    for (const auto& item : part.items) std::cout << item.name << ' ' << shape_text(item.shape) << '\n';
  std::cout << '\n';
  for (const auto& part : i.parts)
    std::cout << std::left << std::setw(24) << part.part << std::right << std::setw(6) << part.items.size()
              << " tensors " << std::setw(14) << part.parameters() << " parameters\n";
  const Sum b = backbone(i);
  std::cout << std::left << std::setw(24) << "backbone in all" << std::right << std::setw(6) << b.tensors << " tensors "
            << std::setw(14) << b.parameters << " parameters\n\n"
            << "weights in the files    " << megabytes(i.memory.weights_in_files) << '\n'
            << "weights copied          " << megabytes(i.memory.weights_copied) << '\n'
            << "cache, 1000 tokens      " << megabytes(i.memory.cache_per_token * 1000) << '\n'
            << "scratch, one picture    about " << megabytes(i.memory.scratch) << '\n'
            << "computes on             " << i.compute.device << " in " << i.compute.number_type << ": "
            << i.compute.reason << '\n';
  for (const auto& warning : i.warnings) std::cout << warning << '\n';
}

}  // namespace

void add_inspect(CLI::App& app, Common& common) {
  struct Options {
    std::string folder, like;
  };
  auto* command = app.add_subcommand("inspect", "What a model folder holds and needs; reads no weights");
  auto o = std::make_shared<Options>();
  add_common(*command, common, false);
  command->add_option("folder", o->folder, "model folder");
  command->add_option("--like", o->like, "an official model instead of a folder")
      ->check(CLI::IsMember({"4b", "8b", "tiny"}));
  command->callback([&common, o] {
    if (o->folder.empty() == o->like.empty()) throw RequestError("Name either a model folder or --like.");
    LoadModel request{o->folder, device_choice(common), number_type(common), false};
    const Inspection inspection = o->like.empty() ? inspect_folder(request) : inspect_like(o->like, request);
    if (common.json)
      print_json(json_of(inspection));
    else
      print(inspection);
  });
}

}  // namespace b3o::cli
