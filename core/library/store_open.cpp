// Opening the library: repairing what can be repaired, and saying so.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <set>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/utf8.h"
#include "core/image/codec.h"
#include "core/library/schema.h"
#include "core/library/store_parts.h"

namespace b3o {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostPictureBytes = size_t(256) << 20;
constexpr size_t kTextsBegin = size_t(256) << 10;  // recipes lie before the pixels
constexpr const char* kDatabaseFiles[] = {"", "-wal", "-shm"};

std::string timestamp(int64_t ms) {
  const std::time_t seconds = std::time_t(ms / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d-%H%M%S", &parts);
  return text;
}

std::string count_of(int64_t count, const char* one, const char* many) {
  return cat(count, " ", count == 1 ? one : many);
}

// When the file's name says the picture was made ("20261125-140203041-91.png"); 0: it does not say.
int64_t made_by_name(const std::string& name) {
  std::tm parts{};
  int ms = 0, length = 0;
  if (std::sscanf(name.c_str(), "%4d%2d%2d-%2d%2d%2d%3d-%n", &parts.tm_year, &parts.tm_mon, &parts.tm_mday,
                  &parts.tm_hour, &parts.tm_min, &parts.tm_sec, &ms, &length) != 7 ||
      length != 19)
    return 0;
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  return int64_t(::timegm(&parts)) * 1000 + ms;
}

int64_t modified(const fs::path& file) {
  std::error_code failure;
  const auto time = fs::last_write_time(file, failure);
  if (failure) return milliseconds_now();
  const auto age = fs::file_time_type::clock::now() - time;
  return milliseconds_now() - std::chrono::duration_cast<std::chrono::milliseconds>(age).count();
}

struct FoundPicture {
  int width = 0, height = 0;
  Recipe recipe;
};

// Reads no more of the file than its texts need. A picture of strangers is found too, with an empty recipe.
std::optional<FoundPicture> look_at(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(kTextsBegin, '\0');
  in.read(bytes.data(), std::streamsize(bytes.size()));
  bytes.resize(size_t(in.gcount()));
  if (bytes.size() < 33 || bytes.compare(0, 8, "\x89PNG\r\n\x1a\n") != 0) return std::nullopt;
  const auto be32 = [&](size_t at) {
    return int64_t(uint8_t(bytes[at])) << 24 | uint8_t(bytes[at + 1]) << 16 | uint8_t(bytes[at + 2]) << 8 |
           uint8_t(bytes[at + 3]);
  };
  FoundPicture found;
  found.width = int(be32(16));
  found.height = int(be32(20));
  if (found.width < 1 || found.height < 1) return std::nullopt;
  try {
    auto recipe = recipe_in_png(bytes, file.string());
    if (!recipe && bytes.size() == kTextsBegin)
      recipe = recipe_in_png(read_file(file, kMostPictureBytes), file.string());
    if (recipe) found.recipe = std::move(*recipe);
  } catch (const LoadError& e) {
    log_warning(e.what());
  }
  return found;
}

}  // namespace

int64_t milliseconds_now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Store::Store(fs::path folder) : impl_(std::make_unique<Impl>(std::move(folder))) {}
Store::~Store() = default;
const fs::path& Store::folder() const { return impl_->folder; }
const std::string& Store::notice() const { return impl_->notice; }
bool Store::read_only() const { return impl_->read_only; }

Store::Impl::Impl(fs::path where) : folder(std::move(where)) {
  std::error_code failure;
  for (const char* part : {"pictures", "attachments"}) {
    fs::create_directories(folder / part, failure);
    if (failure) throw Error(cat((folder / part).string(), ": cannot be created (", failure.message(), ")"));
  }
  take_lock();
  std::string aside;
  if (!open_database()) {
    move_aside(aside);
    ensure(open_database(), "a new database is sound");
  }
  cache = std::make_unique<Cache>(folder / "cache.sqlite");
  if (read_only || !owner) return;
  if (!aside.empty()) {
    const int pictures = adopt_pictures();
    salvage(folder / aside);
    const auto talks = db->number("SELECT count(*) FROM conversations"),
               edits = db->number("SELECT count(*) FROM edits");
    std::string more;
    if (talks) more += cat(" and ", count_of(talks, "conversation", "conversations"));
    if (edits) more += cat(" and ", count_of(edits, "editing session", "editing sessions"));
    if (!more.empty()) more += " that could still be read";
    notice = cat("The library's database was broken and is now ", aside, "; the library was rebuilt from ",
                 count_of(pictures, "picture", "pictures"), more, ".");
  } else if (const int pictures = adopt_pictures(); pictures && fresh) {
    notice = cat("The library's database was missing or empty; it was rebuilt from ",
                 count_of(pictures, "picture", "pictures"), ".");
  }
  settle();
  if (!notice.empty()) log_warning(notice);
}

Store::Impl::~Impl() {
  db.reset();
  if (lock_fd >= 0) ::close(lock_fd);
}

// Repairs are for one program at a time.
void Store::Impl::take_lock() {
  lock_fd = ::open((folder / "library.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  owner = lock_fd >= 0 && ::flock(lock_fd, LOCK_EX | LOCK_NB) == 0;
}

bool Store::Impl::open_database() {
  const fs::path file = folder / "library.sqlite";
  try {
    db = std::make_unique<Database>(file, Database::Mode::write, true);
    if (db->text("PRAGMA quick_check(1)") != "ok") return db.reset(), false;
    const int64_t schema = db->number("PRAGMA user_version");
    if (schema > newest_schema()) {
      read_only = true;
      notice = cat("The library in ", folder.string(), " was made by a newer version of this program (its schema is ",
                   schema, ", this program knows ", newest_schema(), "), so it is only read and nothing is kept.");
      db = std::make_unique<Database>(file, Database::Mode::read_only, true);
      return true;
    }
    fresh = schema == 0;
    migrate(*db);
    return true;
  } catch (const DatabaseError& e) {
    db.reset();
    if (!e.broken) throw;
    return false;
  }
}

void Store::Impl::move_aside(std::string& aside) {
  const std::string stem = "library-broken-" + timestamp(milliseconds_now());
  aside = stem + ".sqlite";
  for (int k = 2; fs::exists(folder / aside); ++k) aside = cat(stem, "-", k, ".sqlite");
  for (const char* ending : kDatabaseFiles) {
    const fs::path from = folder / cat("library.sqlite", ending);
    if (!fs::exists(from)) continue;
    std::error_code failure;
    fs::rename(from, folder / (aside + ending), failure);
    if (failure) throw Error(cat(from.string(), ": is broken and cannot be moved aside (", failure.message(), ")"));
  }
}

// What the broken database still tells, row by row until it fails: all but pictures as they are, of those only what
// their recipes do not hold.
void Store::Impl::salvage(const fs::path& broken) {
  std::unique_ptr<Database> old;
  const auto rows = [&](const char* select, const char* insert) {
    if (!old) return;
    try {
      Statement from(*old, select), to(*db, insert);
      while (from.step()) {
        bool sound = true;
        for (int i = 0; i < from.columns(); ++i) {
          if (from.is_bytes(i)) {
            to.bind_bytes(from.bytes(i));
            continue;
          }
          const std::string text = from.text(i);
          sound = sound && is_valid_utf8(text);
          to.bind(text);
        }
        if (!sound) break;
        to.run();
      }
    } catch (const DatabaseError& e) {
      log_warning(cat("not everything could be read: ", e.what()));
    }
  };
  try {
    old = std::make_unique<Database>(broken, Database::Mode::read_only, false);
    old->number("SELECT count(*) FROM sqlite_schema");
  } catch (const DatabaseError& e) {
    log_warning(e.what());
    old.reset();
  }
  Transaction together(*db);  // one wait for the disk, not one for every row
  // Text becomes a number again by the column's type.
  rows("SELECT id, title, made, changed, removed, json, draft, words FROM conversations",
       "INSERT OR IGNORE INTO conversations VALUES(?,?,?,?,?,?,?,?)");
  rows("SELECT id, title, made, changed, trashed, folded, cover, json, mask FROM edits",
       "INSERT OR IGNORE INTO edits VALUES(?,?,?,?,?,?,?,?,?)");
  rows("SELECT id, place, state, json FROM queue", "INSERT OR IGNORE INTO queue VALUES(?,?,?,?)");
  rows("SELECT name, value FROM settings", "INSERT OR IGNORE INTO settings VALUES(?,?)");
  rows("SELECT text, used, saved FROM prompts", "INSERT OR IGNORE INTO prompts VALUES(?,?,?)");
  rows("SELECT starred, trashed, notice, seconds, file FROM pictures",
       "UPDATE pictures SET starred=?, trashed=?, notice=?, seconds=? WHERE file=?");
  together.commit();
}

// Rows for the pictures that have none: the program ended between file and row, or the database is new.
int Store::Impl::adopt_pictures() {
  std::set<std::string> known;
  Statement all(*db, "SELECT file FROM pictures");
  while (all.step()) known.insert(all.text(0));
  int adopted = 0;
  Transaction together(*db);
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder / "pictures", failure)) {
    const std::string name = entry.path().filename().string();
    if (name.find(".part-") != std::string::npos) {
      std::error_code ignored;
      fs::remove(entry.path(), ignored);
      continue;
    }
    if (known.contains(name) || !is_valid_utf8(name) || !entry.is_regular_file(failure)) continue;
    const auto found = look_at(entry.path());
    if (!found) continue;
    const int64_t by_name = made_by_name(name);
    insert_picture(name, by_name ? by_name : modified(entry.path()), found->width, found->height, found->recipe, {}, 0);
    ++adopted;
  }
  together.commit();
  return adopted;
}

// What was running when the program ended was interrupted; what was removed and not restored goes.
void Store::Impl::settle() {
  Statement(*db, "UPDATE queue SET state=? WHERE state=?")
      .bind(int(StoredJob::State::interrupted))
      .bind(int(StoredJob::State::running))
      .run();
  db->run("DELETE FROM conversations WHERE removed<>0");
}

Database& Store::Impl::writing() {
  if (read_only) throw Error(notice);
  return *db;
}

}  // namespace b3o
