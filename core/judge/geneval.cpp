#include "core/judge/geneval.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "core/base/error.h"

namespace b3o::judge {
namespace {

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : between) + p;
  return out;
}

// Per class, the indices above the threshold, best first.
std::map<std::string, std::vector<size_t>> kept_of(const std::vector<Found>& found, float threshold, int most) {
  std::map<std::string, std::vector<size_t>> kept;
  for (size_t i = 0; i < found.size(); ++i)
    if (float(found[i].score) > threshold) kept[found[i].name].push_back(i);
  for (auto& [name, list] : kept) {
    std::stable_sort(list.begin(), list.end(),
                     [&](size_t a, size_t b) { return float(found[a].score) > float(found[b].score); });
    if (int(list.size()) > most) list.resize(size_t(most));
  }
  return kept;
}

struct Bench {
  const std::vector<Found>& found;
  const GenevalSettings& settings;
  Verdict& out;
  std::vector<std::optional<std::vector<size_t>>> groups;  // per include clause, its objects if the clause held

  std::vector<size_t> kept(const std::string& name) const {
    const auto it = out.kept.find(name);
    return it == out.kept.end() ? std::vector<size_t>{} : it->second;
  }

  bool fail(const std::string& line) {
    out.correct = false;
    out.reason += (out.reason.empty() ? "" : "\n") + line;
    return false;
  }

  bool colored(const Requirement& want, const std::vector<size_t>& taken) {
    const auto count = [&](const std::string& color) {
      return std::count_if(taken.begin(), taken.end(), [&](size_t i) { return found[i].color == color; });
    };
    if (count(*want.color) >= want.count) return true;
    std::vector<std::string> seen;
    for (const char* color : kColorNames)
      if (count(color) > 0) seen.push_back(cat(count(color), " ", color));
    return fail(cat("expected ", *want.color, " ", want.name, ">=", want.count, ", found ", count(*want.color), " ",
                    *want.color, "; and ", joined(seen, ", ")));
  }

  bool placed(const Requirement& want, const std::vector<size_t>& taken) {
    const auto& targets = groups[size_t(want.target)];
    if (!targets) return fail(cat("no target for ", want.name, " to be ", *want.relation));
    for (const size_t i : taken)
      for (const size_t t : *targets) {
        const auto holding = relations(found[i].box, found[t].box, settings.position_threshold);
        if (std::find(holding.begin(), holding.end(), *want.relation) == holding.end())
          return fail(
              cat("expected ", want.name, " ", *want.relation, " target, found ", joined(holding, " and "), " target"));
      }
    return true;
  }

  void include(const Requirement& want) {
    std::vector<size_t> taken = kept(want.name);
    if (int(taken.size()) > want.count) taken.resize(size_t(want.count));
    bool held = int(taken.size()) >= want.count;
    if (!held) fail(cat("expected ", want.name, ">=", want.count, ", found ", taken.size()));
    held = held && (!want.color || colored(want, taken)) && (!want.relation || placed(want, taken));
    groups.push_back(held ? std::optional(taken) : std::nullopt);
  }
};

Requirement requirement(const Json& json, const std::string& where) {
  const Fields f(json, where);
  Requirement out;
  out.name = f.string("class");
  out.count = int(f.integer_in("count", 0, 1000));
  if (f.has("color")) out.color = f.string("color");
  if (f.has("position")) {
    const Json& p = f.raw("position");
    if (!p.is_array() || p.size() != 2 || !p[0].is_string() || !p[1].is_number_integer())
      throw LoadError(cat(where, ": key 'position' is ", p.dump(), ", expected [relation, index]"));
    out.relation = p[0].get<std::string>();
    out.target = int(std::clamp<int64_t>(p[1].get<int64_t>(), -1, 1000));
  }
  return out;
}

std::vector<Requirement> requirements(const Json& list, const std::string& where) {
  if (!list.is_array() || list.size() > 1000) throw LoadError(cat(where, ": expected a list of at most 1000 clauses"));
  std::vector<Requirement> out;
  for (const Json& one : list) {
    out.push_back(requirement(one, where));
    const Requirement& r = out.back();
    if (r.relation && (r.target < 0 || r.target + 1 >= int(out.size())))
      throw LoadError(cat(where, ": clause ", out.size() - 1, " takes its place from clause ", r.target,
                          ", which does not come before"));
  }
  return out;
}

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f%%", share * 100);
  return text;
}

}  // namespace

