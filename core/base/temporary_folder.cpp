#include "core/base/temporary_folder.h"

#include <cstdlib>

#include "core/base/error.h"

namespace b3o {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "blip3o-").string() + std::string(6, 'X');  // mkdtemp's
  if (!::mkdtemp(name.data())) throw Error(cat("A folder like ", name, " cannot be made."));
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace b3o
