// Editing sessions as JSON, strictly read: what comes from a file may come from a stranger.
#include <algorithm>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/image/limits.h"
#include "core/library/edit_document.h"

namespace b3o {
namespace {

constexpr int64_t kFormat = 1, kMostNodes = 10'000, kMostItems = 64, kMostId = int64_t(1) << 53;
constexpr size_t kLongestText = 2000;  // bytes of a name or a notice
constexpr const char* kKind = "blip3o edit session";

bool is_hash(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string short_text(const Fields& fields, std::string_view key) {
  std::string text = fields.string(key, "");
  if (text.size() > kLongestText)
    throw LoadError(
        cat(fields.where(), ": key '", key, "' has ", text.size(), " bytes, at most ", kLongestText, " are accepted"));
  return text;
}

Json json_of(const EditPicture& p, EditFiles files) {
  Json j{{"sha256", p.sha256}, {"width", p.width}, {"height", p.height}};
  if (files == EditFiles::named && !p.file.empty()) j["file"] = p.file;
  return j;
}

Json json_of(const EditMask& m, EditFiles files) {
  Json j{{"hash", m.hash}};
  if (files == EditFiles::named && !m.file.empty()) j["file"] = m.file;
  return j;
}

// What a node and a result have in common.
template <class Made>
void add_making(Json& j, const Made& made, EditFiles files) {
  if (!made.notice.empty()) j["notice"] = made.notice;
  if (made.seconds != 0) j["seconds"] = made.seconds;
  j["picture"] = json_of(*made.picture, files);
}

Json json_of(const EditNode& n, EditFiles files) {
  Json j{{"id", n.id}, {"parent", n.parent}, {"made", n.made}};
  if (!n.name.empty()) j["name"] = n.name;
  if (n.recipe) j["recipe"] = Json::parse(to_json(*n.recipe));
  add_making(j, n, files);
  if (n.mask) j["mask"] = json_of(*n.mask, files);
  return j;
}

Json json_of(const EditProposals& p, EditFiles files) {
  Json j{{"base", p.base}};
  if (p.mask) j["mask"] = json_of(*p.mask, files);
  for (const auto& item : p.items) {
    Json result{{"recipe", Json::parse(to_json(item.recipe))}};
    add_making(result, item, files);
    j["results"].push_back(std::move(result));
  }
  return j;
}

// Pictures and masks that are the same are one.
struct Shared {
  std::map<std::string, std::shared_ptr<EditPicture>> pictures;
  std::map<std::string, std::shared_ptr<EditMask>> masks;

  std::shared_ptr<EditPicture> picture(const Fields& fields) {
    const std::string sha256 = fields.string("sha256");
    if (!is_hash(sha256)) throw LoadError(cat(fields.where(), ": key 'sha256' is no hash of 64 hex digits"));
    const int64_t width = fields.integer_in("width", 1, kMaxSide), height = fields.integer_in("height", 1, kMaxSide);
    if (const auto problem = size_problem(width, height); !problem.empty())
      throw LoadError(cat(fields.where(), ": the picture ", problem));
    auto& out = pictures[sha256];
    if (!out) {
      out = std::make_shared<EditPicture>();
      out->sha256 = sha256;
      out->width = int(width);
      out->height = int(height);
      out->file = fields.string("file", "");
    }
    if (out->width != width || out->height != height)
      throw LoadError(cat(fields.where(), ": one picture has two sizes"));
    return out;
  }

  std::shared_ptr<EditMask> mask(const Fields& fields) {
    const std::string hash = fields.string("hash");
    if (!is_hash(hash)) throw LoadError(cat(fields.where(), ": key 'hash' is no hash of 64 hex digits"));
    auto& out = masks[hash];
    if (!out) {
      out = std::make_shared<EditMask>();
      out->hash = hash;
      out->file = fields.string("file", "");
    }
    return out;
  }
};

template <class Made>
void read_making(const Fields& fields, Made& made, Shared& shared) {
  made.notice = short_text(fields, "notice");
  made.seconds = fields.number("seconds", 0);
  made.picture = shared.picture(fields.object("picture"));
}

EditNode node_of(const Fields& fields, Shared& shared) {
  EditNode node;
  node.id = fields.integer_in("id", 1, kMostId);
  node.parent = fields.integer_in("parent", 0, kMostId);
  node.made = fields.integer_in("made", 0, kMostId);
  node.name = short_text(fields, "name");
  if (fields.has("recipe")) node.recipe = recipe_from_json(fields.raw("recipe").dump(), fields.where());
  read_making(fields, node, shared);
  if (fields.has("mask")) node.mask = shared.mask(fields.object("mask"));
  return node;
}

const Json& list_of(const Fields& fields, std::string_view key, int64_t most) {
  const Json& list = fields.raw(key);
  if (!list.is_array() || list.empty() || int64_t(list.size()) > most)
    throw LoadError(cat(fields.where(), ": key '", key, "' is not a list of 1 to ", most, " entries"));
  return list;
}

EditProposals proposals_of(const Fields& fields, Shared& shared) {
  EditProposals out;
  out.base = fields.integer_in("base", 1, kMostId);
  if (fields.has("mask")) out.mask = shared.mask(fields.object("mask"));
  const Json& list = list_of(fields, "results", kMostItems);
  for (size_t i = 0; i < list.size(); ++i) {
    const Fields result(list[i], cat(fields.where(), ": result ", i + 1));
    EditProposal item;
    item.recipe = recipe_from_json(result.raw("recipe").dump(), result.where());
    read_making(result, item, shared);
    out.items.push_back(std::move(item));
  }
  return out;
}

}  // namespace

std::string to_json(const EditDocument& document, EditFiles files) {
  Json j{{"kind", kKind}, {"format", kFormat}, {"current", document.current()}};
  Json& nodes = j["nodes"] = Json::array();
  for (const int64_t id : document.ids()) nodes.push_back(json_of(document.node(id), files));
  if (document.proposals()) j["proposals"] = json_of(*document.proposals(), files);
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

EditDocument edit_document_from_json(std::string_view text, const std::string& where) {
  const Json json = parse_json(text, where);
  const Fields top(json, where);
  if (top.string("kind", "") != kKind)
    throw LoadError(cat(where, ": the file holds no editing session of this program"));
  if (top.integer("format") != kFormat)
    throw LoadError(cat(where, ": the session has format ", top.integer("format"), ", this program reads ", kFormat,
                        "; use a newer program"));
  EditDocument out;
  Shared shared;
  const Json& nodes = list_of(top, "nodes", kMostNodes);
  for (size_t i = 0; i < nodes.size(); ++i) {
    const Fields fields(nodes[i], cat(where, ": node ", i + 1));
    EditNode node = node_of(fields, shared);
    // A node stands behind the one it grew out of, and only the first grew out of none.
    const bool fits = i == 0 ? node.parent == 0 : out.has(node.parent) && node.id > out.last_id_;
    if (!fits) throw LoadError(cat(fields.where(), ": node ", node.id, " cannot stand behind node ", node.parent));
    out.last_id_ = node.id;
    out.board_.nodes[node.id] = std::make_shared<EditNode>(std::move(node));
  }
  out.board_.current = top.integer_in("current", 1, kMostId);
  if (!out.has(out.board_.current))
    throw LoadError(cat(where, ": key 'current' is ", out.board_.current, ", which is no node of it"));
  if (top.has("proposals")) {
    EditProposals waiting = proposals_of(top.object("proposals"), shared);
    if (!out.has(waiting.base))
      throw LoadError(cat(where, ": results wait for node ", waiting.base, ", which is no node of it"));
    out.board_.proposals = std::make_shared<EditProposals>(std::move(waiting));
  }
  const EditPicture& now = *out.node(out.current()).picture;
  out.mask_ = MaskDocument(now.width, now.height);
  return out;
}

void fill_masks(EditDocument& document, std::string_view drawn_png, const KeptBytes& bytes, const std::string& where) {
  const auto fill = [&](const std::shared_ptr<EditMask>& mask, const EditPicture& picture) {
    if (!mask) return;
    if (mask->mask.width() == 0) {
      const std::string name = cat(where, ": mask ", for_message(mask->file));
      mask->mask = mask_from_png(bytes(mask->file), name);
      if (mask->mask.hash() != mask->hash) throw LoadError(cat(name, " is another one than the session says"));
    }
    if (mask->mask.width() != picture.width || mask->mask.height() != picture.height)
      throw LoadError(cat(where, ": a mask is ", mask->mask.width(), " x ", mask->mask.height(), " pixels, expected ",
                          picture.width, " x ", picture.height, " as its picture"));
  };
  // A mask belongs to what was changed with it.
  for (const int64_t id : document.ids())
    if (const EditNode& node = document.node(id); node.parent != 0)
      fill(node.mask, *document.node(node.parent).picture);
  if (const EditProposals* waiting = document.proposals()) fill(waiting->mask, *document.node(waiting->base).picture);
  const EditPicture& now = *document.node(document.current()).picture;
  document.mask_ = mask_from_png(drawn_png, cat(where, ": the mask"), now.width, now.height);
}

}  // namespace b3o
