#include "ui/state/create_form.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <algorithm>

namespace b3o {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("CreateForm", text); }

}  // namespace

CreateForm withDefaults(CreateForm form, const Capabilities& can) {
  form.plan_steps = can.default_plan_steps;
  form.plan_guidance = can.default_plan_guidance;
  form.sampler = can.samplers.empty() ? QString() : QString::fromUtf8(can.samplers.front());
  form.paint_steps = can.default_paint_steps;
  form.paint_guidance = can.default_paint_guidance;
  form.width = can.native_width;
  form.height = can.native_height;
  return form;
}

QString problem(const CreateForm& form, const Capabilities& can) {
  if (!can.draw) return tr("This model does not draw.");
  if (form.prompt.trimmed().isEmpty()) return tr("Write what to draw.");
  if (!form.seed.trimmed().isEmpty() && !parseSeed(form.seed))
    return tr("The seed must be a whole number from 0 to 18446744073709551615.");
  const auto& allowed = can.paint_steps;
  if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), form.paint_steps) == allowed.end())
    return tr("This model does not paint in %1 steps.").arg(form.paint_steps);
  const bool native = form.width == can.native_width && form.height == can.native_height;
  if (native) return {};
  if (!can.free_size)
    return tr("This model paints only pictures of %1 × %2 pixels.").arg(can.native_width).arg(can.native_height);
  for (const int side : {form.width, form.height}) {
    if (side > can.max_side) return tr("No side may be longer than %1 pixels.").arg(can.max_side);
    if (side < can.size_multiple || side % can.size_multiple != 0)
      return tr("Both sides must be multiples of %1 pixels.").arg(can.size_multiple);
  }
  return {};
}

Recipe toRecipe(const CreateForm& form) {
  Recipe recipe;
  recipe.prompt = form.prompt.trimmed().toStdString();
  recipe.seed = parseSeed(form.seed).value_or(randomSeed());
  recipe.plan = {form.plan_steps, form.plan_guidance};
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

QString fileNameFor(const Recipe& recipe) {
  QString name;
  for (const QChar c : QString::fromUtf8(recipe.prompt).toLower()) {
    if (name.size() >= 48) break;
    if (c.isLetterOrNumber() && !c.isSurrogate())
      name += c;
    else if (!name.isEmpty() && !name.endsWith(u'-'))
      name += u'-';
  }
  while (name.endsWith(u'-')) name.chop(1);
  if (name.isEmpty()) name = tr("picture");
  return QStringLiteral("%1-%2.png").arg(name).arg(recipe.seed);
}

}  // namespace b3o
