// Chat with a folder's language model: pictures and text in, text out, one token at a time (understanding.md 3-7).
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/families/blip3o/networks.h"
#include "core/families/blip3o/pictures.h"
#include "core/families/blip3o/trace_file.h"
#include "core/text/chat_template.h"

namespace b3o {

// Remembers the keys and values of the last conversation and the features of the last pictures, so that a further turn
// costs only what is new in it.
class Chat {
 public:
  Chat(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer);
  // Emits TextDelta and one AnswerReady.
  void serve(const ChatRequest& request, JobContext& job);
  // Frees what is remembered.
  void forget();

 private:
  struct Prompt;
  Prompt prepare(const ChatRequest& request, JobContext& job, TraceFile& trace);
  struct Features {
    std::string key;  // of the picture and its size limits
    VisionGrid grid;
    at::Tensor rows;  // [rows, hidden]
  };
  std::string key_of(const std::shared_ptr<const Image>& image, const QwenImageConfig& limits);
  // Known ones without a look at the picture's pixels; valid until the next call.
  const Features& features_of(const std::shared_ptr<const Image>& image, const QwenImageConfig& limits,
                              JobContext& job);
  at::Tensor embed(const Prompt& prompt, int64_t from, JobContext& job);
  at::Tensor prefill(const Prompt& prompt, JobContext& job, TraceFile& trace);
  void answer(const Prompt& prompt, at::Tensor logits, const ChatRequest& request, JobContext& job, TraceFile& trace,
              AnswerReady& out);

  const FolderConfig& config_;
  Networks& networks_;
  const Tokenizer& tokenizer_;

  KvCache cache_;
  std::vector<uint64_t> cached_;   // what each cached token is: its id, or the picture and row it shows
  std::deque<Features> features_;  // newest first
  // Hashes of pictures that are still somewhere, so that a long conversation does not hash its pictures every turn.
  std::deque<std::pair<std::weak_ptr<const Image>, std::string>> hashes_;
};

}  // namespace b3o
