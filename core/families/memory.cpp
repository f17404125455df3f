#include "core/families/memory.h"

#include <ATen/ATen.h>
#include <ATen/DeviceAccelerator.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#ifdef __unix__
#include <sys/resource.h>
#include <unistd.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace b3o {
namespace {

constexpr uint64_t kUnknown = uint64_t(8) << 30;  // where the system does not tell

Memory of_machine() {
  std::ifstream in("/proc/meminfo");
  std::map<std::string, uint64_t> kilobytes;
  std::string key, unit;
  for (uint64_t value = 0; in >> key >> value && std::getline(in, unit);) kilobytes[key] = value;
  if (!kilobytes.contains("MemAvailable:")) return {kUnknown, kUnknown};
  return {kilobytes["MemAvailable:"] * 1024, kilobytes["MemTotal:"] * 1024};
}

void bound(Memory& memory, uint64_t limit, uint64_t used) {
  memory.total = std::min(memory.total, limit);
  memory.free = std::min(memory.free, limit > used ? limit - used : 0);
}

uint64_t number_in(const std::string& file) {
  std::ifstream in(file);
  uint64_t value = 0;
  return in >> value ? value : 0;
}

#ifdef __unix__
void bound_by_process(Memory& memory) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  bound(memory, limit.rlim_cur, number_in("/proc/self/statm") * uint64_t(::sysconf(_SC_PAGESIZE)));
}
#else
void bound_by_process(Memory&) {}
#endif

// A container's limit: files that are kept in memory count as used there, but give way.
void bound_by_group(Memory& memory) {
  const std::string group = "/sys/fs/cgroup/";
  const uint64_t limit = number_in(group + "memory.max");
  if (limit == 0) return;
  uint64_t used = number_in(group + "memory.current"), value = 0;
  std::ifstream in(group + "memory.stat");
  for (std::string key; in >> key >> value;)
    if (key == "inactive_file" || key == "active_file") used -= std::min(used, value);
  bound(memory, limit, used);
}

}  // namespace

Memory system_memory() {
  Memory memory = of_machine();
  bound_by_process(memory);
  bound_by_group(memory);
  return memory;
}

Memory memory_of(const std::string& device) {
  if (!device.starts_with("CUDA")) return system_memory();
  const auto [free, total] = at::accelerator::getMemoryInfo(0);
  return {free, total};
}

namespace {

// "you tried to allocate 1024 bytes", "Tried to allocate 20.00 GiB".
double bytes_asked(const std::string& text) {
  constexpr std::string_view kWords = "ried to allocate ";
  const size_t at = text.find(kWords);
  if (at == std::string::npos) return 0;
  char* unit = nullptr;
  const double number = std::strtod(text.c_str() + at + kWords.size(), &unit);
  const std::string_view rest(unit);
  const int power = rest.starts_with(" KiB") ? 10 : rest.starts_with(" MiB") ? 20 : rest.starts_with(" GiB") ? 30 : 0;
  return number * double(uint64_t(1) << power);
}

}  // namespace

std::optional<uint64_t> bytes_lacking(const std::string& message) {
  constexpr double kBeyondAnyMachine = double(uint64_t(1) << 47);  // what a program can address
  const auto holds = [&](const char* words) { return message.find(words) != std::string::npos; };
  const bool on_cpu = holds("DefaultCPUAllocator") && (holds("can't allocate memory") || holds("not enough memory"));
  // oneDNN had accepted the operation before, so only room for its kernel or its buffers can be missing.
  const bool kernel = message == "could not create a primitive" || message == "could not execute a primitive";
  if (!on_cpu && !kernel && !holds("out of memory") && !holds("STATUS_ALLOC_FAILED")) return std::nullopt;
  const double asked = bytes_asked(message);
  if (asked < 0 || asked > kBeyondAnyMachine) return std::nullopt;
  return uint64_t(asked);
}

void return_freed_memory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace b3o
