// UNet, sampler and VAE together: goldens of decoder.md 9.4 D, F, G, and the pixel half of every recorded chain.
#include "core/sampling/diffusion.h"
#include "tests/core/models/sdxl_goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

NoiseConfig noise_config(const Json& changed = Json::object()) {
  Json j = json_file("generation/tiny-blip3o/diffusion-decoder/scheduler/scheduler_config.json");
  j.update(changed);
  return NoiseConfig::from_json(Fields(j, "scheduler_config.json"));
}

// The network of a run: under guidance both rows in one call, the conditional one first.
NoisePredict guided(const SdxlUnet& net, const SdxlUnet::Condition& c, const NoiseSchedule& s, double scale) {
  const int64_t rows = c.added.size(0);
  return [&net, c, s, scale, rows](const at::Tensor& scaled, int step) {
    const at::Tensor t = at::full({rows}, s.timesteps[size_t(step)]);
    const at::Tensor out = net(scaled.expand({rows, -1, -1, -1}), t, c);
    return rows == 1 ? out : diffusion_guidance(out, scale);
  };
}

// The latents after every step [steps that ran, 4, h, w].
struct Recorded {
  std::vector<at::Tensor> latents;
  AfterStep after(AfterStep inner = {}) {
    return [this, inner](at::Tensor x, int step) {
      if (inner) x = inner(std::move(x), step);
      latents.push_back(x[0]);
      return x;
    };
  }
  at::Tensor all() const { return at::stack(latents); }
};

at::Tensor both_tokens() { return at::cat({with_tokens(), without_tokens()}); }
at::Tensor noise() { return input("in.noise", {1, 4, 16, 20}); }

at::Tensor euler_chain(const NoiseConfig& config, Recorded& seen) {
  c10::NoGradGuard no_grad;
  DiffusionRun run{noise_schedule(config, 4), {}, seen.after()};
  run.predict = guided(tiny_unet(), condition(tiny_unet(), both_tokens()), run.schedule, 3.0);
  return euler(noise() * run.schedule.init_sigma, run);
}

void four_guided_steps_equal_golden_d_in_every_spacing() {
  const std::vector<std::pair<std::string, Row>> spacings = {
      {"leading", {{-6.31387, 1.41012, -3.10441, -9.39945}, -4.65902, -1.54757, 5.65235, 16.6486}},
      {"trailing", {{-17.047, 7.06945, -16.0108, -30.8237}, -18.9054, -6.96915, 18.9363, 56.6062}},
      {"linspace", {{-16.5731, 8.26041, -16.8383, -31.2896}, -18.8471, -7.25818, 19.3632, 59.7131}}};
  for (const auto& [spacing, row] : spacings) {
    Recorded seen;
    const at::Tensor last = euler_chain(noise_config().with_spacing(spacing), seen);
    check_row(last, row, 1e-3, "D " + spacing);
    check_golden(seen.all(), "euler_" + spacing + "_N4.latents", 1e-3);
  }
}

void four_guided_karras_steps_equal_their_golden() {
  Recorded seen;
  euler_chain(noise_config({{"use_karras_sigmas", true}}), seen);
  check_golden(seen.all(), "euler_karras_N4.latents", 1e-3);
}

void the_last_latent_decodes_to_the_golden_picture() {
  Recorded seen;
  c10::NoGradGuard no_grad;
  const at::Tensor z = tiny_vae().config.from_latent(euler_chain(noise_config(), seen));
  check_golden(z, "vae_decode_chain.z", 1e-3);
  check_golden(tiny_vae().decode(z), "vae_decode_chain.out", 1e-3);
}

// Picture of decoder.md 9.4 F and G: the start latent z0, and a run of the last half of four steps from it.
struct ImageToImage {
  at::Tensor z0;
  DiffusionRun run;
  explicit ImageToImage(Recorded& seen, const at::Tensor& mask = {}, double strength = 0.5) {
    z0 = tiny_vae().config.to_latent(tiny_vae().encode(values_by_name("in.image", {1, 3, 128, 160}, 1)).mean);
    run.schedule = noise_schedule(noise_config(), 4);
    run.first = first_step(4, strength);
    run.predict = guided(tiny_unet(), condition(tiny_unet(), both_tokens()), run.schedule, 3.0);
    run.after = seen.after(mask.defined() ? keep_outside(mask, z0, noise(), run.schedule) : AfterStep());
  }
  at::Tensor paint() const { return euler(add_noise(z0, noise(), run.schedule.sigmas[size_t(run.first)]), run); }
};

