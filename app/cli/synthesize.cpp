#include <unistd.h>

#include <iostream>

#include "app/cli/commands.h"
#include "core/families/blip3o/official.h"

namespace b3o::cli {

void add_synthesize(CLI::App& app, Common& common) {
  struct Options {
    std::string folder;
    SynthesizeOptions synthesize;
    bool without_eva = false;
  };
  auto* command = app.add_subcommand("synthesize",
                                     "Write a folder of an official shape with random weights, to try size and speed");
  auto o = std::make_shared<Options>();
  add_common(*command, common, false);
  command->add_option("--like", o->synthesize.like, "which model")
      ->check(CLI::IsMember({"4b", "8b", "tiny"}))
      ->required();
  command->add_option("--out", o->folder, "new folder")->required();
  command->add_option("--seed", o->synthesize.seed, "seed of the weights");
  command->add_flag("--without-eva", o->without_eva, "leave out the CLIP encoder (not needed to draw)");
  command->callback([&common, o] {
    o->synthesize.with_eva = !o->without_eva;
    const bool show = !common.quiet && ::isatty(STDERR_FILENO);
    uint64_t shown = 0;
    synthesize(o->folder, o->synthesize, [&](uint64_t done, uint64_t total) {
      if (!show || (done - shown < (64u << 20) && done != total)) return;
      shown = done;
      std::cerr << "\rwrite " << (done >> 20) << '/' << (total >> 20) << " MB\033[K" << std::flush;
    });
    if (show) std::cerr << "\r\033[K";
    std::cout << o->folder << std::endl;
  });
}

}  // namespace b3o::cli
