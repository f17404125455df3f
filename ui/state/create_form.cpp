#include "ui/state/create_form.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <algorithm>
#include <tuple>
#include <utility>

namespace b3o {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(CreateForm)
};

constexpr int kMostSteps = 1000;
constexpr const char* kQuickSampler = "dpmpp_2m";
constexpr std::pair<const char*, const char*> kSamplerTitles[] = {
    {"euler", "Euler"}, {"heun", "Heun"}, {"dpmpp_2m", "DPM++ 2M"}};

}  // namespace

CreateForm withDefaults(CreateForm form, const Capabilities& can) {
  form.plan_steps = can.default_plan_steps;
  form.plan_guidance = can.default_plan_guidance;
  form.exact_times = false;
  form.sampler = can.samplers.empty() ? QString() : QString::fromUtf8(can.samplers.front());
  form.paint_steps = can.default_paint_steps;
  form.paint_guidance = can.default_paint_guidance;
  form.width = can.native_width;
  form.height = can.native_height;
  return form;
}

CreateForm withPreset(CreateForm form, Preset preset, const Capabilities& can) {
  form = withDefaults(std::move(form), can);
  const auto& allowed = can.paint_steps;
  if (preset == Preset::fast) {
    form.plan_steps = std::max(1, form.plan_steps / 2);
    form.paint_steps = std::max(1, form.paint_steps / 2);
    const auto at_least = std::find_if(allowed.begin(), allowed.end(), [&](int n) { return n >= form.paint_steps; });
    if (at_least != allowed.end()) form.paint_steps = *at_least;
    if (std::find(can.samplers.begin(), can.samplers.end(), kQuickSampler) != can.samplers.end())
      form.sampler = QString::fromLatin1(kQuickSampler);
  } else if (preset == Preset::exact) {
    form.plan_steps = std::min(kMostSteps, form.plan_steps * 2);
    form.paint_steps = allowed.empty() ? std::min(kMostSteps, form.paint_steps * 2)
                                       : *std::max_element(allowed.begin(), allowed.end());
    form.exact_times = true;
  }
  return form;
}

std::optional<Preset> presetOf(const CreateForm& form, const Capabilities& can) {
  const auto settings = [](const CreateForm& f) {
    return std::tuple(f.plan_steps, f.plan_guidance, f.exact_times, f.sampler, f.paint_steps, f.paint_guidance);
  };
  for (const Preset preset : {Preset::balanced, Preset::fast, Preset::exact})
    if (settings(form) == settings(withPreset(form, preset, can))) return preset;
  return std::nullopt;
}

CreateForm withRecipe(CreateForm form, const Recipe& recipe, const Capabilities& can, QString* left_out) {
  QStringList not_offered;
  form.prompt = QString::fromStdString(recipe.prompt);
  form.count = 1;
  form.seed = QString::number(recipe.seed);
  form.exact_times = recipe.plan.exact_times;
  if (recipe.plan.steps) form.plan_steps = *recipe.plan.steps;
  if (recipe.plan.guidance) form.plan_guidance = *recipe.plan.guidance;
  if (recipe.paint.guidance) {
    if (can.free_paint_guidance || *recipe.paint.guidance == can.default_paint_guidance)
      form.paint_guidance = *recipe.paint.guidance;
    else
      not_offered << Words::tr("paint guidance %1").arg(*recipe.paint.guidance);
  }
  if (const std::string& sampler = recipe.paint.sampler; !sampler.empty()) {
    if (std::find(can.samplers.begin(), can.samplers.end(), sampler) != can.samplers.end())
      form.sampler = QString::fromStdString(sampler);
    else
      not_offered << Words::tr("the sampler %1").arg(samplerTitle(QString::fromStdString(sampler)));
  }
  if (const auto steps = recipe.paint.steps) {
    const auto& allowed = can.paint_steps;
    if (allowed.empty() || std::find(allowed.begin(), allowed.end(), *steps) != allowed.end())
      form.paint_steps = *steps;
    else
      not_offered << Words::tr("%1 paint steps").arg(*steps);
  }
  if (recipe.paint.width > 0 && recipe.paint.height > 0) {
    CreateForm sized = form;
    sized.width = recipe.paint.width;
    sized.height = recipe.paint.height;
    sized.prompt = QStringLiteral("x");  // only the size is asked about
    if (problem(sized, can).isEmpty())
      form.width = sized.width, form.height = sized.height;
    else
      not_offered << Words::tr("%1 × %2 pixels").arg(sized.width).arg(sized.height);
  }
  if (left_out)
    *left_out = not_offered.isEmpty() ? QString()
                                      : Words::tr("This model does not offer %1; its own setting stays.")
                                            .arg(not_offered.join(QStringLiteral(", ")));
  return form;
}

