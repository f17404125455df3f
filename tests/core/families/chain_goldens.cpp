// Whole pictures against the reference's pipeline: every intermediate tensor from the prompt's ids to the bytes.
#include "core/image/codec.h"
#include "tests/core/families/support.h"
#include "tests/support/goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const Goldens& goldens() {
  static const Goldens file("generation/chain.safetensors");
  return file;
}

const Json& case_named(const std::string& name) {
  static const Json json = golden_json("generation/chain.json");
  return json["cases"][name];
}

Family& model() {
  static const auto family = open_test_model("generation/tiny-blip3o");
  return *family;
}

// The stored draws of a case as a noise file.
std::filesystem::path noise_file(const TemporaryFolder& folder, const std::string& name,
                                 const std::string& negative_of) {
  std::vector<std::pair<std::string, at::Tensor>> draws = {{"unet.noise", goldens().at(name + ".unet.noise")}};
  if (goldens().has(name + ".clip_noise")) draws.emplace_back("clip_noise", goldens().at(name + ".clip_noise"));
  if (!negative_of.empty()) draws.emplace_back("neg.clip_noise", goldens().at(negative_of + ".neg.clip_noise"));
  write_safetensors(folder / "noise.safetensors", draws);
  return folder / "noise.safetensors";
}

Recipe recipe_of(const Json& golden) {
  Recipe r;
  r.paint.width = golden["width"];
  r.paint.height = golden["height"];
  r.paint.steps = golden["unet_steps"];
  r.paint.guidance = golden["unet_guidance"].get<double>();
  r.paint.original_height = golden["original_size"][0];
  r.paint.original_width = golden["original_size"][1];
  return r;
}

std::string caption_of(const Json& golden) {
  const std::string lead = "Please generate image based on the following caption: ";
  const std::string text = golden["user_text"];
  check(text.starts_with(lead), "the case is a caption");
  return text.substr(lead.size());
}

// Tolerances of the goldens' README, by the name's last part.
double tolerance_of(const std::string& what) {
  const auto is = [&](const char* tail) { return what.ends_with(tail); };
  if (is("train_preproc.E") || is("eva_tokens_rows") || is("null_image.E")) return 1e-4;
  if (is("Q") || is("vision_out")) return 2e-5;
  if (is("dit_v") || is("dit_v_null") || is("dit_v_cond") || is("unet.eps_cfg")) return 1e-3;
  if (is("unet.out_step0")) return 2e-4;
  if (is("unet.latents")) return 4e-3;
  if (is("vae.decode_out") || is("rgb")) return 3e-4;
  if (is("dit_caption_projection") || is("dit_temb_step0") || is("unet.text_embeds") || is("unet.input_step0"))
    return 5e-4;
  if (is("E") || is("dit_x") || is("unet.prompt_embeds")) return 5e-4;
  if (is("pixel_values_rows") || is("clip_noise") || is("unet.noise") || is("dit_sigmas")) return 1e-6;
  if (is("unet.sigmas") || is("unet.timesteps")) return 1e-4;
  return 0;  // whole numbers
}

void check_bytes(const at::Tensor& got, const at::Tensor& wanted, const std::string& what) {
  check_shape(got, wanted.sizes(), what);
  const at::Tensor gap = (got.to(at::kInt) - wanted.to(at::kInt)).abs();
  check(gap.max().item<int>() <= 1, what + ": a byte differs by more than 1");
  const double share = double(gap.sum().item<int64_t>()) / double(gap.numel());
  check(share <= 0.01, what + ": more than 1 % of the bytes differ");
}

// Every stored tensor of the case, except those named otherwise.
void compare(const std::string& name, TraceRun& trace, const Json& golden) {
  const std::string prefix = name + ".";
  int compared = 0;
  for (const auto& [key, entry] : goldens().file().entries()) {
    if (!key.starts_with(prefix)) continue;
    const std::string what = key.substr(prefix.size());
    if (what.starts_with("neg.") && !trace.has(what)) throw CheckFailed(key + " is not in the trace");
    at::Tensor got = trace.at(what);
    const at::Tensor wanted = goldens().at(key);
    if (what == "unet.latents" || what == "unet.eps_cfg")
      got = got.index_select(0, at::tensor(golden["saved_unet_steps"].get<std::vector<int64_t>>()));
    if (what == "image_u8")
      check_bytes(got, wanted, key);
    else
      check_close(got, wanted, tolerance_of(what), key);
    ++compared;
  }
  check(compared >= 15, name + ": tensors compared");
}