at::Tensor golden_mask() {
  at::Tensor mask = at::zeros({1, 1, 16, 20});
  mask.narrow(2, 4, 8).narrow(3, 5, 10).fill_(1);
  return mask;
}

void image_to_image_equals_golden_f() {
  c10::NoGradGuard no_grad;
  Recorded seen;
  const ImageToImage edit(seen);
  check_golden(edit.z0, "img2img.z0");
  check_equal(edit.run.first, 2, "first step");
  check_equal(edit.run.schedule.timesteps[2], 251.0, "timestep");
  check_row(edit.paint(), {{-1.19811, 0.584851, -1.04366, -1.84529}, -0.840681, -0.383314, 1.04676, 3.67175}, 1e-3,
            "F");
  check_golden(seen.all(), "img2img.latents", 1e-3);
}

void inpainting_equals_golden_g() {
  c10::NoGradGuard no_grad;
  check(at::equal(golden_mask(), modules().tensor("inpaint.mask")), "the golden's mask");
  Recorded seen;
  const at::Tensor got = ImageToImage(seen, golden_mask()).paint();
  check_row(got, {{-0.0122206, -0.0538057, 0.0265124, -0.0300085}, 0.0132675, -0.0931462, 0.537507, 3.76556}, 1e-3,
            "G");
  check_golden(seen.all(), "inpaint.latents", 1e-3);
}

void a_mask_of_everything_repaints_as_without_a_mask() {
  c10::NoGradGuard no_grad;
  Recorded plain, masked;
  const at::Tensor all = at::ones({1, 1, 16, 20});
  check(at::equal(ImageToImage(masked, all, 1.0).paint(), ImageToImage(plain, {}, 1.0).paint()), "the same latents");
}

void a_mask_of_nothing_returns_the_source() {
  c10::NoGradGuard no_grad;
  Recorded seen;
  const ImageToImage edit(seen, at::zeros({1, 1, 16, 20}));
  check(at::equal(edit.paint(), edit.z0), "the source latent, bit for bit");
}

void guidance_one_is_the_conditional_row() {
  const auto c = condition(tiny_unet(), both_tokens());
  const at::Tensor rows = tiny_unet()(noise().repeat({2, 1, 1, 1}), at::full({2}, 501.0), c);
  check_close(diffusion_guidance(rows, 1.0), rows.narrow(0, 0, 1), 1e-6, "scale 1");
  check_close(diffusion_guidance(rows, 0.0), rows.narrow(0, 1, 1), 0, "scale 0");
}

void guidance_row_by_row_equals_guidance_in_a_batch() {
  c10::NoGradGuard no_grad;
  const NoiseSchedule s = noise_schedule(noise_config(), 4);
  const auto batched = guided(tiny_unet(), condition(tiny_unet(), both_tokens()), s, 3.0);
  const auto one = guided(tiny_unet(), condition(tiny_unet(), with_tokens()), s, 3.0);
  const auto other = guided(tiny_unet(), condition(tiny_unet(), without_tokens()), s, 3.0);
  const at::Tensor apart = diffusion_guidance(at::cat({one(noise(), 1), other(noise(), 1)}), 3.0);
  check_close(batched(noise(), 1), apart, 1e-5, "guided output");
}

// The networks of the folder tiny-blip3o, weights widened from bf16.
template <class Net, class Config>
Net from_folder(const std::string& part, Config config_of) {
  const std::string folder = "generation/tiny-blip3o/diffusion-decoder/" + part + "/";
  const auto file = SafetensorsFile::open(data_path(folder + "diffusion_pytorch_model.bf16.safetensors"));
  FilledSource source([&](const std::string& name, at::Tensor& values) { values.copy_(file->tensor(name)); });
  return Net(Scope(source), config_of(json_file(folder + "config.json")));
}
const SdxlUnet& folder_unet() {
  static const SdxlUnet net = from_folder<SdxlUnet>("unet", unet_config);
  return net;
}
const SdxlVae& folder_vae() {
  static const SdxlVae net = from_folder<SdxlVae>("vae", vae_config);
  return net;
}

