// The network under training: the reference's stored step of the flow loss, and its gradients for every tensor.
#include "core/weights/parameters.h"
#include "tests/core/models/dit_support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

struct Trainable {
  FolderSource files;
  ParameterSource parameters;
  NextDit dit;
  Trainable()
      : files(CheckpointFiles::of_model(data_path("generation/tiny-blip3o")), Placement{}),
        parameters(files),
        dit(Scope(parameters, kDitPrefix), config()) {}
  static NextDitConfig config() {
    const auto file = data_path("generation/tiny-blip3o/config.json");
    const Json json = parse_json(read_file(file, 1 << 20), "config.json");
    return NextDitConfig::from_json(Fields(json["dit_config"], "config.json"));
  }
};

at::Tensor stored(const std::string& name) { return golden("training").tensor(name); }

at::Tensor flow_loss(const at::Tensor& v, const std::string& batch) {
  return (v - (stored(batch + ".noise") - stored(batch + ".target"))).square().mean();
}

void outputs_and_losses_equal_the_golden_batches() {
  const Trainable t;
  for (const std::string batch : {"t2i", "mixed"}) {
    const at::Tensor v =
        t.dit(stored(batch + ".dit_x"), stored(batch + ".timesteps"), t.dit.condition(stored(batch + ".dit_z")));
    check_close(v.detach(), stored(batch + ".dit_out"), 2e-4, batch + ".dit_out");
    const double wanted = golden_json("training")["cases"][batch]["loss"];
    check_close(flow_loss(v, batch).item<double>(), wanted, 1e-5 * wanted, batch + " loss");
  }
}

void gradients_equal_the_golden_gradients() {
  const Trainable t;
  const at::Tensor z = stored("t2i.dit_z").clone().requires_grad_(true);
  flow_loss(t.dit(stored("t2i.dit_x"), stored("t2i.timesteps"), t.dit.condition(z)), "t2i").backward();
  check_equal(t.parameters.parameters().size(), size_t(96), "parameters");
  for (const auto& [name, parameter] : t.parameters.parameters()) {
    check(parameter.grad().defined(), name + " has a gradient");
    const at::Tensor wanted = stored("t2i.grad." + name);
    check_close(parameter.grad(), wanted, std::max(1e-6, 1e-4 * wanted.abs().max().item<double>()), name);
  }
  check(z.grad().defined() && z.grad().abs().max().item<double>() > 0, "the condition has a gradient");
}

void gradients_pass_through_the_whole_schedule_at_once() {
  const Trainable t;
  const at::Tensor x = stored("t2i.dit_x"), z = stored("t2i.dit_z"), times = stored("t2i.timesteps");
  const auto gradient = [&](bool at_once) {
    at::Tensor sum = at::zeros({});
    const auto condition = t.dit.condition(z);
    if (at_once) {
      const auto modulation = t.dit.modulation(times, condition);
      for (int64_t i = 0; i < 3; ++i) sum = sum + t.dit(x, modulation, i, condition).square().mean();
    } else {
      for (int64_t i = 0; i < 3; ++i) sum = sum + t.dit(x, times[i].expand(3), condition).square().mean();
    }
    sum.backward();
    std::vector<at::Tensor> list;
    for (const auto& [name, parameter] : t.parameters.parameters()) {
      list.push_back(parameter.grad().clone());
      parameter.grad().zero_();
    }
    return list;
  };
  const auto once = gradient(true), steps = gradient(false);
  for (size_t i = 0; i < once.size(); ++i)
    check_close(once[i], steps[i], 1e-5 + 1e-4 * steps[i].abs().max().item<double>(),
                t.parameters.parameters()[i].first);
}

const Cases cases = {
    CASE(outputs_and_losses_equal_the_golden_batches),
    CASE(gradients_equal_the_golden_gradients),
    CASE(gradients_pass_through_the_whole_schedule_at_once),
};

}  // namespace
