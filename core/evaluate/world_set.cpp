#include "core/evaluate/world_set.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/resize.h"

namespace b3o::evaluate {
namespace {

constexpr double kMostDecibels = 99;
constexpr uint64_t kSpreadSeed = 3, kSpreadStream = 95;

int index_in(const auto& names, const Json& name) {
  const auto it = std::find(names.begin(), names.end(), name.get<std::string>());
  if (it == names.end()) throw LoadError(cat("the journal names ", name.dump(), ", which the judge does not know"));
  return int(it - names.begin());
}

}  // namespace

std::vector<Image> pictures_of(const WorldModel& model, Request request) {
  std::vector<Image> out;
  model.ask(std::move(request), [&](const Event& event) {
    if (const auto* ready = std::get_if<ImageReady>(&event)) out.push_back(ready->image);
  });
  return out;
}

Json drawn(const WorldModel& model, const std::string& prompt, int seeds) {
  GenerateRequest request;
  request.recipe.prompt = prompt;
  request.count = seeds;
  request.previews = false;
  Json pictures = Json::array();
  for (const Image& image : pictures_of(model, request)) pictures.push_back(sight_json(image));
  ensure(int(pictures.size()) == seeds, "a request gives as many pictures as it asks for");
  return {{"prompt", prompt}, {"pictures", pictures}};
}

std::string answer_to(const WorldModel& model, const Question& question, const Image& image, int max_tokens) {
  ChatRequest request;
  std::vector<ChatPart> first = {{"", std::make_shared<Image>(image)}};
  if (!question.earlier_text.empty()) {
    first.push_back({question.earlier_text, nullptr});
    request.messages = {{"user", first}, {"assistant", {{question.earlier_answer, nullptr}}}};
    first.clear();
  }
  first.push_back({question.text, nullptr});
  request.messages.push_back({"user", first});
  request.options.greedy = true;
  request.options.max_tokens = max_tokens;
  std::string out;
  model.ask(std::move(request), [&](const Event& event) {
    if (const auto* ready = std::get_if<AnswerReady>(&event)) out = ready->text;
  });
  return out;
}

Json sight_json(const Image& image) {
  const bool fits = image.width == world::kCanvas && image.height == world::kCanvas;
  const judge::Sight sight = judge::look_at(fits ? image : resize_bicubic(image, world::kCanvas, world::kCanvas));
  Json found = Json::array();
  for (const judge::Detection& d : sight.objects)
    found.push_back({{"class", judge::kClassNames[size_t(d.object)]},
                     {"color", judge::kColorNames[size_t(d.color)]},
                     {"score", d.score},
                     {"box", {d.box.x0, d.box.y0, d.box.x1, d.box.y1}},
                     {"centre", {d.x, d.y}}});
  return {{"ground", judge::kGroundNames[size_t(sight.ground)]}, {"found", found}};
}

judge::Sight sight_from(const Json& json) {
  judge::Sight out;
  out.ground = index_in(judge::kGroundNames, json.at("ground"));
  for (const Json& f : json.at("found")) {
    judge::Detection d;
    d.object = index_in(judge::kClassNames, f.at("class"));
    d.color = index_in(judge::kColorNames, f.at("color"));
    d.score = f.at("score");
    const Json& box = f.at("box");
    d.box = {box.at(0), box.at(1), box.at(2), box.at(3)};
    d.x = f.at("centre").at(0), d.y = f.at("centre").at(1);
    out.objects.push_back(d);
  }
  return out;
}

double psnr(const Image& a, const Image& b, const GrayImage* mask) {
  ensure(a.width == b.width && a.height == b.height, "two pictures of one size");
  double squares = 0;
  size_t values = 0;
  for (size_t i = 0; i < a.pixels.size(); ++i) {
    if (mask && mask->pixels[i / 3] != 0) continue;
    const double d = double(a.pixels[i]) - double(b.pixels[i]);
    squares += d * d, ++values;
  }
  if (values == 0) return -1;
  return squares == 0 ? kMostDecibels : std::min(kMostDecibels, 10 * std::log10(255 * 255 * double(values) / squares));
}

std::vector<size_t> spread(size_t total, int limit) {
  const size_t n = limit == 0 ? total : std::min(total, size_t(limit));
  world::Rng rng(kSpreadSeed, kSpreadStream);
  std::vector<size_t> out;
  for (size_t i = 0; i < n; ++i) {
    const size_t from = i * total / n, to = (i + 1) * total / n;
    out.push_back(from + size_t(rng.below(int(to - from))));
  }
  return out;
}

}  // namespace b3o::evaluate
