// What the Create page asks for, checked against what the model can do.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/api/event.h"
#include "core/api/recipe.h"

namespace b3o {

struct CreateForm {
  QString prompt;
  int count = 1;
  QString seed;  // as written; empty: a new one for every run
  int plan_steps = 0;
  double plan_guidance = 0;
  bool exact_times = false;
  QString sampler;  // empty: the model's own
  int paint_steps = 0;
  double paint_guidance = 0;
  int width = 0, height = 0;
  bool operator==(const CreateForm&) const = default;
};

// The model's own numbers; prompt, count and seed stay as they are.
CreateForm withDefaults(CreateForm form, const Capabilities& can);
// Fast: half the steps, and the sampler that needs the fewest. Balanced: the model's own numbers. Exact: twice the
// steps, and the flow is told exact times.
enum class Preset { fast, balanced, exact };
CreateForm withPreset(CreateForm form, Preset preset, const Capabilities& can);
std::optional<Preset> presetOf(const CreateForm& form, const Capabilities& can);  // none: its own numbers
// A finished picture's settings; what this model cannot do stays as in `form` and is told by one sentence.
CreateForm withRecipe(CreateForm form, const Recipe& recipe, const Capabilities& can, QString* left_out);

// "DPM++ 2M" for dpmpp_2m; names without a title as they are.
QString samplerTitle(const QString& name);
// "10 words · about 12 tokens"; over_mark: longer than prompts were in training.
struct PromptLength {
  int words = 0, tokens = 0;
  bool over_mark = false;
};
PromptLength lengthOf(const QString& prompt, const Capabilities& can);

// Why this cannot be drawn, as a sentence; empty when it can.
QString problem(const CreateForm& form, const Capabilities& can);
// Of a form without a problem, except that its seed is decided here when it names none.
Recipe toRecipe(const CreateForm& form);

// A whole number from 0 to 2^64 - 1; none for anything else.
std::optional<uint64_t> parseSeed(const QString& text);
uint64_t randomSeed();
// "green-flower-at-night": of at most so many characters, safe in every file system; may be empty.
QString fileStem(const QString& text, int most);
// "green-flower-at-night-4127.png"
QString fileNameFor(const Recipe& recipe);

}  // namespace b3o
