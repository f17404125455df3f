// Editing sessions in the library.
#include <algorithm>
#include <chrono>
#include <set>
#include <span>

#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/library/store_parts.h"

namespace b3o {
namespace {

constexpr const char* kLine = "SELECT id, title, made, changed, trashed, cover FROM edits";
constexpr size_t kHashDigits = 64;

EditLine line_of(const Statement& row) {
  return {.id = row.number(0),
          .title = row.text(1),
          .made = row.number(2),
          .changed = row.number(3),
          .trashed = row.number(4),
          .cover = row.text(5)};
}

void set_trashed(Database& db, const std::vector<int64_t>& ids, int64_t when) {
  const std::lock_guard lock(db.mutex());
  Transaction together(db);
  Statement change(
      db, when ? "UPDATE edits SET trashed=? WHERE id=? AND trashed=0" : "UPDATE edits SET trashed=? WHERE id=?");
  for (const int64_t id : ids) change.bind(when).bind(id).run();
  together.commit();
}

// The names of attachments in a text, which stand there in quotes.
std::set<std::string> attachments_in(const std::string& json) {
  std::set<std::string> out;
  for (size_t at = json.find('"'); at != std::string::npos; at = json.find('"', at + 1)) {
    const size_t end = json.find('"', at + 1);
    if (end == std::string::npos) break;
    const std::string_view name = std::string_view(json).substr(at + 1, end - at - 1);
    if (name.size() > kHashDigits && is_attachment_name(name)) out.emplace(name);
  }
  return out;
}

}  // namespace

int64_t Store::save_edit(const StoredEdit& edit) {
  Database& db = impl_->writing();
  const EditLine& line = edit.line;
  const int64_t now = milliseconds_now();
  const std::lock_guard lock(db.mutex());
  Statement(db,
            "INSERT INTO edits(id, title, made, changed, folded, cover, json, mask) VALUES(NULLIF(?,0),?,?,?,?,?,?,?) "
            "ON CONFLICT(id) DO UPDATE SET title=excluded.title, changed=excluded.changed, folded=excluded.folded, "
            "cover=excluded.cover, json=excluded.json, mask=excluded.mask")
      .bind(line.id)
      .bind(line.title)
      .bind(line.made ? line.made : now)
      .bind(line.changed ? line.changed : now)
      .bind(folded(line.title))
      .bind(line.cover)
      .bind(edit.json)
      .bind_bytes(edit.mask)
      .run();
  return line.id ? line.id : db.last_id();
}

std::vector<EditLine> Store::edits(const std::string& text, bool in_trash) const {
  const auto words = search_words(text);
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db, cat(kLine, in_trash ? " WHERE trashed<>0" : " WHERE trashed=0",
                                 conditions("folded", words.size()), " ORDER BY changed DESC, id DESC"));
  for (const auto& word : words) find.bind(word);
  std::vector<EditLine> out;
  while (find.step()) out.push_back(line_of(find));
  return out;
}

std::optional<StoredEdit> Store::load_edit(int64_t id) const {
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db, "SELECT id, title, made, changed, trashed, cover, json, mask FROM edits WHERE id=?");
  if (!find.bind(id).step()) return std::nullopt;
  return StoredEdit{line_of(find), find.text(6), find.text(7)};
}

std::optional<int64_t> Store::edit_with_picture(const std::string& sha256) const {
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db,
                 "SELECT id FROM edits WHERE trashed=0 AND instr(json, ?) ORDER BY changed DESC, id DESC LIMIT 1");
  if (!find.bind("\"sha256\":\"" + sha256 + '"').step()) return std::nullopt;
  return find.number(0);
}

void Store::rename_edit(int64_t id, const std::string& title) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db, "UPDATE edits SET title=?, folded=? WHERE id=?").bind(title).bind(folded(title)).bind(id).run();
}

void Store::trash_edits(const std::vector<int64_t>& ids) { set_trashed(impl_->writing(), ids, milliseconds_now()); }
void Store::restore_edits(const std::vector<int64_t>& ids) { set_trashed(impl_->writing(), ids, 0); }

void Store::delete_edits_for_good(const std::vector<int64_t>& ids) {
  Database& db = impl_->writing();
  std::set<std::string> names;
  const std::lock_guard lock(db.mutex());
  Transaction together(db);
  Statement find(db, "SELECT json FROM edits WHERE id=? AND trashed<>0"), remove(db, "DELETE FROM edits WHERE id=?");
  for (const int64_t id : ids) {
    if (find.bind(id).step()) {
      names.merge(attachments_in(find.text(0)));
      remove.bind(id).run();
    }
    find.reset();
  }
  Statement other(db,
                  "SELECT EXISTS(SELECT 1 FROM edits WHERE instr(json, ?)) OR "
                  "EXISTS(SELECT 1 FROM conversations WHERE instr(json, ?))");
  std::erase_if(names, [&](const std::string& name) {
    other.reset();
    return other.bind(name).bind(name).step() && other.number(0) != 0;
  });
  together.commit();
  for (const auto& name : names) {
    std::error_code ignored;
    std::filesystem::remove(impl_->folder / "attachments" / name, ignored);
    impl_->cache->forget(name);
  }
}

int Store::drop_unnamed_attachments(int64_t milliseconds) {
  Database& db = impl_->writing();
  if (!impl_->owner) return 0;  // another program may be about to name them
  std::set<std::string> named;
  {
    const std::lock_guard lock(db.mutex());
    Statement all(db,
                  "SELECT json FROM edits UNION ALL SELECT json FROM conversations UNION ALL SELECT json FROM queue");
    while (all.step()) named.merge(attachments_in(all.text(0)));
  }
  int dropped = 0;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(impl_->folder / "attachments", failure)) {
    const std::string name = entry.path().filename().string();
    if (!is_attachment_name(name) && name.find(".part-") == std::string::npos) continue;  // not of this program
    const std::lock_guard lock(impl_->naming);
    const auto age = std::filesystem::file_time_type::clock::now() - entry.last_write_time(failure);
    if (failure || age < std::chrono::milliseconds(milliseconds) || named.contains(name)) continue;
    if (!std::filesystem::remove(entry.path(), failure)) continue;
    impl_->cache->forget(name);
    ++dropped;
  }
  return dropped;
}

std::string Store::attachment_thumbnail(const std::string& name) const {
  if (auto png = impl_->cache->thumbnail(name)) return *png;
  const std::string bytes = attachment(name);
  std::string png =
      thumbnail_of(decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), name), kThumbnailSide);
  impl_->cache->put(name, png, {});
  return png;
}

}  // namespace b3o
