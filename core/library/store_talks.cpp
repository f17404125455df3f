// Conversations, attachments, queue, prompts and settings.
#include <algorithm>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/library/store_parts.h"

namespace b3o {
namespace {

constexpr size_t kMostAttachmentBytes = size_t(256) << 20;

// A conversation that was saved out of a broken library has no sizes until it is written again.
const std::string kLine = "SELECT id, title, made, changed, COALESCE(turns, 0), COALESCE(pictures, 0)";

ConversationLine line_of(const Statement& row) {
  return {.id = row.number(0),
          .title = row.text(1),
          .made = row.number(2),
          .changed = row.number(3),
          .turns = int(row.number(4)),
          .pictures = int(row.number(5))};
}

}  // namespace

bool is_attachment_name(std::string_view name) {
  const auto plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
  return name.size() > 64 && name.size() <= 72 && name[64] == '.' &&
         std::all_of(name.begin(), name.begin() + 64, plain) && std::all_of(name.begin() + 65, name.end(), plain);
}

int64_t Store::save_conversation(const StoredConversation& conversation) {
  Database& db = impl_->writing();
  const ConversationLine& line = conversation.line;
  const int64_t now = milliseconds_now();
  const std::string words = folded(line.title + "\n" + conversation.words);
  const std::lock_guard lock(db.mutex());
  Transaction both(db);
  Statement(db,
            "INSERT INTO conversations(id, title, made, changed, json, draft, words) VALUES(NULLIF(?,0),?,?,?,?,?,?) "
            "ON CONFLICT(id) DO UPDATE SET title=excluded.title, changed=excluded.changed, json=excluded.json, "
            "draft=excluded.draft, words=excluded.words")
      .bind(line.id)
      .bind(line.title)
      .bind(line.made ? line.made : now)
      .bind(line.changed ? line.changed : now)
      .bind(conversation.json)
      .bind(conversation.draft)
      .bind(words)
      .run();
  const int64_t id = line.id ? line.id : db.last_id();
  Statement(db, "INSERT OR REPLACE INTO talk_sizes(id, turns, pictures) VALUES(?,?,?)")
      .bind(id)
      .bind(int64_t(line.turns))
      .bind(int64_t(line.pictures))
      .run();
  both.commit();
  return id;
}

std::vector<ConversationLine> Store::conversations(const std::string& text) const {
  const auto words = search_words(text);
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db, kLine + " FROM conversations LEFT JOIN talk_sizes USING(id) WHERE removed=0" +
                                 conditions("words", words.size()) + " ORDER BY changed DESC, id DESC");
  for (const auto& word : words) find.bind(word);
  std::vector<ConversationLine> out;
  while (find.step()) out.push_back(line_of(find));
  return out;
}

std::optional<StoredConversation> Store::load_conversation(int64_t id) const {
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(
      *impl_->db,
      kLine + ", json, draft, words FROM conversations LEFT JOIN talk_sizes USING(id) WHERE id=? AND removed=0");
  if (!find.bind(id).step()) return std::nullopt;
  StoredConversation out{line_of(find), find.text(6), find.text(7), find.text(8)};
  // The title stands before the words.
  const size_t end = out.words.find('\n', folded(out.line.title).size());
  out.words = end == std::string::npos ? std::string() : out.words.substr(end + 1);
  return out;
}

void Store::rename_conversation(int64_t id, const std::string& title) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  auto stored = load_conversation(id);
  if (!stored) return;
  Statement(db, "UPDATE conversations SET title=?, words=? WHERE id=?")
      .bind(title)
      .bind(folded(title + "\n" + stored->words))
      .bind(id)
      .run();
}

void Store::save_draft(int64_t id, const std::string& draft) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db, "UPDATE conversations SET draft=? WHERE id=?").bind(draft).bind(id).run();
}

void Store::remove_conversation(int64_t id) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db, "UPDATE conversations SET removed=? WHERE id=?").bind(milliseconds_now()).bind(id).run();
}

