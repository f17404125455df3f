#include "ui/state/kept_cells.h"

#include <utility>

#include "core/api/edit_part.h"

namespace b3o {
namespace {

constexpr int kSide = 8;  // the grid of tokens
constexpr int kPauseMs = 50;

bool locks(const EditForm& form) {
  return takesMask(form.settings.mode) && form.settings.keep_cells && (needsMask(form.settings.mode) || !form.whole);
}

}  // namespace

KeptCells keptCells(const EditForm& form, const MaskDocument& mask, const Capabilities& can) {
  if (!locks(form) || mask.blank()) return {};
  const MaskDocument painted = form.grow > 0 ? grown(mask, form.grow) : mask;
  const MaskRect marked = painted.marked();
  Recipe recipe;
  recipe.edit = form.settings;
  recipe.paint = form.paint;
  const Box box{marked.x, marked.y, marked.width, marked.height};
  const Box part = edit_part(recipe, can, mask.width(), mask.height(), box).part;
  KeptCells out;
  out.part = {part.x, part.y, part.width, part.height};
  out.side = kSide;
  out.kept = kept_cells(painted.part({part.x, part.y, part.width, part.height}), kSide);
  return out;
}

KeptCellsWatch::KeptCellsWatch(EditSession& session, ModelState& model, QObject* parent)
    : QObject(parent), session_(session), model_(model) {
  pause_.setSingleShot(true);
  pause_.setInterval(kPauseMs);
  connect(&pause_, &QTimer::timeout, this, &KeptCellsWatch::look);
  const auto wait = [this] {
    if (!pause_.isActive()) pause_.start();
  };
  for (const auto changed : {&EditSession::opened, &EditSession::treeChanged, &EditSession::changed})
    connect(&session_, changed, this, wait);
  connect(&session_, &EditSession::maskChanged, this, wait);
  connect(&model_, &ModelState::loaded, this, wait);
}

void KeptCellsWatch::look() {
  if (!session_.isOpen() || !model_.ready() || !locks(session_.form()) || session_.mask().blank()) return take({});
  if (busy_) {
    again_ = true;
    return;
  }
  busy_ = true;
  background_.run(
      [form = session_.form(), mask = session_.mask(), can = model_.can()] { return keptCells(form, mask, can); },
      [this](KeptCells cells) {
        busy_ = false;
        if (std::exchange(again_, false)) pause_.start();
        take(std::move(cells));
      });
}

void KeptCellsWatch::take(KeptCells cells) {
  if (cells == now_) return;
  now_ = std::move(cells);
  Q_EMIT changed();
}

}  // namespace b3o
