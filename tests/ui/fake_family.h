// A model that needs no weights: loads in steps, answers word by word, draws small scenes with every kind of preview.
// Deterministic; a test can hold it at any step.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <deque>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/engine/engine.h"

namespace b3o::test {

struct FakeControl {
  std::atomic<int> allowed{1 << 30};  // steps the fake may take before it waits for more, or for a stop
  std::atomic<int> taken{0};
  std::atomic<int> step_us{0};           // how long a step lasts
  std::atomic<int> short_in{0};          // memory runs out in the n-th step from now; 0: never
  std::atomic<int> loads{0}, shrunk{0};  // how often the model was opened, and asked to need less
  std::atomic<int> tokens{0};            // words of an answer; 0: a sentence about the question
  std::string answer;                    // said instead, a few letters a step; set it while nothing runs
  std::deque<std::string> answers;       // said before it, one after the other; the same holds
  ModelInfo info;                        // what the next load reports; set it while nothing runs

  FakeControl() {
    info.name = "Paper World";
    info.hash = std::string(64, 'a');
    info.device = "CPU";
    info.number_type = "fp32";
    info.number_type_reason = "This processor has no fast bf16, and the model fits as fp32.";
    info.can.chat = info.can.see = info.can.draw = info.can.edit = info.can.reconstruct = true;
    info.can.edit_modes = {EditMode::words, EditMode::repaint, EditMode::vary,
                           EditMode::blend, EditMode::extend,  EditMode::details};
    info.can.native_width = info.can.native_height = 128;
    info.can.free_size = false;
    info.can.samplers = {"euler", "heun"};
    info.can.spacings = {"leading"};
    info.can.default_plan_steps = 6;
    info.can.default_paint_steps = 8;
    info.can.default_plan_guidance = 2.5;
    info.can.default_paint_guidance = 1;
    info.can.max_context = 1024;
  }

  void step(const JobContext& job) {
    while (taken >= allowed) {
      job.checkpoint();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (step_us > 0) std::this_thread::sleep_for(std::chrono::microseconds(step_us));
    job.checkpoint();
    if (short_in > 0 && --short_in == 0) throw std::bad_alloc();
    ++taken;
  }
  // What was asked for, in order.
  void note(const Request& request) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(request);
  }
  void noteLoad(const LoadModel& load) {
    const std::lock_guard lock(mutex_);
    last_load_ = load;
    ++loads;
  }
  LoadModel lastLoad() const {
    const std::lock_guard lock(mutex_);
    return last_load_;
  }
  std::vector<Request> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  // Lets the fake take this many steps from now on.
  void allow(int steps) { allowed = taken + steps; }
  void allowAll() { allowed = 1 << 30; }

 private:
  mutable std::mutex mutex_;
  std::vector<Request> asked_;
  LoadModel last_load_;
};

// A sky, the sea and a sun whose place depends on the seed; coarse > 0 blurs it into blocks, noise adds grain.
inline Image fakeScene(uint64_t seed, int side, double noise) {
  Image image(side, side);
  const double cx = side * (0.25 + 0.05 * double(seed % 11)), cy = side * (0.3 + 0.03 * double(seed % 7));
  const double hue = double(seed % 5) / 5;
  uint64_t random = seed * 6364136223846793005ull + 1;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const double wave = side * (0.72 + 0.015 * std::sin(x * 40.0 / side));
      double c[3] = {150 + 60.0 * y / side, 200 + 30.0 * y / side, 245};
      if (y > wave) c[0] = 90, c[1] = 165, c[2] = 205;
      if (std::hypot(x - cx, y - cy) < side * 0.13) c[0] = 250 - 90 * hue, c[1] = 150 + 90 * hue, c[2] = 60 + 60 * hue;
      for (int k = 0; k < 3; ++k) {
        random = random * 6364136223846793005ull + 1442695040888963407ull;
        const double grain = double(random >> 40) / double(1 << 24) * 255;
        image.at(x, y)[k] = uint8_t(std::clamp(c[k] * (1 - noise) + grain * noise, 0.0, 255.0));
      }
    }
  return image;
}

class FakeFamily : public Family {
 public:
  explicit FakeFamily(std::shared_ptr<FakeControl> control) : control_(std::move(control)), info_(control_->info) {}
  const ModelInfo& info() const override { return info_; }

