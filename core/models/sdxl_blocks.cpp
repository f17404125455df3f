#include "core/models/sdxl_blocks.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/base/error.h"

namespace b3o {

at::Tensor activate(at::Tensor&& x) {
  if (c10::GradMode::is_enabled()) return at::silu(x);
  return at::silu_(x);
}

at::Tensor upsample_nearest(const at::Tensor& x, int64_t height, int64_t width) {
  return at::upsample_nearest2d(x, {height, width});
}

Resnet::Resnet(const Scope& s, int64_t in, int64_t out, const Options& o)
    : norm1(s / "norm1", in, o.groups, o.eps),
      conv1(s / "conv1", in, out, 3, 1, 1),
      norm2(s / "norm2", out, o.groups, o.eps),
      conv2(s / "conv2", out, out, 3, 1, 1) {
  if (o.time_width) time_emb_proj.emplace(s / "time_emb_proj", *o.time_width, out);
  if (in != out) conv_shortcut.emplace(s / "conv_shortcut", in, out, 1);
}

at::Tensor Resnet::operator()(const at::Tensor& x, const at::Tensor& activated, const Trace& trace) const {
  at::Tensor h = conv1(activate(norm1(x)));  // [B, out, H, W]
  (trace / "conv1")(h);                      // half of the time is over: a place to stop
  if (time_emb_proj) h = h + (*time_emb_proj)(activated).unsqueeze(2).unsqueeze(3);
  h = conv2(activate(norm2(h)));
  h = (conv_shortcut ? (*conv_shortcut)(x) : x) + h;
  trace(h);
  return h;
}

std::vector<int64_t> per_level(const Fields& f, std::string_view key, size_t levels, int64_t low, int64_t high) {
  const std::vector<int64_t> values =
      f.raw(key).is_array() ? f.integers(key) : std::vector<int64_t>(levels, f.integer(key));
  if (values.size() != levels)
    throw LoadError(cat(f.where(), ": key '", key, "' has ", values.size(), " entries, expected ", levels));
  for (const int64_t v : values)
    if (v < low || v > high)
      throw LoadError(cat(f.where(), ": key '", key, "' holds ", v, ", expected integers from ", low, " to ", high));
  return values;
}

void supports_only(const Fields& f, std::string_view key, const Json& value) {
  if (!f.has(key)) return;
  Json got = f.raw(key);
  if (got.is_array() && !value.is_array()) {  // one entry for each level, all the same
    bool same = !got.empty();
    for (const Json& item : got) same = same && item == value;
    if (same) return;
  }
  if (got == value) return;
  std::string shown = got.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (shown.size() > 60) shown = shown.substr(0, 57) + "...";
  throw LoadError(cat(f.where(), ": key '", key, "' is ", shown, ", only ", value.dump(), " is supported"));
}

}  // namespace b3o
