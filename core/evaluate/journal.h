// What a model answered, one JSON object a line, each with its "id": a run that ends early goes on where it was.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "core/base/json.h"

namespace b3o::evaluate {

class Journal {
 public:
  // Reads what is there. file empty: nothing is kept on disk. A last line that was cut off is removed; LoadError for
  // any other line that is wrong, Error when the file cannot be written.
  explicit Journal(const std::filesystem::path& file);
  const Json* find(const std::string& id) const;  // null when there is none
  // record has an "id" that is not in the journal yet. When this returns, it survives the end of the program. Error
  // when the file cannot be written.
  void add(Json record);

 private:
  std::filesystem::path file_;
  std::ofstream out_;
  std::map<std::string, Json> records_;
};

// The file says which run its folder belongs to. Writes it where there is none; RequestError naming the first key that
// differs when the folder holds results of another run.
void claim_folder(const std::filesystem::path& file, const Json& run);

}  // namespace b3o::evaluate
