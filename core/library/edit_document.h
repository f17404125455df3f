// An editing session as a plain value: the tree of pictures that grew out of a source, the mask that is being drawn,
// the results that wait for a decision, and one undo stack over all of it. Every change is one step; undone and redone
// it gives the same hash(). Knows no files: pixels may be out of memory while the picture's file is known.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/recipe.h"
#include "core/library/mask_document.h"

namespace b3o {

// A picture's content never changes; where it lies may: shared between the states of the document.
struct EditPicture {
  std::string sha256;  // image_sha256 of the pixels
  int width = 0, height = 0;
  std::string file;                    // where it is kept (Store::attachment); empty: not yet
  std::shared_ptr<const Image> image;  // null: not in memory
};
std::shared_ptr<EditPicture> edit_picture(std::shared_ptr<const Image> image);  // hashes it

struct EditMask {
  MaskDocument mask;
  std::string hash;
  std::string file;  // of its PNG; empty: not kept yet
};

struct EditNode {
  int64_t id = 0;
  int64_t parent = 0;  // 0: it is the source
  std::string name;    // given by the user; empty: none
  int64_t made = 0;    // milliseconds since 1970, UTC
  std::optional<Recipe> recipe;
  std::string notice;  // of the model that made it
  double seconds = 0;
  std::shared_ptr<EditPicture> picture;
  std::shared_ptr<EditMask> mask;  // what could change; null: everything
};

// One result of a run, before it is applied.
struct EditProposal {
  Recipe recipe;
  std::string notice;
  double seconds = 0;
  std::shared_ptr<EditPicture> picture;
};
struct EditProposals {
  uint64_t run = 0;  // results of one run come one by one and are one step
  int64_t base = 0;  // the node they change
  std::shared_ptr<EditMask> mask;
  std::vector<EditProposal> items;
};

enum class EditStep { stroke, select, result, apply, discard, remove, rename, go, add };

// What a step changed, for whoever shows it.
struct EditEffect {
  MaskRect mask;           // empty: not the mask
  bool tree = false;       // nodes came, went or have other names
  bool current = false;    // another node is the current one
  bool proposals = false;  // others wait
};

// Reads a file that a document names.
using KeptBytes = std::function<std::string(const std::string& file)>;
enum class EditFiles { named, left_out };

class EditDocument {
 public:
  EditDocument() = default;  // without a picture
  EditDocument(std::shared_ptr<EditPicture> source, std::string name, int64_t made,
               std::optional<Recipe> recipe = std::nullopt);

  bool empty() const { return board_.nodes.empty(); }
  std::vector<int64_t> ids() const;  // of all nodes, in the order in which they came
  bool has(int64_t id) const { return board_.nodes.contains(id); }
  const EditNode& node(int64_t id) const { return *board_.nodes.at(id); }
  int64_t source() const;
  int64_t current() const { return board_.current; }
  std::vector<int64_t> children(int64_t id) const;
  std::vector<int64_t> chain(int64_t id) const;                  // from the source to the node
  std::optional<int64_t> find(const std::string& sha256) const;  // the newest node with this picture
  const MaskDocument& mask() const { return mask_; }
  const EditProposals* proposals() const { return board_.proposals.get(); }  // null: none wait

  // Strokes: one step from begin to end. While one is drawn nothing else changes.
  MaskRect begin_stroke(const Brush& brush, const BrushPoint& at) { return mask_.begin_stroke(brush, at); }
  MaskRect stroke_to(const BrushPoint& to) { return mask_.stroke_to(to); }
  void end_stroke();
  MaskRect cancel_stroke() { return mask_.cancel_stroke(); }
  bool stroking() const { return mask_.stroking(); }

  // Selections. Each returns what must be shown again.
  MaskRect rectangle(const MaskRect& area, Combine combine);
  MaskRect lasso(const std::vector<MaskPoint>& polygon, Combine combine);
  MaskRect invert();
  MaskRect clear();
  MaskRect set_mask(const MaskDocument& mask);  // of the current picture's size

