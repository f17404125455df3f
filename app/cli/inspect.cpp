#include "core/families/blip3o/inspect.h"

#include <iomanip>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/amount.h"
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

const char* verdict_word(const Fit& fit) {
  return fit.verdict() == Fit::Verdict::fits ? "yes" : fit.verdict() == Fit::Verdict::slow ? "slowly" : "no";
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
           {{"weights_in_files", i.file_bytes},
            {"weights_copied", i.fit.weights},
            {"weights_mapped", i.fit.mapped},
            {"cache", i.fit.cache},
            {"cache_tokens", i.fit.cache_tokens},
            {"scratch", i.fit.scratch},
            {"needed", i.fit.need()},
            {"free", i.fit.free},
            {"total", i.fit.total},
            {"fits", verdict_word(i.fit)}}},
          {"device", i.fit.device},
          {"number_type", i.fit.number_type},
          {"reason", i.fit.reason},
          {"warnings", i.warnings}};
}

std::string shape_text(const Shape& shape) {
  std::string out = "[";
  for (size_t k = 0; k < shape.size(); ++k) out += (k ? ", " : "") + std::to_string(shape[k]);
  return out + "]";
}

std::string verdict_of(const Fit& fit) {
  switch (fit.verdict()) {
    case Fit::Verdict::fits:
      return "It fits.";
    case Fit::Verdict::slow:
      return "It works, but its weights do not all stay in memory and are read from the disk again and again.";
    case Fit::Verdict::too_large:
      return cat("It does not fit: ", bytes_text(fit.need() - fit.free), " are missing.");
  }
  return "";
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
            << "weights in the files    " << bytes_text(i.file_bytes) << '\n'
            << "weights copied          " << bytes_text(i.fit.weights) << '\n'
            << "weights left in files   " << bytes_text(i.fit.mapped) << '\n'
            << std::left << std::setw(24) << cat("cache, ", i.fit.cache_tokens, " tokens") << std::right
            << bytes_text(i.fit.cache) << '\n'
            << "scratch, one picture    " << bytes_text(i.fit.scratch) << '\n'
            << "needed                  about " << bytes_text(i.fit.need()) << ", " << bytes_text(i.fit.free) << " of "
            << bytes_text(i.fit.total) << " are free. " << verdict_of(i.fit) << '\n'
            << "computes on             " << i.fit.device << " in " << i.fit.number_type << ": " << i.fit.reason
            << '\n';
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
