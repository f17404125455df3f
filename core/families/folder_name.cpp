#include "core/families/folder_name.h"

#include <string_view>

namespace b3o {

std::string folder_name(const std::filesystem::path& folder) {
  constexpr std::string_view kStart = "models--";
  std::error_code unreachable;
  auto whole = std::filesystem::absolute(folder, unreachable).lexically_normal();
  if (whole.filename().empty()) whole = whole.parent_path();
  const auto model = whole.parent_path().parent_path().filename().string();
  if (whole.parent_path().filename() != "snapshots" || !model.starts_with(kStart)) return whole.filename().string();
  const std::string name = model.substr(kStart.size());
  const size_t at = name.find("--");
  return at == std::string::npos ? name : name.substr(0, at) + '/' + name.substr(at + 2);
}

}  // namespace b3o
