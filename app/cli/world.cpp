// blip3o world: the drawn world as files.
#include <unistd.h>

#include <iostream>

#include "app/cli/commands.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/world/contact_sheet.h"
#include "core/world/export.h"
#include "core/world/renderer.h"
#include "core/world/sampler.h"

namespace b3o::cli {
namespace {

uint64_t stream_of(world::Split split) {
  if (split == world::Split::train) return 0;
  return split == world::Split::validation ? world::kValidationStream : world::kTestStream;
}

void add_export(CLI::App& app) {
  struct Options {
    world::ExportOptions shards;
    std::string level = "S", split = "train", out;
    bool quiet = false;
  };
  auto* command = app.add_subcommand("export", "Write scenes as WebDataset shards: pictures, prompts, questions");
  auto o = std::make_shared<Options>();
  command->add_option("--out", o->out, "folder of the shards")->required();
  command->add_option("--n", o->shards.count, "scenes");
  command->add_option("--level", o->level, "S, M or L");
  command->add_option("--split", o->split, "which scenes, and how they are worded");
  command->add_option("--seed", o->shards.seed, "equal seeds give equal bytes");
  command->add_option("--per-shard", o->shards.per_shard, "scenes in a shard");
  command->add_option("--questions", o->shards.questions, "questions a scene");
  command->add_option("--crowds", o->shards.crowds, "share of scenes with ten objects")->check(CLI::Range(0.0, 1.0));
  command->add_option("--layout-freedom", o->shards.layout_freedom, "0: every scene as its words put it; 1: anywhere")
      ->check(CLI::Range(0.0, 1.0));
  command->add_flag("--quiet", o->quiet, "no progress line");
  command->callback([o] {
    o->shards.level = world::level_named(o->level);
    o->shards.split = world::split_named(o->split);
    o->shards.folder = o->out;
    const bool show = !o->quiet && ::isatty(STDERR_FILENO) != 0;
    const auto shards = world::export_shards(o->shards, [&](int64_t done) {
      if (show && done % 100 == 0) std::cerr << "\rscene " << done << '/' << o->shards.count << "\033[K" << std::flush;
    });
    if (show) std::cerr << "\r\033[K";
    for (const auto& shard : shards) std::cout << shard.string() << '\n';
  });
}

void add_show(CLI::App& app) {
  struct Options {
    std::string level = "S", split = "validation", out;
    int count = 32, columns = 8;
    uint64_t seed = 0;
    bool crowd = false;
  };
  auto* command = app.add_subcommand("show", "Draw scenes on a contact sheet and print what is said about them");
  auto o = std::make_shared<Options>();
  command->add_option("--out", o->out, "the sheet (PNG)")->required();
  command->add_option("--n", o->count, "scenes")->check(CLI::Range(1, 4096));
  command->add_option("--columns", o->columns, "pictures in a row")->check(CLI::Range(1, 256));
  command->add_option("--level", o->level, "S, M or L");
  command->add_option("--split", o->split, "which scenes, and how they are worded");
  command->add_option("--seed", o->seed, "another sheet");
  command->add_flag("--crowd", o->crowd, "scenes with ten objects");
  command->callback([o] {
    const world::Level level = world::level_named(o->level);
    const world::Split split = world::split_named(o->split);
    const bool training = split == world::Split::train;
    const world::Speaker speaker{level, training ? world::Wording::trained : world::Wording::any, training};
    const world::Sampler sampler{level};
    const world::Renderer renderer;
    std::vector<Image> pictures;
    std::string lines;
    for (int i = 0; i < o->count; ++i) {
      world::Rng rng = world::scene_rng(o->seed, stream_of(split), uint64_t(i));
      const world::Task task = o->crowd ? world::Task::crowd : world::draw_task(world::task_mix(level, 1), rng);
      const world::Scene scene = sampler.scene(task, split, rng);
      pictures.push_back(renderer.draw(scene));
      lines += speaker.prompt(scene, rng) + "\n";
    }
    write_file(o->out, encode_png(world::contact_sheet(pictures, o->columns)));
    std::cout << lines;
  });
}

}  // namespace

void add_world(CLI::App& app, Common&) {
  auto* command = app.add_subcommand("world", "The drawn world that the demonstration model was trained on");
  command->require_subcommand(1);
  add_export(*command);
  add_show(*command);
}

}  // namespace b3o::cli