void Store::restore_conversation(int64_t id) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db, "UPDATE conversations SET removed=0 WHERE id=?").bind(id).run();
}

std::string Store::keep_attachment(std::string_view bytes, const std::string& ending) {
  const std::string name = sha256_hex(bytes) + ending;
  ensure(is_attachment_name(name), "the ending of an attachment is a dot and at most seven letters");
  if (impl_->read_only) throw Error(impl_->notice);
  const auto file = impl_->folder / "attachments" / name;
  const std::lock_guard lock(impl_->naming);  // two threads may keep the same bytes at once
  std::error_code missing;
  std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now(), missing);  // it is wanted again
  if (missing) write_file(file, bytes);
  return name;
}

std::string Store::attachment(const std::string& name) const {
  if (!is_attachment_name(name)) throw LoadError("'" + name.substr(0, 80) + "' is no attachment of this library");
  return read_file(impl_->folder / "attachments" / name, kMostAttachmentBytes);
}

std::vector<StoredJob> Store::queue() const {
  const std::lock_guard lock(impl_->db->mutex());
  Statement all(*impl_->db, "SELECT id, state, json FROM queue ORDER BY place, id");
  std::vector<StoredJob> out;
  while (all.step())
    out.push_back({all.number(0), StoredJob::State(std::clamp<int64_t>(all.number(1), 0, 2)), all.text(2)});
  return out;
}

int64_t Store::add_job(const std::string& json) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db, "INSERT INTO queue(place, state, json) VALUES((SELECT ifnull(max(place), 0) + 1 FROM queue), 0, ?)")
      .bind(json)
      .run();
  return db.last_id();
}

void Store::set_job_state(int64_t id, StoredJob::State state) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db, "UPDATE queue SET state=? WHERE id=?").bind(int(state)).bind(id).run();
}

void Store::remove_job(int64_t id) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db, "DELETE FROM queue WHERE id=?").bind(id).run();
}

void Store::order_jobs(const std::vector<int64_t>& ids) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Transaction together(db);
  std::vector<int64_t> order = ids;
  for (const auto& job : queue())
    if (std::find(ids.begin(), ids.end(), job.id) == ids.end()) order.push_back(job.id);
  Statement move(db, "UPDATE queue SET place=? WHERE id=?");
  for (size_t place = 0; place < order.size(); ++place) move.bind(place + 1).bind(order[place]).run();
  together.commit();
}

std::vector<StoredPrompt> Store::prompts(int most) const {
  const std::lock_guard lock(impl_->db->mutex());
  Statement all(*impl_->db, "SELECT text, saved FROM prompts ORDER BY saved DESC, used DESC LIMIT ?");
  all.bind(most);
  std::vector<StoredPrompt> out;
  while (all.step()) out.push_back({all.text(0), all.number(1) != 0});
  return out;
}

void Store::use_prompt(const std::string& text) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  // Later than every other, also within one millisecond.
  Statement(db,
            "INSERT INTO prompts(text, used) VALUES(?, max(?, (SELECT ifnull(max(used), 0) + 1 FROM prompts))) "
            "ON CONFLICT(text) DO UPDATE SET used=excluded.used")
      .bind(text)
      .bind(milliseconds_now())
      .run();
}

void Store::save_prompt(const std::string& text, bool saved) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db,
            "INSERT INTO prompts(text, used, saved) VALUES(?,?,?) ON CONFLICT(text) DO UPDATE SET saved=excluded.saved")
      .bind(text)
      .bind(milliseconds_now())
      .bind(saved)
      .run();
}

std::string Store::value(const std::string& name) const {
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db, "SELECT value FROM settings WHERE name=?");
  return find.bind(name).step() ? find.text(0) : std::string();
}

void Store::set_value(const std::string& name, const std::string& value) {
  Database& db = impl_->writing();
  const std::lock_guard lock(db.mutex());
  Statement(db, "INSERT OR REPLACE INTO settings VALUES(?,?)").bind(name).bind(value).run();
}

}  // namespace b3o
