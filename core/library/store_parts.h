// What the sources of Store share. Not for other rooms.
#pragma once

#include "core/library/cache.h"
#include "core/library/database.h"
#include "core/library/store.h"

namespace b3o {

struct Store::Impl {
  explicit Impl(std::filesystem::path folder);
  ~Impl();

  // The database for writing; Error when it is read-only. The caller holds its mutex.
  Database& writing();
  PictureLine insert_picture(const std::string& file, int64_t made, int width, int height, const Recipe& recipe,
                             const std::string& notice, double seconds);
  std::string file_of(int64_t id);  // Error when there is no such picture

  std::filesystem::path folder;
  std::string notice;
  bool read_only = false;
  bool owner = false;  // no other program has this library open for repairs
  int lock_fd = -1;
  std::unique_ptr<Database> db;
  std::unique_ptr<Cache> cache;
  std::mutex naming;  // held from the choice of a file's name until it is written

 private:
  bool fresh = false;  // the database had no tables yet

  void take_lock();
  bool open_database();  // false: it is broken
  void move_aside(std::string& aside);
  void salvage(const std::filesystem::path& broken);
  int adopt_pictures();
  void settle();
};

// 64 hex digits and a short ending: what keep_attachment makes, and nothing that leaves the folder.
bool is_attachment_name(std::string_view name);

// The words of a search, folded; and a text as searches see it: without capitals.
std::vector<std::string> search_words(const std::string& text);
std::string folded(const std::string& text);
// "AND instr(column, ?)" for each word.
std::string conditions(const std::string& column, size_t words);

}  // namespace b3o