  void serve(const Request& request, JobContext& job) override {
    control_->note(request);
    if (const auto* chat = std::get_if<ChatRequest>(&request)) return answer(*chat, job);
    if (const auto* drawing = std::get_if<GenerateRequest>(&request)) return draw(*drawing, job);
    if (const auto* edit = std::get_if<EditRequest>(&request)) return change(*edit, job);
    if (const auto* trip = std::get_if<ReconstructRequest>(&request)) return reconstruct(*trip, job);
    throw RequestError("This model only chats, draws, edits and reconstructs.");
  }
  bool shrink() override {
    ++control_->shrunk;
    return true;
  }
  void setFolder(const std::string& folder) { info_.folder = folder; }

 private:
  void answer(const ChatRequest& chat, JobContext& job) {
    int pictures = 0;
    for (const auto& message : chat.messages)
      for (const auto& part : message.parts) pictures += part.image ? 1 : 0;
    const std::string& question = chat.messages.back().parts.back().text;
    if (question.find("impossible") != std::string::npos)
      throw RequestError("The conversation has 40,000 tokens and 1,024 fit; start a new chat or remove pictures.");
    std::vector<std::string> words{"Message ",    std::to_string(chat.messages.size()),
                                   ", ",          std::to_string(pictures),
                                   " pictures: ", "you ",
                                   "asked ",      "\"",
                                   question,      "\"."};
    std::string said = control_->answer;
    if (!control_->answers.empty()) {
      said = control_->answers.front();
      control_->answers.pop_front();
    }
    if (!said.empty()) {
      words.clear();
      for (size_t at = 0; at < said.size(); at += 6) words.push_back(said.substr(at, 6));
    }
    if (control_->tokens > 0) words.assign(size_t(control_->tokens.load()), "word ");
    AnswerReady ready;
    for (size_t i = 0; i < words.size(); ++i) {
      control_->step(job);
      job.emit(TextDelta{words[i]});
      job.emit(StageProgress{.stage = Stage::answer, .done = int(i) + 1, .total = 1024, .seconds_per_step = 0.01});
      ready.text += words[i];
      ready.ids.push_back(int64_t(i));
    }
    ready.input_ids.assign(chat.messages.size() * 10, 1);
    ready.image_grids.assign(size_t(pictures), {1, 4, 4});
    ready.seconds = 1.2;
    job.emit(std::move(ready));
  }

  void draw(const GenerateRequest& request, JobContext& job) {
    const Recipe& asked = request.recipe;
    if (asked.prompt.find("impossible") != std::string::npos)
      throw RequestError("The prompt has 900 tokens and 447 fit; make it shorter.");
    if (asked.prompt.find("unknown") != std::string::npos) throw Refusal("I only draw boats. Try: a boat.");
    for (int k = request.first; k < request.count; ++k) {
      const uint64_t seed = asked.seed + uint64_t(k);
      stage(job, Stage::read, 1, k, request.count, [](int) {});
      stage(job, Stage::plan, *asked.plan.steps, k, request.count, [&](int done) {
        job.emit(Preview{Preview::Kind::plan_map, planMap(seed + uint64_t(done)), k});
        job.emit(Preview{Preview::Kind::estimate, fakeScene(seed, 32, 1 - 0.8 * done / *asked.plan.steps), k});
      });
      stage(job, Stage::paint, *asked.paint.steps, k, request.count, [&](int done) {
        job.emit(
            Preview{Preview::Kind::painting, fakeScene(seed, 64, 0.7 * (1 - double(done) / *asked.paint.steps)), k});
      });
      stage(job, Stage::decode, 1, k, request.count, [](int) {});
      ImageReady ready;
      ready.image = fakeScene(seed, 128, 0);
      ready.recipe = asked;
      ready.recipe.seed = seed;
      ready.recipe.paint.width = ready.recipe.paint.height = 128;
      ready.recipe.model_name = info_.name;
      ready.recipe.number_type = info_.number_type;
      ready.picture = k;
      ready.pictures = request.count;
      ready.seconds = 1.9;
      ready.token_count = 4;
      ready.token_width = 8;
      for (int i = 0; i < 32; ++i) ready.tokens.push_back(float((seed >> (i % 8)) & 1));
      job.emit(std::move(ready));
    }
  }

  // The source with the fake's scene where the mask is, or everywhere; new canvas at the sides.
  static Image changed(const EditRequest& edit, uint64_t seed) {
    const EditSettings& s = edit.recipe.edit;
    const bool extends = s.mode == EditMode::extend;
    const int left = extends ? s.left : 0, top = extends ? s.top : 0;
    Image out(edit.source->width + (extends ? s.left + s.right : 0),
              edit.source->height + (extends ? s.top + s.bottom : 0));
    const Image scene = fakeScene(seed, std::max(out.width, out.height), 0);
    for (int y = 0; y < out.height; ++y)
      for (int x = 0; x < out.width; ++x) {
        const int sx = x - left, sy = y - top;
        const bool inside = sx >= 0 && sy >= 0 && sx < edit.source->width && sy < edit.source->height;
        const bool kept =
            inside &&
            (extends || (edit.mask && edit.mask->pixels[size_t(sy) * size_t(edit.mask->width) + size_t(sx)] == 0));
        std::copy_n(kept ? edit.source->at(sx, sy) : scene.at(x, y), 3, out.at(x, y));
      }
    return out;
  }

