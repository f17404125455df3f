// Valid files with random bytes changed: they load or are refused, nothing else.
#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/weights/folder.h"
#include "tests/core/weights/build_files.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// One to four bytes set, swapped, dropped or doubled, the same for every run.
std::string mutated(std::string bytes, uint64_t seed) {
  uint64_t state = seed * 0x9e3779b97f4a7c15u;
  const auto below = [&state](size_t n) { return size_t(mix64(state += 0x9e3779b97f4a7c15u) % n); };
  for (size_t changes = 1 + below(4); changes > 0 && !bytes.empty(); --changes) {
    const size_t at = below(bytes.size());
    switch (below(5)) {
      case 0:
        bytes[at] = char(below(256));
        break;
      case 1:
        bytes[at] = char(bytes[at] ^ char(1 << below(8)));
        break;
      case 2:
        bytes[at] = "0123456789{}[]\",:-.e"[below(20)];
        break;
      case 3:
        bytes.erase(at, 1 + below(3));
        break;
      default:
        bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(12)));
    }
  }
  return bytes;
}

template <class Load>
void check_mutations(const std::string& valid, const std::filesystem::path& file, Load load) {
  int loaded = 0, refused = 0;
  for (uint64_t seed = 1; seed <= 4000; ++seed) {
    put_file(file, mutated(valid, seed));
    try {
      load();
      ++loaded;
    } catch (const LoadError& e) {
      check(std::string(e.what()).size() < 1000, "the sentence is short");
      ++refused;
    } catch (const std::exception& e) {
      throw CheckFailed("seed " + shown(seed) + ": another kind of error: " + e.what());
    }
  }
  check(loaded > 50 && refused > 2000, shown(loaded) + " loaded and " + shown(refused) + " were refused");
}

void read_all(const SafetensorsFile& file) {
  for (const auto& [name, entry] : file.entries()) {
    const at::Tensor t = file.tensor(name).clone();
    ensure(t.sizes() == at::IntArrayRef(entry.shape), "a tensor has the shape of its entry");
  }
}

void a_mutated_file_loads_or_is_refused() {
  const TemporaryFolder folder;
  const auto file = folder / "m.safetensors";
  write_safetensors(file,
                    {{"layer.weight", at::ones({2, 3})},
                     {"layer.bias", at::ones({3}).to(at::kBFloat16)},
                     {"none", at::empty({0, 4})},
                     {"flag", at::ones({1}).to(at::kBool)}},
                    {{"format", "pt"}});
  const std::string valid = read_file(file, 1 << 20);
  check_mutations(valid, file, [&] { read_all(*SafetensorsFile::open(file)); });
}

void a_mutated_index_loads_or_is_refused() {
  const TemporaryFolder folder;
  put_file(folder / "a.safetensors", small_file({"x", "y"}));
  put_file(folder / "b.safetensors", small_file({"z"}));
  check_mutations(R"({ "metadata" : { "total_size" : 24, "by" : "someone" }, )"
                  R"("weight_map" : { "x" : "a.safetensors", "y" : "a.safetensors", "z" : "b.safetensors" } })",
                  folder / "model.safetensors.index.json", [&] {
                    for (const auto& file : CheckpointFiles::of_model(folder.path()).files) read_all(*file);
                  });
}

const Cases cases = {CASE(a_mutated_file_loads_or_is_refused), CASE(a_mutated_index_loads_or_is_refused)};

}  // namespace
