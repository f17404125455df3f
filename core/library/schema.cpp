#include "core/library/schema.h"

#include <iterator>

namespace b3o {
namespace {

// Step k makes schema k + 1 out of schema k. A step that was released never changes.
constexpr const char* kSteps[] = {
    R"(CREATE TABLE pictures(
         id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL UNIQUE, made INTEGER NOT NULL,
         width INTEGER NOT NULL, height INTEGER NOT NULL, starred INTEGER NOT NULL DEFAULT 0,
         trashed INTEGER NOT NULL DEFAULT 0, prompt TEXT NOT NULL, folded TEXT NOT NULL, recipe TEXT NOT NULL,
         notice TEXT NOT NULL DEFAULT '', seconds REAL NOT NULL DEFAULT 0);
       CREATE INDEX pictures_by_time ON pictures(made, id);
       CREATE TABLE conversations(
         id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, made INTEGER NOT NULL, changed INTEGER NOT NULL,
         removed INTEGER NOT NULL DEFAULT 0, json TEXT NOT NULL, draft TEXT NOT NULL DEFAULT '', words TEXT NOT NULL);
       CREATE TABLE queue(
         id INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, state INTEGER NOT NULL, json TEXT NOT NULL);
       CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;)",
    R"(CREATE TABLE prompts(
         text TEXT PRIMARY KEY, used INTEGER NOT NULL, saved INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;)",
    R"(CREATE TABLE edits(
         id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, made INTEGER NOT NULL, changed INTEGER NOT NULL,
         trashed INTEGER NOT NULL DEFAULT 0, folded TEXT NOT NULL, cover TEXT NOT NULL, json TEXT NOT NULL,
         mask BLOB NOT NULL);)",
    // Of the shown path; of conversations that were kept before, of all turns until they are written again.
    R"(CREATE TABLE IF NOT EXISTS talk_sizes(id INTEGER PRIMARY KEY, turns INTEGER NOT NULL, pictures INTEGER NOT NULL);
       INSERT OR REPLACE INTO talk_sizes
         SELECT id, COALESCE(json_array_length(json, '$.turns'), 0),
                (SELECT COALESCE(SUM(json_array_length(turn.value, '$.pictures')), 0)
                 FROM json_each(conversations.json, '$.turns') AS turn)
         FROM conversations WHERE json_valid(json);)",
};

constexpr int64_t kCacheVersion = 1;

}  // namespace

int64_t newest_schema() { return std::ssize(kSteps); }

void migrate(Database& db) {
  for (int64_t at = db.number("PRAGMA user_version"); at < newest_schema(); ++at) {
    Transaction step(db);
    db.run(kSteps[at]);
    db.run(cat("PRAGMA user_version=", at + 1).c_str());
    step.commit();
  }
}

void prepare_cache(Database& db) {
  if (db.number("PRAGMA user_version") == kCacheVersion) return;
  Transaction step(db);
  db.run(
      "DROP TABLE IF EXISTS thumbnails; DROP TABLE IF EXISTS tokens;"
      "CREATE TABLE thumbnails(file TEXT PRIMARY KEY, png BLOB NOT NULL);"
      "CREATE TABLE tokens(file TEXT PRIMARY KEY, compact BLOB NOT NULL);");
  db.run(cat("PRAGMA user_version=", kCacheVersion).c_str());
  step.commit();
}

}  // namespace b3o
