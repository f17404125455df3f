#include "core/models/qwen_vision.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>

#include "core/base/error.h"
#include "core/nn/parts.h"
#include "core/nn/rotary.h"

namespace b3o {
namespace {

constexpr double kEps = 1e-6;  // no key of the config holds these two
constexpr double kTheta = 10000;
constexpr int64_t kPartRows = 2048;    // on the CPU about a quarter of a second of work
constexpr int64_t kLargest = 1 << 16;  // of any width, so that products of two stay far from overflow

// Output rows in window order, and how they fall into windows and frames.
struct Windows {
  std::vector<int64_t> units;    // numbers of output rows
  std::vector<int64_t> lengths;  // of each window, in output rows
  std::vector<size_t> frames;    // number of windows of each frame
};

Windows windows_of(const std::vector<VisionGrid>& grids, const QwenVisionConfig& c) {
  Windows out;
  int64_t first = 0;
  for (const VisionGrid& grid : grids) {
    const int64_t rows = grid.h / c.spatial_merge_size, columns = grid.w / c.spatial_merge_size;
    const int64_t side = c.window_side();
    for (int64_t t = 0; t < grid.t; ++t, first += rows * columns) {
      const size_t before = out.lengths.size();
      for (int64_t top = 0; top < rows; top += side)
        for (int64_t left = 0; left < columns; left += side) {
          const int64_t bottom = std::min(rows, top + side), right = std::min(columns, left + side);
          for (int64_t y = top; y < bottom; ++y)
            for (int64_t x = left; x < right; ++x) out.units.push_back(first + y * columns + x);
          out.lengths.push_back((bottom - top) * (right - left));
        }
      out.frames.push_back(out.lengths.size() - before);
    }
  }
  return out;
}

// Neighbours of equal length become one run. lengths in patches.
std::vector<VisionRun> runs_of(const std::vector<int64_t>& lengths) {
  std::vector<VisionRun> runs;
  int64_t begin = 0;
  for (const int64_t length : lengths) {
    if (!runs.empty() && runs.back().length == length)
      ++runs.back().count;
    else
      runs.push_back({begin, 1, length});
    begin += length;
  }
  return runs;
}

// The order in which the blocks compute: window order, but within a frame windows of equal length are neighbours, so
// that each length is one batched attention without a mask.
struct Order {
  std::vector<int64_t> units;   // output row at each place
  std::vector<int64_t> window;  // place of each row of the window order
  std::vector<VisionRun> windows, frames;
};

Order order_of(const std::vector<VisionGrid>& grids, const QwenVisionConfig& c) {
  const Windows w = windows_of(grids, c);
  std::vector<int64_t> starts(w.lengths.size());
  std::exclusive_scan(w.lengths.begin(), w.lengths.end(), starts.begin(), int64_t(0));
  std::vector<size_t> sorted(w.lengths.size());
  std::iota(sorted.begin(), sorted.end(), size_t(0));
  Order out;
  std::vector<int64_t> window_lengths, frame_lengths;
  auto from = sorted.begin();
  for (const size_t count : w.frames) {
    const auto to = from + int64_t(count);
    std::stable_sort(from, to, [&](size_t a, size_t b) { return w.lengths[a] > w.lengths[b]; });
    int64_t patches = 0;
    for (; from != to; ++from) {
      window_lengths.push_back(w.lengths[*from] * c.merged());
      patches += window_lengths.back();
    }
    frame_lengths.push_back(patches);
  }
  out.window.resize(w.units.size());
  for (const size_t k : sorted)
    for (int64_t i = starts[k]; i < starts[k] + w.lengths[k]; ++i) {
      out.window[size_t(i)] = int64_t(out.units.size());
      out.units.push_back(w.units[size_t(i)]);
    }
  out.windows = runs_of(window_lengths);
  out.frames = runs_of(frame_lengths);
  return out;
}

// Row and column of every patch in its picture, in the order of the pixels: [N, 2].
at::Tensor patch_coordinates(const std::vector<VisionGrid>& grids, int64_t merge) {
  std::vector<at::Tensor> parts;
  for (const VisionGrid& g : grids) {
    const auto blocks = [&](const at::Tensor& t) {  // [h, w] -> merge x merge patches one behind the other
      return t.view({g.h / merge, merge, g.w / merge, merge}).transpose(1, 2).reshape({-1}).repeat({g.t});
    };
    const at::Tensor y = at::arange(g.h, at::kLong).unsqueeze(1).expand({g.h, g.w}).contiguous();
    const at::Tensor x = at::arange(g.w, at::kLong).unsqueeze(0).expand({g.h, g.w}).contiguous();
    parts.push_back(at::stack({blocks(y), blocks(x)}, 1));
  }
  return at::cat(parts);
}

// Groups of `group` rows in the order of `index`.
at::Tensor reordered(const at::Tensor& rows, const at::Tensor& index, int64_t group) {
  const int64_t width = rows.size(1);
  return rows.view({-1, group * width}).index_select(0, index).view({-1, width});
}

// Attention inside every stretch of every run: qkv [N, 3, H, D] -> [N, H, D].
at::Tensor mix(const at::Tensor& qkv, const std::vector<VisionRun>& runs, int64_t rows, const Probe& probe) {
  std::vector<at::Tensor> parts;
  for (const VisionRun& run : runs) {
    const at::Tensor here = qkv.narrow(0, run.begin, run.count * run.length)
                                .view({run.count, run.length, 3, qkv.size(2), qkv.size(3)})
                                .permute({2, 0, 3, 1, 4});  // [3, count, H, length, D]
    const at::Tensor out = in_parts(run.length, rows, 2, probe, [&](int64_t begin, int64_t n) {
      return attend(here[0].narrow(2, begin, n), here[1], here[2]);
    });                                                  // [count, H, length, D]
    parts.push_back(out.transpose(1, 2).flatten(0, 1));  // [count length, H, D]
  }
  return parts.size() == 1 ? parts[0].contiguous() : at::cat(parts);
}

void check_grids(const at::Tensor& pixels, const std::vector<VisionGrid>& grids, const QwenVisionConfig& c) {
  if (pixels.dim() != 2 || pixels.size(1) != c.patch_values())
    throw RequestError(
        cat("the vision tower got patches of shape ", pixels.sizes(), ", expected [patches, ", c.patch_values(), "]"));
  if (grids.empty()) throw RequestError("the vision tower got no picture");
  const int64_t merge = c.spatial_merge_size;
  int64_t left = pixels.size(0);
  for (const VisionGrid& g : grids) {
    if (g.t < 1 || g.h < 1 || g.w < 1 || g.h % merge != 0 || g.w % merge != 0)
      throw RequestError(cat("the vision tower got a picture of ", g.t, "x", g.h, "x", g.w,
                             " patches, expected rows and columns in multiples of ", merge));
    const bool fits = g.t <= left && g.h <= left / g.t && g.w <= left / (g.t * g.h);
    if (!fits)
      throw RequestError(cat("the vision tower got ", pixels.size(0), " patches, fewer than its pictures have"));
    left -= g.t * g.h * g.w;
  }
  if (left != 0)
    throw RequestError(
        cat("the vision tower got ", pixels.size(0), " patches, ", left, " more than its pictures have"));
}

void require(bool holds, const Fields& f, const std::string& claim) {
  if (!holds) throw LoadError(cat(f.where(), ": ", claim));
}

}  // namespace

QwenVisionConfig QwenVisionConfig::from_json(const Fields& f) {
  QwenVisionConfig c;
  c.depth = f.integer_in("depth", 1, 1024);
  c.hidden_size = f.integer_in("hidden_size", 1, kLargest);
  c.num_heads = f.integer_in("num_heads", 1, kLargest);
  c.intermediate_size = f.integer_in("intermediate_size", 1, kLargest);
  c.out_hidden_size = f.integer_in("out_hidden_size", 1, kLargest);
  c.in_channels = f.has("in_channels") ? f.integer_in("in_channels", 1, 64) : 3;
  c.patch_size = f.integer_in("patch_size", 1, 256);
  c.temporal_patch_size = f.integer_in("temporal_patch_size", 1, 64);
  c.spatial_merge_size = f.integer_in("spatial_merge_size", 1, 64);
  c.window_size = f.integer_in("window_size", 1, kLargest);
  c.fullatt_block_indexes = f.integers("fullatt_block_indexes");
  require(f.string("hidden_act", "silu") == "silu", f,
          cat("key 'hidden_act' is '", f.string("hidden_act", ""), "', expected silu"));
  require(c.hidden_size % c.num_heads == 0 && c.hidden_size / c.num_heads % 4 == 0, f,
          cat("hidden_size ", c.hidden_size, " over num_heads ", c.num_heads, " must be a multiple of 4"));
  require(c.window_side() >= 1, f,
          cat("window_size is ", c.window_size,
              ", expected at least patch_size x spatial_merge_size = ", c.patch_size * c.spatial_merge_size));
  return c;
}

std::vector<int64_t> vision_window_index(const std::vector<VisionGrid>& grids, const QwenVisionConfig& config) {
  return windows_of(grids, config).units;
}

VisionAttention::VisionAttention(const Scope& s, const QwenVisionConfig& c)
    : heads(c.num_heads),
      qkv(s / "qkv", c.hidden_size, 3 * c.hidden_size),
      proj(s / "proj", c.hidden_size, c.hidden_size) {}

at::Tensor VisionAttention::project(const at::Tensor& x, const VisionRotation& turn) const {
  const int64_t n = x.size(0);
  at::Tensor all = qkv(x).view({n, 3, heads, -1});
  const at::Tensor turned = rotate(all.narrow(1, 0, 2).to(at::kFloat), turn.cos, turn.sin);  // [N, 2, H, D]
  if (c10::GradMode::is_enabled()) return at::cat({turned.to(x.scalar_type()), all.narrow(1, 2, 1)}, 1);
  all.narrow(1, 0, 2).copy_(turned);
  return all;
}

VisionBlock::VisionBlock(const Scope& s, const QwenVisionConfig& c)
    : norm1(s / "norm1", c.hidden_size, kEps),
      norm2(s / "norm2", c.hidden_size, kEps),
      attn(s / "attn", c),
      mlp(s / "mlp", c.hidden_size, c.intermediate_size, Bias::yes) {}

at::Tensor VisionBlock::operator()(const at::Tensor& x, const VisionRotation& turn, const std::vector<VisionRun>& runs,
                                   int64_t rows, const Probe& probe) const {
  const at::Tensor qkv = in_parts(x.size(0), rows, 0, probe, [&](int64_t begin, int64_t n) {
    return attn.project(norm1(x.narrow(0, begin, n)), {turn.cos.narrow(0, begin, n), turn.sin.narrow(0, begin, n)});
  });                                                                    // [N, 3, H, D]
  const at::Tensor mixed = mix(qkv, runs, rows, probe).view(x.sizes());  // [N, W]
  return in_parts(x.size(0), rows, 0, probe, [&](int64_t begin, int64_t n) {
    const at::Tensor y = x.narrow(0, begin, n) + attn.proj(mixed.narrow(0, begin, n));
    return y + mlp(norm2(y));
  });
}

VisionMerger::VisionMerger(const Scope& s, const QwenVisionConfig& c)
    : ln_q(s / "ln_q", c.hidden_size, kEps),
      mlp_0(s / "mlp" / 0, c.merged() * c.hidden_size, c.merged() * c.hidden_size),
      mlp_2(s / "mlp" / 2, c.merged() * c.hidden_size, c.out_hidden_size),
      joined(c.merged() * c.hidden_size) {}

at::Tensor VisionMerger::operator()(const at::Tensor& x) const {
  return mlp_2(at::gelu(mlp_0(ln_q(x).view({-1, joined}))));  // [N/M, O]
}

QwenVision::QwenVision(const Scope& s, const QwenVisionConfig& c)
    : config(c),
      patch_embed((s / "patch_embed" / "proj")
                      .take_matrix("weight",
                                   {c.hidden_size, c.in_channels, c.temporal_patch_size, c.patch_size, c.patch_size})),
      blocks([&] {
        std::vector<VisionBlock> out;
        for (int64_t i = 0; i < c.depth; ++i) out.emplace_back(s / "blocks" / i, c);
        return out;
      }()),
      merger(s / "merger", c),
      frequencies(rotary_frequencies(kTheta, c.hidden_size / c.num_heads / 2).to(merger.ln_q.weight.device())),
      part_rows(frequencies.is_cpu() ? kPartRows : std::numeric_limits<int64_t>::max()) {}

at::Tensor QwenVision::operator()(const at::Tensor& pixels, const std::vector<VisionGrid>& grids,
                                  const Probe& probe) const {
  check_grids(pixels, grids, config);
  const at::Device device = frequencies.device();
  const Order order = order_of(grids, config);
  const at::Tensor units = at::tensor(order.units, at::kLong).to(device);    // [N/M]
  const at::Tensor window = at::tensor(order.window, at::kLong).to(device);  // [N/M]

  const at::Tensor places = patch_coordinates(grids, config.spatial_merge_size).to(device, at::kFloat);  // [N, 2]
  const at::Tensor angles = (places.unsqueeze(2) * frequencies).flatten(1);                              // [N, D/2]
  const at::Tensor turned = reordered(angles, units, config.merged()).unsqueeze(1).unsqueeze(1);  // [N, 1, 1, D/2]
  const VisionRotation turn{at::cos(turned), at::sin(turned)};

  at::Tensor x = pixels.to(device, merger.ln_q.weight.scalar_type());   // [N, C T p p]
  x = apply_linear(x, patch_embed.view({config.hidden_size, -1}), {});  // [N, W]
  probe("patch_embed", x);
  x = reordered(x, units, config.merged());
  const int64_t rows = std::min(part_rows, x.size(0));
  const auto& full = config.fullatt_block_indexes;
  const bool in_window_order = std::is_sorted(order.window.begin(), order.window.end());
  for (size_t i = 0; i < blocks.size(); ++i) {
    const bool whole = std::find(full.begin(), full.end(), int64_t(i)) != full.end();
    x = blocks[i](x, turn, whole ? order.frames : order.windows, rows, probe);
    probe("blocks." + std::to_string(i), in_window_order ? x : reordered(x, window, config.merged()));
  }
  return merger(x).index_select(0, at::argsort(units));  // [N/M, O]
}

}  // namespace b3o