void run_caption(const std::string& name, const std::string& negative_of) {
  const Json& golden = case_named(name);
  TemporaryFolder folder;
  TraceRun trace;
  GenerateRequest request;
  request.recipe = recipe_of(golden);
  request.recipe.prompt = caption_of(golden);
  request.previews = false;
  request.parity = {trace.path(), noise_file(folder, name, negative_of)};
  const auto ready = serve(model(), request).only<ImageReady>();
  check_equal(ready.image.width, golden["width"].get<int>(), "width");
  compare(name, trace, golden);
}

void the_first_picture_of_a_session() { run_caption("t2i_a", "t2i_a"); }
void a_second_picture_with_another_size_and_guidance() { run_caption("t2i_b", "t2i_a"); }
void an_empty_caption_without_guidance() { run_caption("t2i_c", ""); }

void a_picture_through_the_language_model() {
  const Json& golden = case_named("i2i_lm");
  TemporaryFolder folder;
  TraceRun trace;
  GenerateRequest request;
  request.recipe = recipe_of(golden);
  request.recipe.user_text = golden["user_text"];
  request.image = std::make_shared<Image>(load_image(data_path("generation/i2i_lm.png")));
  request.previews = false;
  request.parity = {trace.path(), noise_file(folder, "i2i_lm", "i2i_lm")};
  serve(model(), request);
  compare("i2i_lm", trace, golden);
}

void a_picture_through_the_clip_encoder() {
  const Json& golden = case_named("recon_eva");
  TemporaryFolder folder;
  TraceRun trace;
  ReconstructRequest request;
  request.recipe = recipe_of(golden);
  request.source = std::make_shared<Image>(load_image(data_path("generation/recon_eva.png")));
  request.previews = false;
  request.parity = {trace.path(), noise_file(folder, "recon_eva", "")};
  serve(model(), request);
  compare("recon_eva", trace, golden);
}

GenerateRequest quick(uint64_t seed, int count) {
  GenerateRequest request;
  request.recipe.prompt = "a small house";
  request.recipe.seed = seed;
  request.recipe.plan.steps = 4;
  request.recipe.paint.steps = 3;
  request.recipe.paint.width = request.recipe.paint.height = 64;
  request.count = count;
  request.previews = false;
  return request;
}

void a_seed_alone_reproduces_each_picture_of_a_batch() {
  const auto batch = serve(model(), quick(40, 3)).all<ImageReady>();
  check_equal(batch.size(), 3u, "pictures");
  for (size_t k = 0; k < batch.size(); ++k) {
    check_equal(batch[k].recipe.seed, 40 + k, "seed");
    const auto alone = serve(model(), quick(40 + k, 1)).only<ImageReady>();
    check(alone.image == batch[k].image, "the picture alone differs from the one in the batch");
    check(alone.recipe == batch[k].recipe, "the recipes differ");
  }
  check(!(batch[0].image == batch[1].image), "two seeds give two pictures");
}

void the_recipe_of_a_picture_reproduces_it() {
  const auto first = serve(model(), quick(7, 1)).only<ImageReady>();
  GenerateRequest again;
  again.recipe = recipe_from_json(to_json(first.recipe), "recipe");
  again.previews = false;
  check(serve(model(), again).only<ImageReady>().image == first.image, "the picture changed");
}

void exact_times_are_a_switch_that_changes_the_plan() {
  GenerateRequest request = quick(11, 1);
  request.recipe.plan.steps = 6;
  const auto whole = serve(model(), request).only<ImageReady>();
  request.recipe.plan.exact_times = true;
  const auto exact = serve(model(), request).only<ImageReady>();
  check(whole.tokens != exact.tokens, "the switch changed nothing");
  check(exact.recipe.plan.exact_times && !whole.recipe.plan.exact_times, "the recipes say which it was");
}

void previews_of_both_stages_arrive_and_change_nothing() {
  GenerateRequest request = quick(9, 1);
  const auto without = serve(model(), request).only<ImageReady>();
  request.previews = true;
  const auto with = serve(model(), request);
  check(with.only<ImageReady>().image == without.image, "previews changed the picture");
  std::map<Preview::Kind, int> kinds;
  for (const auto& preview : with.all<Preview>()) kinds[preview.kind] += preview.image.empty() ? 0 : 1;
  check_equal(kinds[Preview::Kind::plan_map], 4, "plan maps");
  check_equal(kinds[Preview::Kind::painting], 3, "painting previews");
  check(kinds[Preview::Kind::estimate] >= 2, "estimates");
}

