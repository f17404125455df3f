#include "core/base/amount.h"

#include <iomanip>
#include <sstream>

namespace b3o {

std::string bytes_text(uint64_t bytes) {
  std::ostringstream out;
  const double mega = double(bytes) / 1e6;
  out << std::fixed;
  if (mega < 1000)
    out << std::setprecision(mega < 10 ? 1 : 0) << mega << " MB";
  else
    out << std::setprecision(1) << mega / 1000 << " GB";
  return out.str();
}

}  // namespace b3o
