#include "core/families/default_model.h"

#ifdef _WIN32
#include <windows.h>
#elif defined(__APPLE__)
#include <mach-o/dyld.h>
#endif

namespace b3o {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "paper-world";
constexpr int kDeepestBuild = 4;  // folders between a source tree and a program built in it

fs::path this_program() {
#ifdef _WIN32
  wchar_t path[32768];
  const DWORD size = ::GetModuleFileNameW(nullptr, path, DWORD(std::size(path)));
  return fs::path(std::wstring(path, size));
#elif defined(__APPLE__)
  char path[4096];
  uint32_t size = sizeof path;
  return ::_NSGetExecutablePath(path, &size) == 0 ? fs::path(path) : fs::path();
#else
  std::error_code none;
  return fs::read_symlink("/proc/self/exe", none);
#endif
}

}  // namespace

fs::path default_model_folder(const fs::path& program) {
  std::error_code ignored;
  const auto is_model = [&](const fs::path& folder) { return fs::is_regular_file(folder / "config.json", ignored); };
  const fs::path place = fs::weakly_canonical(program, ignored).parent_path();
  if (place.empty()) return {};
  const fs::path installed = place.parent_path() / "share/blip3o-studio" / kName;
  if (is_model(installed)) return installed;
  fs::path up = place;
  for (int i = 0; i < kDeepestBuild && up.has_relative_path(); ++i) {
    up = up.parent_path();
    if (const fs::path built = up / "resources/model" / kName; is_model(built)) return built;
  }
  return {};
}

fs::path default_model_folder() { return default_model_folder(this_program()); }

}  // namespace b3o
