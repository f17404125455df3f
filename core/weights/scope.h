// Where a network gets its tensors from. A network's constructor asks a Scope for every tensor by name and shape; the
// source behind it loads a file, fills by rule, or only writes down what was asked.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace b3o {

using Shape = std::vector<int64_t>;

// Where tensors live and in which number type the network computes.
struct Placement {
  at::Device device = at::kCPU;
  at::ScalarType compute = at::kFloat;
  // Matrices stay in the file's number type (mapped, not copied) and are converted panel by panel when used.
  bool keep_stored_matrices = false;
};

class TensorSource {
 public:
  virtual ~TensorSource() = default;
  // Shape of the stored tensor; empty when this source holds no tensor of that name, or holds no file at all.
  virtual std::optional<Shape> shape(const std::string& name) = 0;
  // The tensor, in exactly this shape, else LoadError naming file, tensor, wanted and got.
  // matrix: the caller can compute with a tensor whose number type differs from Placement::compute.
  virtual at::Tensor take(const std::string& name, at::IntArrayRef shape, bool matrix) = 0;
};

// A position in the tree of names. Cheap to copy; the source must outlive it.
class Scope {
 public:
  explicit Scope(TensorSource& source, std::string prefix = "") : source_(&source), prefix_(std::move(prefix)) {}

  Scope operator/(std::string_view part) const { return Scope(*source_, full_name(part)); }
  Scope operator/(int64_t index) const { return *this / std::to_string(index); }

  // In Placement::compute.
  at::Tensor take(std::string_view name, at::IntArrayRef shape) const {
    return source_->take(full_name(name), shape, false);
  }
  // For Linear, Conv2d and Embedding, which can compute from another number type.
  at::Tensor take_matrix(std::string_view name, at::IntArrayRef shape) const {
    return source_->take(full_name(name), shape, true);
  }
  // Only for tensors that some official files lack; a source without a file has none of them.
  at::Tensor take_if_present(std::string_view name, at::IntArrayRef shape) const {
    return has(name) ? take(name, shape) : at::Tensor();
  }
  bool has(std::string_view name) const { return this->shape(name).has_value(); }
  std::optional<Shape> shape(std::string_view name) const { return source_->shape(full_name(name)); }
  std::string full_name(std::string_view name) const {
    return prefix_.empty() ? std::string(name) : prefix_ + "." + std::string(name);
  }

 private:
  TensorSource* source_;
  std::string prefix_;
};

// Makes every tensor that is asked for: zeros from at::empty's memory are never seen, `fill` writes them all (fp32,
// CPU, contiguous). With requires_grad the tensors are leaves of a training graph.
class FilledSource : public TensorSource {
 public:
  using Fill = std::function<void(const std::string& name, at::Tensor& values)>;
  explicit FilledSource(Fill fill, Placement placement = {}) : fill_(std::move(fill)), placement_(placement) {}
  std::optional<Shape> shape(const std::string&) override { return std::nullopt; }
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool matrix) override;

 private:
  Fill fill_;
  Placement placement_;
};

// Lists names and shapes and hands out tensors without data (device meta).
class DescribeSource : public TensorSource {
 public:
  struct Item {
    std::string name;
    Shape shape;
  };
  // known: shapes of optional or config-independent tensors, usually a file's index; may be empty.
  explicit DescribeSource(std::function<std::optional<Shape>(const std::string&)> known = {})
      : known_(std::move(known)) {}
  std::optional<Shape> shape(const std::string& name) override;
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool matrix) override;
  const std::vector<Item>& items() const { return items_; }

 private:
  std::function<std::optional<Shape>(const std::string&)> known_;
  std::vector<Item> items_;
};

// The two name-hash formulas of the reference tests: values depend on the tensor's name, shape and position only.
// Qwen form: biases u/8, one-dimensional weights 1 + u/8, embed_tokens and latent_queries u, others
// u * 2^-floor(log2(fan)/2).
void fill_by_name_qwen(const std::string& name, at::Tensor& values);
// Decoder form (DiT, EVA, UNet, VAE): >= 2 dimensions v * sqrt(3/fan), one-dimensional weights 1 + 0.1 v, biases 0.1 v;
// gate, cls_token and pos_embed v.
void fill_by_name_decoder(const std::string& name, at::Tensor& values);
// u in [-1, 1), from the name alone, in element order: for inputs of tests.
at::Tensor values_by_name(const std::string& name, at::IntArrayRef shape, double scale);

}  // namespace b3o
