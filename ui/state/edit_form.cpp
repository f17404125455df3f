#include "ui/state/edit_form.h"

#include <QCoreApplication>
#include <QSize>
#include <algorithm>

#include "core/api/edit_part.h"
#include "core/image/limits.h"
#include "ui/state/create_form.h"

namespace b3o {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(EditForm)
};

constexpr int kMostPixels = 1024;  // of growing and feathering

QString extensionProblem(const EditSettings& s, const QSize& source) {
  const int across = int(source.width() * kMostExtension), down = int(source.height() * kMostExtension);
  if (s.left + s.right + s.top + s.bottom == 0) return Words::tr("Choose a side and how far it grows.");
  for (const auto& [pixels, most] : {std::pair{s.left, across}, {s.right, across}, {s.top, down}, {s.bottom, down}})
    if (pixels < 0 || pixels > most)
      return Words::tr(
                 "One pass extends a side by at most %1 pixels, half of the picture; go further in a second pass.")
          .arg(most);
  const int64_t width = int64_t(source.width()) + s.left + s.right,
                height = int64_t(source.height()) + s.top + s.bottom;
  if (!size_problem(width, height).empty())
    return Words::tr("A picture of %1 × %2 pixels is too large.").arg(width).arg(height);
  return {};
}

}  // namespace

EditForm withDefaults(EditForm form, const Capabilities& can) {
  const EditDefaults own = edit_defaults(form.settings.mode, can);
  form.strength = own.strength;
  form.settings.keep_cells = own.keep_cells;
  form.settings.resampling = own.resampling;
  form.plan = {can.default_plan_steps, can.default_plan_guidance, false};
  form.paint = {};
  if (!can.samplers.empty()) form.paint.sampler = can.samplers.front();
  form.paint.steps = can.default_edit_steps > 0 ? can.default_edit_steps : can.default_paint_steps;
  form.paint.guidance = can.default_paint_guidance;
  return form;
}

bool needsMask(EditMode mode) { return mode == EditMode::repaint; }
bool takesMask(EditMode mode) {
  return mode == EditMode::repaint || mode == EditMode::words || mode == EditMode::details;
}
bool needsWords(EditMode mode) { return mode == EditMode::words; }
bool takesWords(EditMode mode) { return needsWords(mode) || mode == EditMode::repaint || mode == EditMode::extend; }

QString strengthWord(double strength) {
  return strength < 0.2   ? Words::tr("a touch")
         : strength < 0.4 ? Words::tr("a little")
         : strength < 0.6 ? Words::tr("clearly")
         : strength < 0.9 ? Words::tr("mostly")
                          : Words::tr("all of it");
}

QString problem(const EditForm& form, bool blank, bool has_second, const QSize& source, const Capabilities& can) {
  const EditSettings& s = form.settings;
  if (std::find(can.edit_modes.begin(), can.edit_modes.end(), s.mode) == can.edit_modes.end())
    return Words::tr("This model cannot change a picture in this way.");
  if (needsMask(s.mode) && blank) return Words::tr("Mark what should be repainted.");
  if (needsWords(s.mode) && form.words.trimmed().isEmpty()) return Words::tr("Write what to change.");
  if (s.mode == EditMode::blend && !has_second) return Words::tr("Choose the picture to blend with.");
  if (s.mode == EditMode::extend)
    if (const QString why = extensionProblem(s, source); !why.isEmpty()) return why;
  if (s.mode != EditMode::blend && !(form.strength > 0 && form.strength <= 1))
    return Words::tr("The strength must be above 0 and at most 1.");
  if (form.count < 1 || form.count > kMostProposals)
    return Words::tr("The number of results must be from 1 to %1.").arg(kMostProposals);
  if (form.film && s.mode == EditMode::blend && form.count < 2) return Words::tr("A film has at least two pictures.");
  if (std::max(form.grow, form.feather) > kMostPixels || std::min(form.grow, form.feather) < 0)
    return Words::tr("The mask grows and fades by at most %1 pixels.").arg(kMostPixels);
  if (!form.seed.trimmed().isEmpty() && !parseSeed(form.seed))
    return Words::tr("The seed must be a whole number from 0 to 18446744073709551615.");
  return {};
}

EditRequest toRequest(const EditForm& form, const SharedImage& source, const MaskDocument& mask,
                      const SharedImage& second) {
  EditRequest request;
  Recipe& recipe = request.recipe;
  recipe.task = "edit";
  recipe.edit = form.settings;
  if (takesWords(form.settings.mode))
    recipe.prompt = form.words.trimmed().toStdString();  // else left from another mode
  recipe.seed = parseSeed(form.seed).value_or(randomSeed());
  recipe.strength = form.strength;
  recipe.grow = form.grow;
  recipe.feather = form.feather;
  recipe.plan = form.plan;
  recipe.paint = form.paint;
  const EditMode mode = form.settings.mode;
  request.source = source;
  request.count = form.count;
  const bool left_out = form.whole && !needsMask(mode);
  if (takesMask(mode) && !left_out && !mask.blank()) request.mask = std::make_shared<const GrayImage>(mask.image());
  if (mode == EditMode::blend) {
    request.second = second;
    request.film = form.film;
  }
  return request;
}

}  // namespace b3o
