// What stage 1 is judged by on the way: answers, the layout probe, edits; on scenes of the validation stream.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

#include "core/train/understand_model.h"

namespace b3o::train {

struct Validation {
  // Rows [B * rows, W] of pictures uint8 [B, 3, H, W], as the tower sees them.
  using Look = std::function<at::Tensor(const at::Tensor& bytes)>;

  explicit Validation(world::Level level);

  // Adds, each 0 ... 1:
  //   vqa_<kind>, vqa (mean over kinds, descriptions left out), blind_<kind>, blind (grey pictures),
  //   crowd (scenes of about ten objects), new_words (held-out phrasings), text (talk without pictures)
  //   yes_no_count, yes_no_related: "are there three stars?", "is the fish above the star?" of scenes made for them
  //   layout (all 64 cells right), layout_one (at most one wrong)
  //   edit_<kind>, edit (all 64 cells right)
  void score(const Language& language, const LayoutHeads& heads, const Reader& reader, const Look& look,
             Tally& tally) const;

 private:
  struct Asked {
    world::Scene scene;
    std::vector<Talk> talks;
  };
  struct Changed {
    world::Scene scene;
    std::vector<Drawing> drawings;
  };
  void answer(const std::vector<Asked>& set, bool grey, const std::string& name, bool by_kind, const Language& language,
              const Reader& reader, const Look& look, Tally& tally) const;

  std::vector<Asked> asked_, crowds_, new_words_, yes_no_;
  std::vector<Talk> talks_;
  std::vector<Drawing> captions_;
  std::vector<Changed> changed_;
};

}  // namespace b3o::train
