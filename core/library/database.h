// SQLite for this room: a connection, statements with values bound by type, transactions. Failures are DatabaseErrors,
// whose sentence names the file.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace b3o {

struct DatabaseError : Error {
  DatabaseError(const std::string& message, bool broken) : Error(message), broken(broken) {}
  bool broken;  // the file is damaged or no database at all
};

class Database {
 public:
  enum class Mode { write, read_only };
  // full: a committed transaction also survives a power failure; else only the end of this process.
  Database(const std::filesystem::path& file, Mode mode, bool full);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql);  // one or more statements without values
  int64_t number(const char* sql);
  std::string text(const char* sql);
  int64_t last_id() const;
  sqlite3* raw() const { return db_; }
  const std::filesystem::path& file() const { return file_; }
  // Held by who uses the connection; statements of one connection never interleave between threads.
  std::recursive_mutex& mutex() { return mutex_; }
  [[noreturn]] void fail(int code) const;

 private:
  std::filesystem::path file_;
  sqlite3* db_ = nullptr;
  std::recursive_mutex mutex_;
};

class Statement {
 public:
  Statement(Database& db, const std::string& sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Bound in the order of the question marks.
  template <std::integral T>
  Statement& bind(T value) {
    return bind_number(int64_t(value));
  }
  Statement& bind(double value);
  Statement& bind(const std::string& text);
  Statement& bind_bytes(std::string_view bytes);
  bool step();   // true: a row is there
  void run();    // to the end; may be bound and run again
  void reset();  // may be bound and stepped again

  int64_t number(int column) const;
  double real(int column) const;
  std::string text(int column) const;        // also bytes
  std::string_view bytes(int column) const;  // until the next step
  bool is_bytes(int column) const;           // bound by bind_bytes
  int columns() const;

 private:
  Statement& bind_number(int64_t value);

  Database& db_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

// Rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& db);
  ~Transaction();
  void commit();

 private:
  Database& db_;
  bool open_ = true;
};

}  // namespace b3o
