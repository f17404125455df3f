// The library: everything the program keeps, in one folder.
//   library.sqlite   pictures' rows, conversations, editing sessions, queue, prompts, settings
//   cache.sqlite     thumbnails and compact tokens: made again when it is lost
//   pictures/        one PNG a picture, its recipe inside; the rows can be rebuilt from them
//   attachments/     files that conversations and sessions refer to, named by their content
// Any thread may call; calls that touch the same database wait for each other. What writes waits for the disk, so it
// belongs off the window's thread. Every refusal is an Error of one sentence that names the file and the reason.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/picture_file.h"

namespace b3o {

int64_t milliseconds_now();  // since 1970, UTC: the time of everything here

// --- pictures

struct NewPicture {
  Image image;
  Recipe recipe;
  PictureTokens tokens;      // without values: none
  bool carry_tokens = true;  // also inside the PNG, so that a machine without the backbone can repaint it
  std::string notice;        // of the model that drew it
  double seconds = 0;
  int64_t made = 0;  // 0: now
};

// What a list of thousands needs of one picture.
struct PictureLine {
  int64_t id = 0;
  int64_t made = 0;
  int64_t trashed = 0;  // when it was put into the trash; 0: it is not there
  int width = 0, height = 0;
  bool starred = false;
  std::string file;  // name in pictures/
  std::string prompt;
  bool operator==(const PictureLine&) const = default;
};

struct StoredPicture {
  PictureLine line;
  Recipe recipe;
  std::string notice;
  double seconds = 0;
};

struct PictureQuery {
  std::string words = {};  // all must be in the prompt, in any order; capitals do not count
  bool starred = false;
  bool trash = false;  // what is in the trash, instead of what is not
  bool oldest_first = false;
};

// --- conversations: what is inside json is the conversation's own business

struct ConversationLine {
  int64_t id = 0;  // 0: not stored yet
  std::string title;
  int64_t made = 0, changed = 0;
  int turns = 0, pictures = 0;  // that are shown; 0: not known
  bool operator==(const ConversationLine&) const = default;
};

struct StoredConversation {
  ConversationLine line;
  std::string json;
  std::string draft;  // what was being written
  std::string words;  // what a search looks into, beside the title; comes back without capitals
};

// --- editing sessions: what is inside json is the session's own business

struct EditLine {
  int64_t id = 0;  // 0: not stored yet
  std::string title;
  int64_t made = 0, changed = 0;
  int64_t trashed = 0;  // when it was put into the trash; 0: it is not there
  std::string cover;    // the attachment with its current picture
  bool operator==(const EditLine&) const = default;
};

struct StoredEdit {
  EditLine line;
  std::string json;
  std::string mask;  // PNG of the mask that is being drawn
};

// --- the queue

struct StoredJob {
  enum class State { waiting, running, interrupted };
  int64_t id = 0;
  State state = State::waiting;
  std::string json;  // the request, as its owner writes it
  bool operator==(const StoredJob&) const = default;
};

// --- prompts

struct StoredPrompt {
  std::string text;
  bool saved = false;  // kept by the user; others are the history
  bool operator==(const StoredPrompt&) const = default;
};

class Store {
 public:
  // Makes the folder when it is missing. What can be repaired is repaired and told by notice(): a broken database is
  // moved aside and rebuilt from the pictures' recipes; pictures without a row get one. Error when the folder cannot be
  // used at all.
  explicit Store(std::filesystem::path folder);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const std::filesystem::path& folder() const;
  // What opening it found out of order, one sentence; empty: nothing.
  const std::string& notice() const;
  // Made by a newer program: reading works, writing is an Error with notice()'s sentence.
  bool read_only() const;

  // Writes the PNG by the rule of core/base/file.h, then the row.
  PictureLine add_picture(const NewPicture& picture);
  std::vector<PictureLine> pictures(const PictureQuery& query = {}) const;
  int64_t count_pictures(bool in_trash) const;
  std::optional<StoredPicture> picture(int64_t id) const;
  std::optional<int64_t> picture_named(const std::string& file) const;
  std::filesystem::path picture_path(const std::string& file) const;
  // A PNG of at most kThumbnailSide pixels a side; made from the picture when there is none yet. LoadError when the
  // picture's file is gone or broken.
  std::string thumbnail(int64_t id) const;
  // The most similar first, without the picture itself and the trash; empty when it has no tokens.
  std::vector<PictureLine> more_like(int64_t id, int most) const;
  bool has_tokens(int64_t id) const;
  void star(const std::vector<int64_t>& ids, bool starred);
  void trash(const std::vector<int64_t>& ids);
  void restore(const std::vector<int64_t>& ids);
  void delete_for_good(const std::vector<int64_t>& ids);  // only what is in the trash

  // Inserts when line.id is 0, else replaces; line.made and line.changed are set here when 0. Returns the id.
  int64_t save_conversation(const StoredConversation& conversation);
  // The newest change first. words: all must be in the title or the text; capitals do not count.
  std::vector<ConversationLine> conversations(const std::string& words = {}) const;
  std::optional<StoredConversation> load_conversation(int64_t id) const;
  void rename_conversation(int64_t id, const std::string& title);
  void save_draft(int64_t id, const std::string& draft);
  // Hidden until restored; really gone at the next start.
  void remove_conversation(int64_t id);
  void restore_conversation(int64_t id);

  // Inserts when line.id is 0, else replaces all but what is in the trash; times as above. Returns the id.
  int64_t save_edit(const StoredEdit& edit);
  std::vector<EditLine> edits(const std::string& words = {}, bool in_trash = false) const;  // the newest change first
  std::optional<StoredEdit> load_edit(int64_t id) const;
  // The session changed last, outside the trash, whose json names this picture.
  std::optional<int64_t> edit_with_picture(const std::string& sha256) const;
  void rename_edit(int64_t id, const std::string& title);
  void trash_edits(const std::vector<int64_t>& ids);
  void restore_edits(const std::vector<int64_t>& ids);
  // Only what is in the trash; with the attachments that nothing else here names.
  void delete_edits_for_good(const std::vector<int64_t>& ids);

  // A file's bytes under a name made of their hash and the ending (".png"); the same bytes are kept once.
  std::string keep_attachment(std::string_view bytes, const std::string& ending);
  std::string attachment(const std::string& name) const;            // LoadError when it is not there
  std::string attachment_thumbnail(const std::string& name) const;  // as thumbnail(), of a picture
  // What nothing here names any more and was not kept within this time goes. Returns how many went.
  int drop_unnamed_attachments(int64_t milliseconds = 3'600'000);

  // In the order in which they run. Opening the library turns a running job into an interrupted one.
  std::vector<StoredJob> queue() const;
  int64_t add_job(const std::string& json);  // at the end
  void set_job_state(int64_t id, StoredJob::State state);
  void remove_job(int64_t id);
  void order_jobs(const std::vector<int64_t>& ids);  // those named come first, in this order

  // Newest use first, at most `most`; saved ones by themselves.
  std::vector<StoredPrompt> prompts(int most = 200) const;
  void use_prompt(const std::string& text);
  void save_prompt(const std::string& text, bool saved);

  // Small values by name, such as the open conversation; empty when never set.
  std::string value(const std::string& name) const;
  void set_value(const std::string& name, const std::string& value);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

inline constexpr int kThumbnailSide = 256;

}  // namespace b3o