QString samplerTitle(const QString& name) {
  for (const auto& [sampler, title] : kSamplerTitles)
    if (name == QLatin1String(sampler)) return QString::fromLatin1(title);
  return name;
}

// Short words are one token, long ones one for every six letters, signs and characters of other scripts one each.
PromptLength lengthOf(const QString& prompt, const Capabilities& can) {
  PromptLength length;
  int letters = 0;
  const auto close = [&] {
    length.tokens += (letters + 5) / 6;
    letters = 0;
  };
  bool in_word = false;
  for (const QChar c : prompt) {
    if (!c.isSpace() && !in_word) ++length.words;
    in_word = !c.isSpace();
    if (c.unicode() < 0x250 && c.isLetter()) {
      ++letters;
      continue;
    }
    close();
    if (!c.isSpace() && !c.isLowSurrogate()) ++length.tokens;
  }
  close();
  length.over_mark = length.tokens > can.prompt_mark;
  return length;
}

QString problem(const CreateForm& form, const Capabilities& can) {
  if (!can.draw) return Words::tr("This model does not draw.");
  if (form.prompt.trimmed().isEmpty()) return Words::tr("Write what to draw.");
  if (!form.seed.trimmed().isEmpty() && !parseSeed(form.seed))
    return Words::tr("The seed must be a whole number from 0 to 18446744073709551615.");
  const auto& allowed = can.paint_steps;
  if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), form.paint_steps) == allowed.end())
    return Words::tr("This model does not paint in %1 steps.").arg(form.paint_steps);
  const bool native = form.width == can.native_width && form.height == can.native_height;
  if (native) return {};
  if (!can.free_size)
    return Words::tr("This model paints only pictures of %1 × %2 pixels.").arg(can.native_width).arg(can.native_height);
  for (const int side : {form.width, form.height}) {
    if (side > can.max_side) return Words::tr("No side may be longer than %1 pixels.").arg(can.max_side);
    if (side < can.size_multiple || side % can.size_multiple != 0)
      return Words::tr("Both sides must be multiples of %1 pixels.").arg(can.size_multiple);
  }
  return {};
}

Recipe toRecipe(const CreateForm& form) {
  Recipe recipe;
  recipe.prompt = form.prompt.trimmed().toStdString();
  recipe.seed = parseSeed(form.seed).value_or(randomSeed());
  recipe.plan = {form.plan_steps, form.plan_guidance, form.exact_times};
  recipe.paint.sampler = form.sampler.toStdString();
  recipe.paint.steps = form.paint_steps;
  recipe.paint.guidance = form.paint_guidance;
  recipe.paint.width = form.width;
  recipe.paint.height = form.height;
  return recipe;
}

std::optional<uint64_t> parseSeed(const QString& text) {
  bool ok = false;
  const qulonglong value = text.trimmed().toULongLong(&ok, 10);
  return ok ? std::optional<uint64_t>(value) : std::nullopt;
}

uint64_t randomSeed() {
  // Nine digits: enough to never meet again, short enough to read out.
  return QRandomGenerator::global()->bounded(1'000'000'000u);
}

QString fileStem(const QString& text, int most) {
  QString name;
  for (const QChar c : text.toLower()) {
    if (name.size() >= most) break;
    if (c.isLetterOrNumber() && !c.isSurrogate())
      name += c;
    else if (!name.isEmpty() && !name.endsWith(u'-'))
      name += u'-';
  }
  while (name.endsWith(u'-')) name.chop(1);
  return name;
}

QString fileNameFor(const Recipe& recipe) {
  QString name = fileStem(QString::fromUtf8(recipe.prompt), 48);
  if (name.isEmpty()) name = Words::tr("picture");
  return QStringLiteral("%1-%2.png").arg(name).arg(recipe.seed);
}

}  // namespace b3o
