#include "app/studio/tiny_model.h"

#include "core/families/blip3o/official.h"

namespace b3o {

void makeTinyModel(const std::filesystem::path& folder) {
  SynthesizeOptions options;
  options.like = "tiny";
  synthesize(folder, options, [](uint64_t, uint64_t) {});
}

}  // namespace b3o