void check_chain(const std::string& name) {
  c10::NoGradGuard no_grad;
  const Json all = json_file("generation/chain.json");
  const Json& facts = all["cases"][name];
  const auto golden = [&](const std::string& what) { return chain().tensor(name + "." + what); };
  const int steps = facts["unet_steps"].get<int>();
  DiffusionRun run{noise_schedule(noise_config(), steps), {}, {}};
  const NoiseSchedule& s = run.schedule;
  check_close(at::tensor(s.timesteps), golden("unet.timesteps"), 0, name + " timesteps");
  const at::Tensor sigmas = golden("unet.sigmas").to(at::kDouble);
  check(((at::tensor(s.sigmas) - sigmas).abs() <= 2e-5 * sigmas).all().item<bool>(), name + " sigmas");
  check_close(s.init_sigma, facts["init_noise_sigma"].get<double>(), 2e-5 * s.init_sigma, name + " init_noise_sigma");

  const at::Tensor tokens = golden("unet.prompt_embeds");
  check_close(tokens.mean(1), golden("unet.text_embeds"), 1e-5, name + " pooled");
  const auto c = folder_unet().condition(tokens, golden("unet.text_embeds"), golden("unet.time_ids"));
  const at::Tensor wanted_input = golden("unet.input_step0");
  const at::Tensor first = folder_unet()(wanted_input, at::full({tokens.size(0)}, s.timesteps[0]), c);
  check_close(first, golden("unet.out_step0"), 2e-4, name + " first output");

  const auto saved = facts["saved_unet_steps"].get<std::vector<int>>();
  const auto predict = guided(folder_unet(), c, s, facts["unet_guidance"].get<double>());
  std::vector<at::Tensor> outputs, latents;
  const auto keep = [&](int step) { return std::find(saved.begin(), saved.end(), step) != saved.end(); };
  run.predict = [&](const at::Tensor& scaled, int step) {
    if (step == 0) check_close(scaled.expand_as(wanted_input), wanted_input, 1e-5, name + " first input");
    at::Tensor out = predict(scaled, step);
    if (keep(step)) outputs.push_back(out[0]);
    return out;
  };
  run.after = [&](at::Tensor x, int step) {
    if (keep(step - 1)) latents.push_back(x[0]);
    return x;
  };
  const at::Tensor last = euler(golden("unet.noise") * s.init_sigma, run);
  check_close(at::stack(outputs), golden("unet.eps_cfg"), 1e-3, name + " guided outputs");
  check_close(at::stack(latents), golden("unet.latents"), 4e-3, name + " latents");

  // the picture from the stored latent, so that only the VAE's own error counts
  const at::Tensor stored = golden("unet.latents").narrow(0, int64_t(saved.size()) - 1, 1);
  check_equal(saved.back(), steps - 1, "the last saved step");
  const VaeConfig& config = folder_vae().config;
  const at::Tensor picture = folder_vae().decode(config.from_latent(stored));
  const at::Tensor wanted_bytes = golden("image_u8");
  if (chain().has(name + ".vae.decode_out")) check_close(picture, golden("vae.decode_out"), 3e-4, name + " picture");
  for (const at::Tensor& x : {picture, folder_vae().decode(config.from_latent(last))}) {
    const at::Tensor bytes = to_bytes(x)[0];
    check_close(bytes, wanted_bytes, 1, name + " bytes");
    const double differing = double(bytes.ne(wanted_bytes).sum().item<int64_t>());
    check_close(differing, 0, 0.01 * double(bytes.numel()), name + " differing bytes");
  }
}

void chain_t2i_a_equals_its_goldens() { check_chain("t2i_a"); }
void chain_t2i_b_equals_its_goldens() { check_chain("t2i_b"); }
void chain_t2i_c_without_guidance_equals_its_goldens() { check_chain("t2i_c"); }
void chain_i2i_lm_equals_its_goldens() { check_chain("i2i_lm"); }
void chain_recon_eva_equals_its_goldens() { check_chain("recon_eva"); }

const Cases cases = {
    CASE(four_guided_steps_equal_golden_d_in_every_spacing),
    CASE(four_guided_karras_steps_equal_their_golden),
    CASE(the_last_latent_decodes_to_the_golden_picture),
    CASE(image_to_image_equals_golden_f),
    CASE(inpainting_equals_golden_g),
    CASE(a_mask_of_everything_repaints_as_without_a_mask),
    CASE(a_mask_of_nothing_returns_the_source),
    CASE(guidance_one_is_the_conditional_row),
    CASE(guidance_row_by_row_equals_guidance_in_a_batch),
    CASE(chain_t2i_a_equals_its_goldens),
    CASE(chain_t2i_b_equals_its_goldens),
    CASE(chain_t2i_c_without_guidance_equals_its_goldens),
    CASE(chain_i2i_lm_equals_its_goldens),
    CASE(chain_recon_eva_equals_its_goldens),
};

}  // namespace