  // Results. The first of a run replaces what waited; the others join it.
  void propose(uint64_t run, int64_t base, std::shared_ptr<EditMask> mask, EditProposal result);
  // The item becomes a node behind its base and the current one; nothing waits any more. Returns its id.
  int64_t apply(size_t item, int64_t made);
  void discard();
  // A node that was made elsewhere, with a picture and a recipe; it becomes the current one when it grew out of that.
  int64_t add(int64_t parent, std::shared_ptr<EditPicture> picture, std::optional<Recipe> recipe, std::string notice,
              double seconds, int64_t made);

  void go_to(int64_t id);  // the mask stays where the sizes are equal; else it is the node's own, or blank
  void rename(int64_t id, const std::string& name);
  // With all that grew out of it. The source cannot be removed: RequestError.
  void remove(int64_t id);

  std::optional<EditStep> undo_step() const;  // what undo() would take back
  std::optional<EditStep> redo_step() const;
  EditEffect undo();
  EditEffect redo();

  // Of everything that is kept: nodes, their names, pictures, masks and recipes, the current one, what waits, the mask.
  // Where files lie and what can be undone is no part of it.
  std::string hash() const;
  bool operator==(const EditDocument& other) const { return hash() == other.hash(); }

  // A copy for another thread, without what can be undone: its pictures and masks are its own, their pixels are shared.
  EditDocument copy_to_keep() const;

  // The pictures of nodes, proposals and everything that undo and redo could bring back.
  std::vector<std::shared_ptr<EditPicture>> pictures() const;
  std::vector<std::shared_ptr<EditMask>> masks() const;  // the same, of masks that belong to nodes and proposals

 private:
  struct Board {
    std::map<int64_t, std::shared_ptr<const EditNode>> nodes;
    int64_t current = 0;
    std::shared_ptr<const EditProposals> proposals;
  };
  struct Step {
    EditStep kind = EditStep::stroke;
    MaskDocument::Change mask;                            // strokes and selections
    std::optional<Board> before, after;                   // all others
    std::optional<MaskDocument> mask_before, mask_after;  // where a picture of another size became the current one
  };
  friend std::string to_json(const EditDocument& document, EditFiles files);
  friend EditDocument edit_document_from_json(std::string_view text, const std::string& where);
  friend void fill_masks(EditDocument& document, std::string_view drawn_png, const KeptBytes& bytes,
                         const std::string& where);

  MaskRect record(EditStep kind, MaskDocument::Change change);
  void record(EditStep kind, Board before, std::optional<MaskDocument> mask_before = std::nullopt);
  void push(Step step);
  int64_t grow_node(EditNode node, EditStep kind, bool makes_current);
  std::optional<MaskDocument> fit_mask();
  EditEffect swap_to(const Step& step, bool back);
  template <class Visit>
  void every_board(Visit visit) const;

  Board board_;
  MaskDocument mask_;
  std::deque<Step> done_;
  std::vector<Step> undone_;
  size_t undo_bytes_ = 0;  // of the masks' changes in done_
  int64_t last_id_ = 0;
};

// What undo keeps of the mask is bounded; the oldest steps go first.
inline constexpr size_t kMostUndoBytes = size_t(128) << 20;
inline constexpr size_t kMostUndoSteps = 1000;

// One JSON object, keys in a fixed order, with the names of the files; the mask that is being drawn is not in it.
// from_json gives an equal document without pixels (fill_masks reads them); LoadError for anything that is no such
// tree.
std::string to_json(const EditDocument& document, EditFiles files = EditFiles::named);
EditDocument edit_document_from_json(std::string_view text, const std::string& where);
// Reads the masks of nodes and proposals by their files' names, and the drawn one from its PNG. LoadError when one is
// missing, broken or of another size.
void fill_masks(EditDocument& document, std::string_view drawn_png, const KeptBytes& bytes, const std::string& where);

}  // namespace b3o
