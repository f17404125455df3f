// The tables of the library and how an older library becomes one of today.
#pragma once

#include "core/library/database.h"

namespace b3o {

// Of library.sqlite, in SQLite's user_version.
int64_t newest_schema();
// Step by step to the newest schema, each step whole or not at all.
void migrate(Database& db);
// Thumbnails and compact tokens. A cache of another version is emptied.
void prepare_cache(Database& db);

}  // namespace b3o
