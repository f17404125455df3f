#include "core/library/edit_document.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/image/codec.h"

namespace b3o {

std::shared_ptr<EditPicture> edit_picture(std::shared_ptr<const Image> image) {
  ensure(image && !image->empty(), "a picture of an edit has pixels");
  auto out = std::make_shared<EditPicture>();
  out->sha256 = image_sha256(*image);
  out->width = image->width;
  out->height = image->height;
  out->image = std::move(image);
  return out;
}

EditDocument::EditDocument(std::shared_ptr<EditPicture> source, std::string name, int64_t made,
                           std::optional<Recipe> recipe)
    : mask_(source->width, source->height) {
  auto node = std::make_shared<EditNode>();
  node->id = last_id_ = 1;
  node->name = std::move(name);
  node->made = made;
  node->recipe = std::move(recipe);
  node->picture = std::move(source);
  board_.nodes[1] = std::move(node);
  board_.current = 1;
}

std::vector<int64_t> EditDocument::ids() const {
  std::vector<int64_t> out;
  for (const auto& [id, node] : board_.nodes) out.push_back(id);
  return out;
}

int64_t EditDocument::source() const { return empty() ? 0 : board_.nodes.begin()->first; }

std::vector<int64_t> EditDocument::children(int64_t id) const {
  std::vector<int64_t> out;
  for (const auto& [child, node] : board_.nodes)
    if (node->parent == id) out.push_back(child);
  return out;
}

std::vector<int64_t> EditDocument::chain(int64_t id) const {
  std::vector<int64_t> out;
  for (; id != 0; id = node(id).parent) out.push_back(id);
  std::reverse(out.begin(), out.end());
  return out;
}

std::optional<int64_t> EditDocument::find(const std::string& sha256) const {
  for (auto it = board_.nodes.rbegin(); it != board_.nodes.rend(); ++it)
    if (it->second->picture->sha256 == sha256) return it->first;
  return std::nullopt;
}

// --- steps

MaskRect EditDocument::record(EditStep kind, MaskDocument::Change change) {
  const MaskRect rect = change.rect;
  if (change.empty()) return rect;
  Step step;
  step.kind = kind;
  step.mask = std::move(change);
  push(std::move(step));
  return rect;
}

void EditDocument::record(EditStep kind, Board before, std::optional<MaskDocument> mask_before) {
  Step step;
  step.kind = kind;
  step.before = std::move(before);
  step.after = board_;
  if (mask_before) step.mask_after = mask_;
  step.mask_before = std::move(mask_before);
  push(std::move(step));
}

void EditDocument::push(Step step) {
  undone_.clear();
  undo_bytes_ += step.mask.bytes();
  done_.push_back(std::move(step));
  while (done_.size() > kMostUndoSteps || (undo_bytes_ > kMostUndoBytes && done_.size() > 1)) {
    undo_bytes_ -= done_.front().mask.bytes();
    done_.pop_front();
  }
}

void EditDocument::end_stroke() { record(EditStep::stroke, mask_.end_stroke()); }

MaskRect EditDocument::rectangle(const MaskRect& area, Combine combine) {
  return record(EditStep::select, mask_.rectangle(area, combine));
}

MaskRect EditDocument::lasso(const std::vector<MaskPoint>& polygon, Combine combine) {
  return record(EditStep::select, mask_.lasso(polygon, combine));
}

MaskRect EditDocument::invert() { return record(EditStep::select, mask_.invert()); }
MaskRect EditDocument::clear() { return record(EditStep::select, mask_.clear()); }
MaskRect EditDocument::set_mask(const MaskDocument& mask) { return record(EditStep::select, mask_.set(mask)); }

void EditDocument::propose(uint64_t run, int64_t base, std::shared_ptr<EditMask> mask, EditProposal result) {
  ensure(has(base), "a result has a node it changes");
  const bool joins = board_.proposals && board_.proposals->run == run && board_.proposals->base == base;
  auto next = joins ? std::make_shared<EditProposals>(*board_.proposals) : std::make_shared<EditProposals>();
  if (!joins) {
    next->run = run;
    next->base = base;
    next->mask = std::move(mask);
  }
  next->items.push_back(std::move(result));
  const Board before = board_;
  board_.proposals = std::move(next);
  // What joins the step that was done last is one step with it.
  if (joins && !done_.empty() && done_.back().kind == EditStep::result) {
    undone_.clear();
    done_.back().after = board_;
  } else {
    record(EditStep::result, before);
  }
}

int64_t EditDocument::grow_node(EditNode node, EditStep kind, bool makes_current) {
  const Board before = board_;
  node.id = ++last_id_;
  if (kind == EditStep::apply) board_.proposals.reset();
  const int64_t id = node.id;
  board_.nodes[id] = std::make_shared<EditNode>(std::move(node));
  if (makes_current) board_.current = id;
  record(kind, before, fit_mask());
  return id;
}

int64_t EditDocument::apply(size_t item, int64_t made) {
  ensure(board_.proposals && item < board_.proposals->items.size(), "the result that is applied waits");
  const EditProposal& result = board_.proposals->items[item];
  EditNode node;
  node.parent = board_.proposals->base;
  node.made = made;
  node.recipe = result.recipe;
  node.notice = result.notice;
  node.seconds = result.seconds;
  node.picture = result.picture;
  node.mask = board_.proposals->mask;
  return grow_node(std::move(node), EditStep::apply, true);
}

int64_t EditDocument::add(int64_t parent, std::shared_ptr<EditPicture> picture, std::optional<Recipe> recipe,
                          std::string notice, double seconds, int64_t made) {
  ensure(has(parent), "a node grows out of another one");
  EditNode node;
  node.parent = parent;
  node.made = made;
  node.recipe = std::move(recipe);
  node.notice = std::move(notice);
  node.seconds = seconds;
  node.picture = std::move(picture);
  return grow_node(std::move(node), EditStep::add, board_.current == parent);
}

void EditDocument::discard() {
  if (!board_.proposals) return;
  const Board before = board_;
  board_.proposals.reset();
  record(EditStep::discard, before);
}

void EditDocument::go_to(int64_t id) {
  if (!has(id) || id == board_.current) return;
  const Board before = board_;
  board_.current = id;
  record(EditStep::go, before, fit_mask());
}

void EditDocument::rename(int64_t id, const std::string& name) {
  if (!has(id) || node(id).name == name) return;
  const Board before = board_;
  auto renamed = std::make_shared<EditNode>(node(id));
  renamed->name = name;
  board_.nodes[id] = std::move(renamed);
  record(EditStep::rename, before);
}

void EditDocument::remove(int64_t id) {
  if (!has(id)) return;
  if (node(id).parent == 0)
    throw RequestError("The source cannot be deleted from its session; delete the whole session instead.");
  const Board before = board_;
  const int64_t parent = node(id).parent;
  std::erase_if(board_.nodes, [&](const auto& entry) {
    for (int64_t at = entry.first; at != 0; at = before.nodes.at(at)->parent)
      if (at == id) return true;
    return false;
  });
  if (!has(board_.current)) board_.current = parent;
  if (board_.proposals && !has(board_.proposals->base)) board_.proposals.reset();
  record(EditStep::remove, before, fit_mask());
}

// A picture of another size needs another mask: the one it was made with where that fits. Returns the one before.
std::optional<MaskDocument> EditDocument::fit_mask() {
  const EditNode& now = node(board_.current);
  if (now.picture->width == mask_.width() && now.picture->height == mask_.height()) return std::nullopt;
  const bool own =
      now.mask && now.mask->mask.width() == now.picture->width && now.mask->mask.height() == now.picture->height;
  MaskDocument before = std::move(mask_);
  mask_ = own ? now.mask->mask : MaskDocument(now.picture->width, now.picture->height);
  return before;
}

std::optional<EditStep> EditDocument::undo_step() const {
  return done_.empty() ? std::nullopt : std::optional(done_.back().kind);
}

std::optional<EditStep> EditDocument::redo_step() const {
  return undone_.empty() ? std::nullopt : std::optional(undone_.back().kind);
}

EditEffect EditDocument::swap_to(const Step& step, bool back) {
  EditEffect effect;
  if (!step.before) {
    effect.mask = back ? mask_.undo(step.mask) : mask_.redo(step.mask);
    return effect;
  }
  const Board& to = back ? *step.before : *step.after;
  effect.tree = board_.nodes != to.nodes;
  effect.current = board_.current != to.current;
  effect.proposals = board_.proposals != to.proposals;
  board_ = to;
  if (step.mask_before) {
    mask_ = back ? *step.mask_before : *step.mask_after;
    effect.mask = mask_.rect();
  }
  return effect;
}

EditEffect EditDocument::undo() {
  ensure(!stroking(), "a stroke has ended");
  if (done_.empty()) return {};
  undone_.push_back(std::move(done_.back()));
  done_.pop_back();
  undo_bytes_ -= undone_.back().mask.bytes();
  return swap_to(undone_.back(), true);
}

EditEffect EditDocument::redo() {
  ensure(!stroking(), "a stroke has ended");
  if (undone_.empty()) return {};
  done_.push_back(std::move(undone_.back()));
  undone_.pop_back();
  undo_bytes_ += done_.back().mask.bytes();
  return swap_to(done_.back(), false);
}

std::string EditDocument::hash() const {
  Sha256 sum;
  sum.add(to_json(*this, EditFiles::left_out));
  if (!empty()) sum.add(mask_.hash());
  return sum.hex();
}

EditDocument EditDocument::copy_to_keep() const {
  EditDocument out;
  out.mask_ = mask_;
  out.last_id_ = last_id_;
  out.board_.current = board_.current;
  std::map<std::shared_ptr<EditPicture>, std::shared_ptr<EditPicture>> pictures;
  std::map<std::shared_ptr<EditMask>, std::shared_ptr<EditMask>> masks;
  const auto own = [](auto& known, const auto& one) {
    auto& copy = known[one];
    if (one && !copy) copy = std::make_shared<std::decay_t<decltype(*one)>>(*one);
    return copy;
  };
  for (const auto& [id, node] : board_.nodes) {
    auto copy = std::make_shared<EditNode>(*node);
    copy->picture = own(pictures, node->picture);
    copy->mask = own(masks, node->mask);
    out.board_.nodes[id] = std::move(copy);
  }
  if (board_.proposals) {
    auto copy = std::make_shared<EditProposals>(*board_.proposals);
    copy->mask = own(masks, copy->mask);
    for (auto& item : copy->items) item.picture = own(pictures, item.picture);
    out.board_.proposals = std::move(copy);
  }
  return out;
}

template <class Visit>
void EditDocument::every_board(Visit visit) const {
  visit(board_);
  const auto both = [&](const Step& step) {
    if (step.before) visit(*step.before), visit(*step.after);
  };
  std::for_each(done_.begin(), done_.end(), both);
  std::for_each(undone_.begin(), undone_.end(), both);
}

std::vector<std::shared_ptr<EditPicture>> EditDocument::pictures() const {
  std::set<std::shared_ptr<EditPicture>> out;
  every_board([&](const Board& board) {
    for (const auto& [id, node] : board.nodes) out.insert(node->picture);
    if (board.proposals)
      for (const auto& item : board.proposals->items) out.insert(item.picture);
  });
  return {out.begin(), out.end()};
}

std::vector<std::shared_ptr<EditMask>> EditDocument::masks() const {
  std::set<std::shared_ptr<EditMask>> out;
  const auto note = [&](const std::shared_ptr<EditMask>& mask) {
    if (mask) out.insert(mask);
  };
  every_board([&](const Board& board) {
    for (const auto& [id, node] : board.nodes) note(node->mask);
    if (board.proposals) note(board.proposals->mask);
  });
  return {out.begin(), out.end()};
}

}  // namespace b3o
