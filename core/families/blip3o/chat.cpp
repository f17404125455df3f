#include "core/families/blip3o/chat.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/families/blip3o/progress.h"
#include "core/image/codec.h"
#include "core/models/qwen_positions.h"
#include "core/sampling/next_token.h"

namespace b3o {
namespace {

constexpr size_t kFeaturesKept = 16;

using Clock = std::chrono::steady_clock;

std::vector<TemplateMessage> template_messages(const std::vector<ChatMessage>& messages) {
  std::vector<TemplateMessage> out;
  for (const auto& message : messages) {
    TemplateMessage m{message.role, {}};
    for (const auto& part : message.parts) {
      if (part.image)
        m.parts.push_back({TemplatePart::Kind::image, ""});
      else
        m.parts.push_back({TemplatePart::Kind::text, part.text});
    }
    out.push_back(std::move(m));
  }
  return out;
}

NextTokenSettings token_settings(const GenerationDefaults& defaults, const ChatOptions& options) {
  NextTokenSettings s;
  s.sample = defaults.sample && !options.greedy;
  if (!options.greedy && (options.temperature || options.top_p || options.top_k)) s.sample = true;
  s.temperature = options.temperature.value_or(defaults.temperature);
  s.top_p = options.top_p.value_or(defaults.top_p);
  s.top_k = options.top_k.value_or(defaults.top_k);
  s.repetition_penalty = options.repetition_penalty.value_or(defaults.repetition_penalty);
  s.seed = options.seed;
  s.end_ids = defaults.end_ids;
  return s;
}

// The number a picture's row has among the cached tokens' marks; ids are far below 2^62.
uint64_t picture_mark(const std::string& key, uint64_t row) {
  return (mix64(fnv1a64(key) + row) >> 1) | (uint64_t(1) << 62);
}

}  // namespace

struct Chat::Prompt {
  std::string text;  // with one <|image_pad|> a picture
  std::vector<int64_t> ids;
  std::vector<VisionGrid> grids;
  at::Tensor rows;              // [rows of all pictures, hidden]; undefined without pictures
  std::vector<uint64_t> marks;  // of every token
  at::Tensor positions;         // [3, S]
  int64_t rope_delta = 0;
};

Chat::Chat(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer)
    : config_(config), networks_(networks), tokenizer_(tokenizer), cache_(config.text.layers) {}

void Chat::forget() {
  cache_.clear();
  cached_.clear();
  features_.clear();
  hashes_.clear();
}

std::string Chat::key_of(const std::shared_ptr<const Image>& image, const QwenImageConfig& limits) {
  const auto key = [&](const std::string& hash) { return cat(hash, ' ', limits.min_pixels, ' ', limits.max_pixels); };
  for (const auto& [known, hash] : hashes_)
    if (known.lock() == image) return key(hash);
  hashes_.emplace_front(image, image_sha256(*image));
  if (hashes_.size() > kFeaturesKept) hashes_.pop_back();
  return key(hashes_.front().second);
}

const Chat::Features& Chat::features_of(const std::shared_ptr<const Image>& image, const QwenImageConfig& limits,
                                        JobContext& job) {
  const std::string key = key_of(image, limits);
  const auto known = std::find_if(features_.begin(), features_.end(), [&](const Features& f) { return f.key == key; });
  if (known != features_.end()) {
    std::rotate(features_.begin(), known, known + 1);
    return features_.front();
  }
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  const VisionInput input = vision_input(*image, limits);
  const at::Tensor pixels = input.pixels.to(networks_.device(), networks_.type());
  features_.push_front({key, input.grid, networks_.vision(job)(pixels, {input.grid}, stop)});
  if (features_.size() > kFeaturesKept) features_.pop_back();
  return features_.front();
}

Chat::Prompt Chat::prepare(const ChatRequest& request, JobContext& job, TraceFile& trace) {
  QwenImageConfig image_config = config_.image;
  if (request.options.min_pixels) image_config.min_pixels = *request.options.min_pixels;
  if (request.options.max_pixels) image_config.max_pixels = *request.options.max_pixels;
  if (image_config.min_pixels > image_config.max_pixels)
    throw RequestError(cat("The smallest number of pixels, ", image_config.min_pixels, ", is above the largest, ",
                           image_config.max_pixels, "."));
  Prompt out;
  std::vector<at::Tensor> rows, pixels;
  std::vector<std::string> keys;
  std::vector<int64_t> copies;
  int pictures = 0;
  for (const auto& message : request.messages)
    for (const auto& part : message.parts) pictures += part.image ? 1 : 0;
  StageClock clock(job, Stage::read, pictures + 1);
  for (const auto& message : request.messages)
    for (const auto& part : message.parts) {
      if (!part.image) continue;
      job.checkpoint();
      const Features& features = features_of(part.image, image_config, job);
      keys.push_back(features.key);
      rows.push_back(features.rows);
      if (trace.on()) pixels.push_back(vision_input(*part.image, image_config).pixels);
      copies.push_back(rows.back().size(0));
      out.grids.push_back(features.grid);
      clock.step();
    }
  RenderedPrompt rendered = render_chat(template_messages(request.messages), true, request.options.add_vision_id);
  out.text = rendered.text();
  if (request.options.reference_tokens) rendered.trust_all();
  rendered.repeat_image_pads(copies);
  out.ids = tokenizer_.encode(rendered.spans);
  if (!rows.empty()) out.rows = at::cat(rows);

  size_t picture = 0;
  uint64_t row = 0;
  for (const int64_t id : out.ids) {
    if (id != config_.ids.image_pad || picture >= keys.size()) {
      out.marks.push_back(uint64_t(id));
      continue;
    }
    out.marks.push_back(picture_mark(keys[picture], row));
    if (++row == uint64_t(copies[picture])) {
      row = 0;
      ++picture;
    }
  }
  ChatPositions at;
  out.positions = chat_positions(
      out.ids, out.grids, {config_.ids.vision_start, config_.ids.image_pad, config_.vision.spatial_merge_size}, at);
  out.rope_delta = at.rope_delta();
  trace.put("position_ids", out.positions);
  if (trace.on() && !rows.empty()) {
    trace.put("pixel_values", at::cat(pixels));
    trace.put("vision", out.rows);
  }
  clock.step();
  return out;
}

at::Tensor Chat::embed(const Prompt& prompt, int64_t from, JobContext& job) {
  const std::vector<int64_t> ids(prompt.ids.begin() + from, prompt.ids.end());
  const at::Tensor tensor = at::tensor(ids, at::kLong).unsqueeze(0);  // [1, S]
  const at::Tensor embeds = networks_.text(job).embed(tensor);
  if (!prompt.rows.defined()) return embeds;
  const int64_t seen = std::count(prompt.ids.begin(), prompt.ids.begin() + from, config_.ids.image_pad);
  return place_rows(embeds, tensor.to(networks_.device()), config_.ids.image_pad,
                    prompt.rows.narrow(0, seen, prompt.rows.size(0) - seen));
}

// Runs what the cache does not hold yet; returns the scores of the last position [V].
at::Tensor Chat::prefill(const Prompt& prompt, JobContext& job, TraceFile& trace) {
  const Probe stop([&](std::string_view, const at::Tensor&) { job.checkpoint(); });
  const QwenText& text = networks_.text(job);
  const auto size = int64_t(prompt.ids.size());
  const auto differ = std::mismatch(cached_.begin(), cached_.end(), prompt.marks.begin(), prompt.marks.end());
  int64_t kept = std::min<int64_t>(differ.first - cached_.begin(), size - 1);
  if (trace.on()) kept = 0;  // a trace shows every position
  cache_.truncate(kept);
  cached_.resize(size_t(kept));
  cache_.reserve(size + 256);
  const at::Tensor embeds = embed(prompt, kept, job);
  const at::Tensor positions = prompt.positions.narrow(1, kept, size - kept).unsqueeze(1).to(networks_.device());
  const at::Tensor hidden = text(embeds, positions, &cache_, stop);  // [1, S, W]
  cached_ = prompt.marks;
  const at::Tensor logits = text.logits(hidden[0][-1]);
  trace.put("hidden", hidden[0]);
  trace.put("logits", logits);
  if (trace.on() && prompt.rows.defined())
    trace.put("hidden_1d",
              text(embeds, plain_positions(0, size).unsqueeze(1).to(networks_.device()), nullptr, stop)[0]);
  return logits;
}

void Chat::answer(const Prompt& prompt, at::Tensor logits, const ChatRequest& request, JobContext& job,
                  TraceFile& trace, AnswerReady& out) {
  const auto start = Clock::now();
  const QwenText& text = networks_.text(job);
  const NextTokenSettings settings = token_settings(config_.generation, request.options);
  const auto ends = [&](int64_t id) { return std::count(settings.end_ids.begin(), settings.end_ids.end(), id) > 0; };
  NextToken next(settings, prompt.ids);
  StreamDecoder decoder(tokenizer_, true);
  const auto emit = [&](const std::string& piece) {
    if (piece.empty()) return;
    out.text += piece;
    job.emit(TextDelta{piece});
  };
  const int64_t room = config_.can.max_context - int64_t(prompt.ids.size());
  const int64_t limit = std::min<int64_t>(request.options.max_tokens, room);
  StageClock clock(job, Stage::answer, int(limit));
  for (int64_t k = 0; k < limit; ++k) {
    job.checkpoint();
    trace.append("step_logits", logits);
    const int64_t id = next.choose(logits);
    out.ids.push_back(id);
    if (k == 0) out.seconds_to_first = seconds_since(start);
    if (ends(id)) break;
    emit(decoder.push(id));
    clock.step();
    if (k + 1 == limit) break;
    const int64_t position = cache_.length() + prompt.rope_delta;
    const at::Tensor embeds = text.embed(at::full({1, 1}, id, at::kLong));
    const at::Tensor positions = plain_positions(position, 1).unsqueeze(1).to(networks_.device());
    const at::Tensor hidden = text(embeds, positions, &cache_);
    cached_.push_back(uint64_t(id));
    logits = text.logits(hidden[0][-1]);
  }
  emit(decoder.finish());
}

void Chat::serve(const ChatRequest& request, JobContext& job) {
  const auto start = Clock::now();
  TraceFile trace(request.parity.trace);
  const Prompt prompt = prepare(request, job, trace);
  if (int64_t(prompt.ids.size()) >= config_.can.max_context)
    throw RequestError(cat("The conversation has ", prompt.ids.size(), " tokens, this model's limit is ",
                           config_.can.max_context, "; start a new one or use smaller pictures."));
  AnswerReady out;
  out.prompt = prompt.text;
  out.input_ids = prompt.ids;
  out.rope_delta = prompt.rope_delta;
  for (const auto& grid : prompt.grids) out.image_grids.push_back({grid.t, grid.h, grid.w});
  const at::Tensor logits = prefill(prompt, job, trace);
  const double before = seconds_since(start);
  answer(prompt, logits, request, job, trace, out);
  out.seconds_to_first += before;
  out.seconds = seconds_since(start);
  trace.write();
  job.emit(out);
}

}  // namespace b3o