GenevalPrompt geneval_prompt(const Json& json, const std::string& where) {
  const Fields f(json, where);
  GenevalPrompt out;
  out.tag = f.string("tag");
  out.prompt = f.string("prompt");
  out.include = requirements(f.raw("include"), where + ": include");
  if (f.has("exclude")) out.exclude = requirements(f.raw("exclude"), where + ": exclude");
  return out;
}

std::vector<std::string> relations(const Box& a, const Box& b, double position_threshold) {
  const auto side = [](double from, double to) { return std::abs(to - from); };
  const double dx = (a.x0 + a.x1) / 2 - (b.x0 + b.x1) / 2, dy = (a.y0 + a.y1) / 2 - (b.y0 + b.y1) / 2;
  const auto shrunk = [&](double offset, double sizes) {
    return std::copysign(std::max(std::abs(offset) - position_threshold * sizes, 0.0), offset);
  };
  const double sx = shrunk(dx, side(a.x0, a.x1) + side(b.x0, b.x1)),
               sy = shrunk(dy, side(a.y0, a.y1) + side(b.y0, b.y1));
  std::vector<std::string> out;
  if (std::abs(sx) < 1e-3 && std::abs(sy) < 1e-3) return out;
  const double norm = std::sqrt(dx * dx + dy * dy);
  if (sy / norm < -0.5) out.push_back("above");
  if (sy / norm > 0.5) out.push_back("below");
  if (sx / norm < -0.5) out.push_back("left of");
  if (sx / norm > 0.5) out.push_back("right of");
  return out;
}

Verdict judged(const GenevalPrompt& prompt, const std::vector<Found>& found, const GenevalSettings& settings,
               bool strict) {
  Verdict out;
  const double threshold = prompt.tag == "counting" ? settings.counting_threshold : settings.threshold;
  out.kept = kept_of(found, float(threshold), settings.max_objects);
  Bench bench{found, settings, out, {}};
  for (const Requirement& want : prompt.include) bench.include(want);
  for (const Requirement& bound : prompt.exclude)
    if (const size_t n = bench.kept(bound.name).size(); int(n) >= bound.count)
      bench.fail(cat("expected ", bound.name, "<", bound.count, ", found ", n));
  if (strict)
    for (const auto& [name, list] : out.kept) {
      int asked = 0;
      for (const Requirement& want : prompt.include) asked += want.name == name ? want.count : 0;
      if (int(list.size()) > asked) bench.fail(cat("expected ", name, "=", asked, ", found ", list.size()));
    }
  return out;
}

GenevalSummary summarised(const std::vector<GenevalImage>& images) {
  GenevalSummary out;
  std::map<std::string, bool> any;
  int correct = 0;
  for (const GenevalImage& image : images) {
    auto it = std::find_if(out.tags.begin(), out.tags.end(), [&](const auto& t) { return t.first == image.tag; });
    if (it == out.tags.end()) it = out.tags.insert(out.tags.end(), {image.tag, {}});
    ++it->second.total;
    it->second.correct += image.correct;
    correct += image.correct;
    any[image.prompt] = any[image.prompt] || image.correct;
  }
  out.images = int(images.size()), out.prompts = int(any.size());
  if (images.empty()) return out;
  for (const auto& [tag, score] : out.tags) out.overall += score.mean() / double(out.tags.size());
  out.images_correct = double(correct) / out.images;
  for (const auto& [prompt, held] : any) out.prompts_any_correct += held;
  out.prompts_any_correct /= out.prompts;
  return out;
}

std::string official_text(const GenevalSummary& s) {
  std::string out =
      cat("Summary\n=======\nTotal images: ", s.images, "\nTotal prompts: ", s.prompts,
          "\n% correct images: ", percent(s.images_correct), "\n% correct prompts: ", percent(s.prompts_any_correct),
          "\n\nTask breakdown\n==============\n");
  for (const auto& [tag, score] : s.tags)
    out += cat(tag, std::string(tag.size() < 16 ? 16 - tag.size() : 0, ' '), " = ", percent(score.mean()), " (",
               score.correct, " / ", score.total, ")\n");
  char text[64];
  std::snprintf(text, sizeof text, "\nOverall score (avg. over tasks): %.5f\n", s.overall);
  return out + text;
}

}  // namespace b3o::judge
