#include "core/families/blip3o/blip3o.h"

#include <optional>

#include "core/families/blip3o/chat.h"
#include "core/families/blip3o/draw.h"
#include "core/families/blip3o/edit.h"
#include "core/families/blip3o/estimate.h"
#include "core/families/memory.h"

namespace b3o {
namespace {

constexpr const char* kLean =
    "Memory was short: one network at a time is in memory, which is slower. Load the model again when more is free.";

Tokenizer tokenizer_for(const FolderConfig& config) { return Tokenizer::load(config.folder); }

class Blip3o : public Family {
 public:
  Blip3o(const LoadModel& request, JobContext& job)
      : config_(read_folder(request.folder)),
        networks_(config_, request),
        tokenizer_(tokenizer_for(config_)),
        chat_(config_, networks_, tokenizer_) {
    tokenizer_.set_embedding_rows(networks_.embedding_rows());
    info_.name = config_.name;
    info_.folder = request.folder.string();
    info_.hash = networks_.identity();
    info_.device = networks_.compute().device;
    info_.number_type = networks_.compute().number_type;
    info_.number_type_reason = networks_.compute().reason;
    info_.notice = config_.notice;
    info_.warnings = config_.warnings;
    if (request.lean) info_.warnings.emplace_back(kLean);
    info_.weight_bytes = networks_.weight_bytes();
    info_.copied_bytes = networks_.placed().copied;
    info_.can = config_.can;
    if (config_.draw) {
      stages_.emplace(config_, networks_, tokenizer_, info_);
      draw_.emplace(config_, *stages_);
      edit_.emplace(config_, networks_, tokenizer_, *stages_);
    }
    if (request.eager) networks_.load_all(job);
  }

  const ModelInfo& info() const override { return info_; }

  void serve(const Request& request, JobContext& job) override {
    if (const auto* chat = std::get_if<ChatRequest>(&request)) return chat_.serve(*chat, job);
    if (!draw_) throw RequestError("This folder can chat but not draw: it holds a plain Qwen2.5-VL model.");
    if (const auto* r = std::get_if<GenerateRequest>(&request)) return draw_->generate(*r, job);
    if (const auto* r = std::get_if<EditRequest>(&request)) return edit_->serve(*r, job);
    if (const auto* r = std::get_if<ReconstructRequest>(&request)) return draw_->reconstruct(*r, job);
    if (const auto* r = std::get_if<EncodeRequest>(&request)) return draw_->encode(*r, job);
    if (const auto* r = std::get_if<DecodeRequest>(&request)) return draw_->decode(*r, job);
    throw RequestError("This model does not know that kind of request.");
  }

  bool shrink() override {
    const bool was_lean = networks_.lean();
    chat_.forget();
    if (stages_) stages_->planner().forget();
    networks_.become_lean();
    return !was_lean;
  }

  MemoryNeed memory_for(const Request& request) const override {
    return {networks_.placed().copied + request_bytes(config_, networks_.type(), request),
            memory_of(info_.device).free};
  }

 private:
  FolderConfig config_;
  Networks networks_;
  Tokenizer tokenizer_;
  Chat chat_;
  ModelInfo info_;
  std::optional<Stages> stages_;
  std::optional<Draw> draw_;
  std::optional<Edit> edit_;
};

}  // namespace

std::unique_ptr<Family> open_blip3o(const LoadModel& request, JobContext& job) {
  return std::make_unique<Blip3o>(request, job);
}

}  // namespace b3o