  void change(const EditRequest& edit, JobContext& job) {
    const Recipe& asked = edit.recipe;
    if (asked.prompt.find("impossible") != std::string::npos)
      throw RequestError("The instruction has 900 tokens and 447 fit; make it shorter.");
    if (asked.prompt.find("unknown") != std::string::npos) throw Refusal("I only draw boats. Try: a boat.");
    const int plan = asked.plan.steps.value_or(6), paint = asked.paint.steps.value_or(8);
    for (int k = 0; k < edit.count; ++k) {
      const uint64_t seed = asked.seed + uint64_t(k);
      stage(job, Stage::read, 1, k, edit.count, [](int) {});
      stage(job, Stage::plan, plan, k, edit.count,
            [&](int done) { job.emit(Preview{Preview::Kind::plan_map, planMap(seed + uint64_t(done)), k}); });
      stage(job, Stage::paint, paint, k, edit.count, [&](int done) {
        job.emit(
            Preview{Preview::Kind::painting, fakeScene(seed, 64, 0.7 * (1 - double(done) / paint)), k, 8, 4, 16, 12});
      });
      stage(job, Stage::decode, 1, k, edit.count, [](int) {});
      ImageReady ready;
      ready.image = changed(edit, seed);
      ready.recipe = asked;
      ready.recipe.seed = seed;
      ready.recipe.model_name = info_.name;
      ready.picture = k;
      ready.pictures = edit.count;
      ready.seconds = 1.4;
      ready.cosine = 0.81;
      ready.view = {SourceView::Read::squashed, 128, 128, 0, 0, ready.image.width, ready.image.height, 128, 128};
      if (asked.prompt.find("blurred") != std::string::npos)
        ready.warnings = {"The source is smaller than 128 pixels."};
      job.emit(std::move(ready));
    }
  }

  void reconstruct(const ReconstructRequest& trip, JobContext& job) {
    stage(job, Stage::paint, 8, 0, 1,
          [&](int done) { job.emit(Preview{Preview::Kind::painting, fakeScene(1, 64, 0.7 * (1 - done / 8.0)), 0}); });
    ImageReady ready;
    ready.image = *trip.source;
    for (auto& value : ready.image.pixels) value = uint8_t(value / 8 * 8);
    ready.recipe = trip.recipe;
    ready.cosine = 0.93;
    ready.view = {SourceView::Read::squashed, 128, 128, 0, 0, 0, 0, 128, 128};
    job.emit(std::move(ready));
  }

  template <class Show>
  void stage(JobContext& job, Stage which, int steps, int picture, int pictures, Show show) {
    for (int done = 0; done <= steps; ++done) {
      job.emit(
          StageProgress{which, done, steps, picture, pictures, done ? 0.21 : 0, done ? 0.21 * (steps - done) : -1});
      if (done == steps) break;
      control_->step(job);
      show(done + 1);
    }
  }

  static Image planMap(uint64_t seed) {
    Image map(8, 8);
    uint64_t random = seed;
    for (auto& value : map.pixels) {
      random = random * 6364136223846793005ull + 1442695040888963407ull;
      value = uint8_t(40 + (random >> 57));
    }
    return map;
  }

  std::shared_ptr<FakeControl> control_;
  ModelInfo info_;
};

// Opens every folder except one whose name ends in "broken".
inline EngineOptions fakeEngine(std::shared_ptr<FakeControl> control) {
  EngineOptions options;
  options.open = [control](const LoadModel& request, JobContext& job) -> std::unique_ptr<Family> {
    const std::string folder = request.folder.string();
    control->noteLoad(request);
    if (folder.ends_with("broken"))
      throw LoadError(folder + "/config.json: the file does not exist; choose the folder that holds it");
    const char* parts[] = {"language model", "vision tower", "diffusion transformer", "UNet", "VAE"};
    for (int i = 0; i < 20; ++i) {
      job.emit(LoadProgress{parts[i / 4], uint64_t(i) * 5'000'000, 100'000'000});
      control->step(job);
    }
    auto family = std::make_unique<FakeFamily>(control);
    family->setFolder(folder);
    return family;
  };
  return options;
}

}  // namespace b3o::test
