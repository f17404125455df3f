// What surrounds an edit: stops, previews, the round trip, the command line, and pictures as strangers have them.
#include <ATen/Parallel.h>

#include "core/api/picture_file.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/image/resize.h"
#include "tests/core/cli/program.h"
#include "tests/core/families/editing.h"
#include "tests/core/image/pictures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void stops_in_every_stage_of_an_edit() {
  EditRequest r = tiny_edit(EditMode::words, formula_image(64, 64), "make it red");
  r.recipe.edit.token_strength = 0.8;
  const Image wanted = made(r, tiny()).image;
  for (const Stage stage : {Stage::read, Stage::plan, Stage::paint, Stage::decode}) {
    std::stop_source stop;
    JobContext job(stop.get_token(), [&](const Event& event) {
      const auto* progress = std::get_if<StageProgress>(&event);
      if (progress && progress->stage == stage) stop.request_stop();
    });
    bool stopped = false;
    try {
      const c10::InferenceMode inference;
      tiny().serve(r, job);
    } catch (const Stop&) {
      stopped = true;
    }
    check(stopped, cat("not stopped in stage ", int(stage)));
    check(made(r, tiny()).image == wanted, "the next edit differs");
  }
}

void previews_lie_where_they_belong_and_change_nothing() {
  const Image large = resize_bicubic(scene(), 512, 512);
  EditRequest r = edit_of(EditMode::repaint, large, "make the star yellow");
  r.mask = box_mask(512, 512, 300, 200, 60, 60);
  const Image quiet = made(r).image;
  r.previews = true;
  const Listener listener = serve(paper_world(), r);
  const ImageReady ready = listener.only<ImageReady>();
  check(ready.image == quiet, "looking changed the picture");
  int paintings = 0;
  for (const Preview& preview : listener.all<Preview>()) {
    if (preview.kind == Preview::Kind::plan_map) continue;
    check(preview.x == ready.view.x && preview.width == ready.view.width && preview.height == ready.view.height,
          "a preview lies elsewhere");
    paintings += preview.kind == Preview::Kind::painting;
  }
  check_equal(paintings, 2, "previews of painting");
}

void a_round_trip_tells_how_much_it_kept_and_what_it_read() {
  ReconstructRequest r;
  r.recipe.paint.steps = 2;
  r.source = std::make_shared<Image>(scene());
  r.previews = false;
  const ImageReady square = serve(paper_world(), r).only<ImageReady>();
  check(square.cosine.value() > 0.5 && square.cosine.value() <= 1, cat("the cosine is ", *square.cosine));
  check(square.view.read == SourceView::Read::as_it_is, "a square of the right size");
  r.source = std::make_shared<Image>(resize_bicubic(scene(), 300, 200));
  const ImageReady wide = serve(paper_world(), r).only<ImageReady>();
  check(wide.view.read == SourceView::Read::cropped && wide.view.x == 50 && wide.view.width == 200, "a wide one");
}

// What the window asks for and what a script does are one value on one path.
void the_command_line_makes_the_same_bytes_from_the_same_recipe() {
  const TemporaryFolder place;
  const auto file = [&](const char* name) { return (place / name).string(); };
  const Image large = resize_bicubic(scene(), 300, 211);
  const auto mask = box_mask(300, 211, 170, 60, 70, 80);
  write_file(file("source.png"), encode_png(large));
  write_file(file("second.png"), encode_png(scene(1)));
  write_file(file("mask.png"), encode_png(*mask));
  for (const EditMode mode : {EditMode::repaint, EditMode::blend, EditMode::extend}) {
    EditRequest r = edit_of(mode, large, mode == EditMode::blend ? "" : "make the star yellow");
    std::vector<std::string> words = {"edit",
                                      "--image",
                                      file("source.png"),
                                      "--recipe",
                                      file("result.png"),
                                      "--out",
                                      file("again.png"),
                                      "--model",
                                      default_model_folder(B3O_SOURCE_PROGRAM).string(),
                                      "--device",
                                      "cpu",
                                      "--dtype",
                                      "fp32",
                                      "--quiet",
                                      "--threads",
                                      std::to_string(at::get_num_threads())};
    if (mode == EditMode::repaint) {
      r.mask = mask;
      words.insert(words.end(), {"--mask", file("mask.png")});
    }
    if (mode == EditMode::blend) {
      r.second = std::make_shared<Image>(scene(1));
      words.insert(words.end(), {"--second", file("second.png")});
    }
    r.recipe.edit.right = mode == EditMode::extend ? 90 : 0;
    const ImageReady ready = made(r);
    write_picture_file(file("result.png"), ready.image, ready.recipe);
    const Ran ran = run_program(words);
    check_equal(ran.status, 0, cat(name(mode), " (", ran.err, ")"));
    check(load_image(file("again.png")) == ready.image, cat(name(mode), ": another picture"));
    check(read_recipe(file("again.png")) == ready.recipe, cat(name(mode), ": another recipe"));
  }
}

// Pictures as strangers have them: each is edited at its own size, or refused in one sentence.
void sources_of_every_kind_are_edited_or_refused() {
  const Image plain = smooth_image();
  const std::string turned = jpeg_with(jpeg_baseline(), 0xE1, std::string("Exif\0\0", 6) + exif_block(6));
  const std::pair<const char*, std::string> files[] = {
      {"CMYK", jpeg_cmyk()}, {"progressive", jpeg_progressive()}, {"gray", jpeg_gray()}, {"turned", turned}};
  for (const auto& [what, bytes] : files) {
    const Image source = decoded(bytes);
    EditRequest r = tiny_edit(EditMode::details, source);
    const Image out = made(r, tiny()).image;
    check(out.width == source.width && out.height == source.height, what);
  }
  check(decoded(turned).width == plain.height, "a turned picture lies on its side");
  for (const auto& [w, h] : std::vector<std::pair<int, int>>{{1, 1}, {1, 200}, {3000, 20}, {2048, 2048}}) {
    EditRequest r = tiny_edit(EditMode::details, Image(w, h));
    const Image out = made(r, tiny()).image;
    check(out.width == w && out.height == h, cat(w, "x", h));
  }
  const std::string whole = encode_png(plain);
  for (const size_t size : {size_t(0), size_t(7), size_t(30), whole.size() / 2, whole.size() - 13})
    message_of<LoadError>([&] { decoded(whole.substr(0, size)); });
}

const Cases cases = {
    CASE(stops_in_every_stage_of_an_edit),
    CASE(previews_lie_where_they_belong_and_change_nothing),
    CASE(a_round_trip_tells_how_much_it_kept_and_what_it_read),
    CASE(the_command_line_makes_the_same_bytes_from_the_same_recipe),
    CASE(sources_of_every_kind_are_edited_or_refused),
};

}  // namespace
