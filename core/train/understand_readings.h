// Conversations and drawing prompts as the program renders them, turned into what the language model reads.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/models/qwen_positions.h"
#include "core/text/tokenizer.h"
#include "core/train/corpus_lessons.h"

namespace b3o::train {

struct Reading {
  std::vector<int64_t> ids;
  std::vector<std::array<int64_t, 3>> positions;  // of every id, then of every query
  int64_t learnt = -1;                            // index of the first id that is to be predicted; -1: none
  int64_t picture = -1;                           // which picture of the batch its image tokens show; -1: none
  int64_t drawing = -1;                           // which drawing of the batch its queries show; -1: no queries
  // Where the token before the answer, or every query, is to look: shares of the first token and of the picture's
  // rows, see looks_at(). Empty: anywhere.
  std::vector<float> first_look, second_look;
  Facts facts;  // that the token before the answer is to know
};

class Reader {
 public:
  // grid: of every picture.
  Reader(const Tokenizer& tokenizer, VisionGrid grid, int64_t merge, int64_t queries);

  // The last answer and <|im_end|> are learnt. picture: shown at the start of the conversation; -1: none.
  Reading chat(const std::vector<world::Turn>& turns, int64_t picture) const;
  Reading caption(const std::string& text, int64_t drawing) const;
  Reading instruction(const std::string& text, int64_t picture, int64_t drawing) const;

  int64_t image_pad() const { return picture_.image_pad; }
  int64_t vision_start() const { return picture_.vision_start; }
  int64_t rows() const { return grid_.h / picture_.merge * (grid_.w / picture_.merge); }  // of a picture
  int64_t queries() const { return queries_; }

 private:
  Reading drawn(std::vector<int64_t> ids, int64_t picture, int64_t drawing) const;

  const Tokenizer& tokenizer_;
  VisionGrid grid_;
  PictureTokens picture_;
  int64_t queries_, start_of_image_, end_of_turn_;
};

}  // namespace b3o::train
