// The GenEval rules (training.md 10.1): whether the objects found in a picture are those its prompt asks for.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace b3o::judge {

// The ten colours, in the order of reasons.
inline constexpr std::array<const char*, 10> kColorNames = {"red",    "orange", "yellow", "green", "blue",
                                                            "purple", "pink",   "brown",  "black", "white"};

struct Box {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

struct Found {
  std::string name;  // class
  double score = 0;
  Box box;
  std::string color;  // empty: not known
};

struct Requirement {
  std::string name;
  int count = 1;
  std::optional<std::string> color;
  std::optional<std::string> relation;  // to the objects of include[target]
  int target = 0;
};

struct GenevalPrompt {
  std::string tag, prompt;
  std::vector<Requirement> include, exclude;
};
// LoadError "<where>: ..." when keys are missing or a target does not come before.
GenevalPrompt geneval_prompt(const Json& json, const std::string& where);

struct GenevalSettings {
  double threshold = 0.3, counting_threshold = 0.9;  // scores must be above; compared as float32
  int max_objects = 16;                              // kept of each class
  double position_threshold = 0.1;                   // of the sizes of both boxes
};

struct Verdict {
  bool correct = true;
  std::string reason;                               // lines; empty when correct
  std::map<std::string, std::vector<size_t>> kept;  // per class, indices of the objects looked at, best first
};
// strict: also wrong when an object is kept that no clause asks for (embedded-model.md 9.2, "exact").
Verdict judged(const GenevalPrompt& prompt, const std::vector<Found>& found, const GenevalSettings& settings = {},
               bool strict = false);

// Which of above, below, left of, right of (in this order) hold for a against b; two at most.
std::vector<std::string> relations(const Box& a, const Box& b, double position_threshold = 0.1);

struct GenevalImage {
  std::string tag, prompt;  // prompt: equal texts are one prompt
  bool correct = false;
};
struct TagScore {
  int correct = 0, total = 0;
  double mean() const { return total ? double(correct) / total : 0; }
};
struct GenevalSummary {
  std::vector<std::pair<std::string, TagScore>> tags;  // in order of first appearance
  double overall = 0;                                  // mean of the tags' means
  double images_correct = 0, prompts_any_correct = 0;  // shares
  int images = 0, prompts = 0;
};
GenevalSummary summarised(const std::vector<GenevalImage>& images);
// As the official script prints it.
std::string official_text(const GenevalSummary& summary);

}  // namespace b3o::judge
