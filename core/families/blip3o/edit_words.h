// What an edit is told, and by which way its words become tokens (decoder.md 5.5d).
#pragma once

#include <string>

#include "core/families/blip3o/chat.h"

namespace b3o {

// What the language model reads for an edit.
struct Told {
  enum class Path { nothing, instruction, caption };
  Path path = Path::nothing;
  std::string text;        // in the words of the training; empty on the caption path while it has to be written
  bool unwritten = false;  // the caption has to be written first
};

// RequestError, or the world's Refusal, when the words cannot be taken; no network is asked.
Told told_of(const Recipe& recipe, const Capabilities& can);

// Describes pictures and rewrites descriptions, with the language model, always the same way.
class Writer {
 public:
  Writer(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer)
      : chat_(config, networks, tokenizer) {}
  // The description of the picture as it would be after the change. Never empty: where the model says nothing, it is
  // the instruction.
  std::string caption_after(const Image& picture, const std::string& instruction, JobContext& job);

 private:
  std::string answer(std::vector<ChatMessage> messages, JobContext& job);
  Chat chat_;
};

}  // namespace b3o
