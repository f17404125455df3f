// The tiny autoencoder for previews: goldens of decoder.md 9.4 K and L.
#include "core/models/taesd.h"
#include "tests/core/models/sdxl_goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

TaesdConfig config_of(const Json& j) { return TaesdConfig::from_json(Fields(j, "taesd/config.json")); }

Taesd eight_channels() {
  const Json eights = {8, 8, 8, 8};
  FilledSource source(fill_by_name_decoder);
  return Taesd(Scope(source),
               config_of({{"encoder_block_out_channels", eights}, {"decoder_block_out_channels", eights}}), true);
}

int64_t parameters(const TaesdConfig& c, bool with_encoder, size_t& tensors) {
  DescribeSource source;
  const Taesd net(Scope(source), c, with_encoder);
  tensors = source.items().size();
  int64_t sum = 0;
  for (const auto& item : source.items()) {
    int64_t n = 1;
    for (const int64_t d : item.shape) n *= d;
    sum += n;
  }
  return sum;
}

void decode_equals_golden_k() {
  const at::Tensor got = eight_channels().decode(modules().tensor("tiny_ae.z"));
  check_row(got, {{-1.01307, -0.822577, -0.733505, -0.73777}, -0.553412, -0.514651, 0.739251, 3.01602}, 1e-4, "K");
  check_golden(got, "tiny_ae.decoded");
}

void encode_equals_golden_l() {
  const at::Tensor got = eight_channels().encode(modules().tensor("tiny_ae.image"));
  check_row(got, {{-0.0345578, -0.09335, -0.0345622, -0.0624589}, -0.112574, 0.000988606, 0.126796, 0.391919}, 1e-4,
            "L");
  check_golden(got, "tiny_ae.encoded");
}

void the_published_network_has_the_published_tensors() {
  size_t tensors = 0;
  check_equal(parameters(config_of(Json::object()), true, tensors), int64_t(2445063), "parameters");
  check_equal(tensors, size_t(134), "tensors");
  const Json eights = {8, 8, 8, 8};
  const auto small = config_of({{"encoder_block_out_channels", eights}, {"decoder_block_out_channels", eights}});
  check_equal(parameters(small, true, tensors), int64_t(39527), "parameters of eight channels");
  check(parameters(small, false, tensors) < 39527, "the decoder alone is smaller");
}

void bad_values_are_refused_by_name() {
  const std::vector<std::pair<std::string, Json>> cases = {{"num_decoder_blocks", {3, -1}},
                                                           {"num_encoder_blocks", Json::array()},
                                                           {"decoder_block_out_channels", {64, 32}},
                                                           {"act_fn", "silu"},
                                                           {"latent_channels", 0}};
  for (const auto& [key, value] : cases)
    check_contains(message_of<LoadError>([&] { config_of({{key, value}}); }), "'" + key + "'");
}

const Cases cases = {
    CASE(decode_equals_golden_k),
    CASE(encode_equals_golden_l),
    CASE(the_published_network_has_the_published_tensors),
    CASE(bad_values_are_refused_by_name),
};

}  // namespace
