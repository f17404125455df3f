// What is asked of an edit: the panel's values, why they cannot run, and the request they become.
#pragma once

#include <QSize>
#include <QString>
#include <array>
#include <optional>

#include "core/api/event.h"
#include "core/api/request.h"
#include "core/library/mask_document.h"
#include "ui/bridge/picture.h"

namespace b3o {

struct EditForm {
  EditSettings settings;  // mode and what belongs to it
  QString words;
  double strength = 0.75;  // part of the paint schedule that runs
  bool whole = false;      // leave the mask out, where the mode may go without
  int grow = 0, feather = 0;
  int count = 1;      // proposals
  bool film = false;  // of a blend
  QString seed;       // as written; empty: a new one for every run
  PlanSettings plan;
  PaintSettings paint;
  bool operator==(const EditForm&) const = default;
};
inline constexpr int kMostProposals = 8;
// In the order in which they are offered.
inline constexpr std::array kEditModes = {EditMode::repaint, EditMode::words,  EditMode::vary,
                                          EditMode::blend,   EditMode::extend, EditMode::details};

// The mode's values as the model wants them.
EditForm withDefaults(EditForm form, const Capabilities& can);
// Modes that must have a mask, words; and whether such counts at all.
bool needsMask(EditMode mode);
bool takesMask(EditMode mode);
bool needsWords(EditMode mode);
bool takesWords(EditMode mode);
// Strength in words: "a touch", "a little", "clearly", "mostly", "all of it".
QString strengthWord(double strength);
// Why this cannot run, as a sentence; empty when it can. blank: nothing is marked.
QString problem(const EditForm& form, bool blank, bool has_second, const QSize& source, const Capabilities& can);
EditRequest toRequest(const EditForm& form, const SharedImage& source, const MaskDocument& mask,
                      const SharedImage& second);

}  // namespace b3o