void tokens_painted_again_give_the_same_picture() {
  GenerateRequest request = quick(21, 1);
  request.recipe.paint.guidance = 1.0;
  const auto drawn = serve(model(), request).only<ImageReady>();
  DecodeRequest decode;
  decode.recipe = drawn.recipe;
  decode.tokens = drawn.tokens;
  decode.token_count = drawn.token_count;
  decode.token_width = drawn.token_width;
  decode.previews = false;
  check(serve(model(), decode).only<ImageReady>().image == drawn.image, "the pictures differ");
}

void an_edit_leaves_every_byte_outside_the_mask() {
  EditRequest request;
  request.recipe = quick(3, 1).recipe;
  request.recipe.task = "edit";
  request.recipe.strength = 1;
  request.recipe.paint.width = 200;
  request.recipe.paint.height = 144;
  const Image source = load_image(data_path("generation/i2i_lm.png"));
  request.source = std::make_shared<Image>(source);
  auto mask = std::make_shared<GrayImage>(source.width, source.height);
  for (int y = 5; y < source.height / 2; ++y)
    for (int x = 9; x < source.width / 2; ++x) mask->pixels[size_t(y) * size_t(source.width) + size_t(x)] = 255;
  request.mask = mask;
  const auto ready = serve(model(), request).only<ImageReady>();
  check_equal(ready.image.width, source.width, "width");
  bool inside_changed = false;
  for (size_t i = 0; i < mask->pixels.size(); ++i)
    for (size_t c = 0; c < 3; ++c) {
      const bool equal = ready.image.pixels[i * 3 + c] == source.pixels[i * 3 + c];
      if (mask->pixels[i] == 0)
        check(equal, "a byte outside the mask changed");
      else
        inside_changed = inside_changed || !equal;
    }
  check(inside_changed, "nothing inside the mask changed");
}

void stops_in_every_stage_leave_the_next_picture_right() {
  const auto wanted = serve(model(), quick(5, 1)).only<ImageReady>().image;
  for (const Stage stage : {Stage::read, Stage::plan, Stage::paint, Stage::decode}) {
    std::stop_source stop;
    JobContext job(stop.get_token(), [&](const Event& event) {
      const auto* progress = std::get_if<StageProgress>(&event);
      if (progress && progress->stage == stage) stop.request_stop();
    });
    bool stopped = false;
    try {
      const c10::InferenceMode inference;
      model().serve(quick(5, 1), job);
    } catch (const Stop&) {
      stopped = true;
    }
    check(stopped, "the job was not stopped in stage " + std::to_string(int(stage)));
    check(serve(model(), quick(5, 1)).only<ImageReady>().image == wanted, "the next picture differs");
  }
}

void impossible_settings_are_refused_with_what_is_possible() {
  GenerateRequest request = quick(1, 1);
  request.recipe.paint.sampler = "magic";
  check_contains(message_of<RequestError>([&] { serve(model(), request); }), "euler, dpmpp_2m");
  request = quick(1, 1);
  request.recipe.user_text = "no place for it";
  request.image = std::make_shared<Image>(8, 8);
  check_contains(message_of<RequestError>([&] { serve(model(), request); }), "<image>");
}

const Cases cases = {
    CASE(the_first_picture_of_a_session),
    CASE(a_second_picture_with_another_size_and_guidance),
    CASE(an_empty_caption_without_guidance),
    CASE(a_picture_through_the_language_model),
    CASE(a_picture_through_the_clip_encoder),
    CASE(a_seed_alone_reproduces_each_picture_of_a_batch),
    CASE(the_recipe_of_a_picture_reproduces_it),
    CASE(exact_times_are_a_switch_that_changes_the_plan),
    CASE(previews_of_both_stages_arrive_and_change_nothing),
    CASE(tokens_painted_again_give_the_same_picture),
    CASE(an_edit_leaves_every_byte_outside_the_mask),
    CASE(stops_in_every_stage_leave_the_next_picture_right),
    CASE(impossible_settings_are_refused_with_what_is_possible),
};

}  // namespace
