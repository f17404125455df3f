// blip3o tokenize over the reference's cases, through its line form.
#include "core/base/file.h"
#include "tests/core/cli/program.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// A tokenizer folder with the real vocabulary and the added tokens of BLIP3-o's folders.
struct RealTokenizer {
  TemporaryFolder folder;
  RealTokenizer() {
    for (const char* name : {"vocab.json", "merges.txt"})
      std::filesystem::copy_file(data_path(std::string("qwen2.5-tokenizer/") + name), folder / name);
    const char* names[] = {"<|endoftext|>",      "<|im_start|>",     "<|im_end|>",     "<|object_ref_start|>",
                           "<|object_ref_end|>", "<|box_start|>",    "<|box_end|>",    "<|quad_start|>",
                           "<|quad_end|>",       "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
                           "<|image_pad|>",      "<|video_pad|>",    "<tool_call>",    "</tool_call>",
                           "<|fim_prefix|>",     "<|fim_middle|>",   "<|fim_suffix|>", "<|fim_pad|>",
                           "<|repo_name|>",      "<|file_sep|>"};
    Json added = Json::object();
    int64_t id = 151643;
    for (const char* name : names) added[name] = id++;
    write_file(folder / "added_tokens.json", added.dump());
  }
};

void every_reference_text_gives_its_ids() {
  const RealTokenizer real;
  const Json cases = parse_json(read_file(data_path("understanding/tokenizer-cases.json"), 64u << 20), "cases");
  std::string input;
  for (const auto& item : cases["encode"]) input += Json(item["text"]).dump() + "\n";
  const Ran ran =
      run_program({"tokenize", "--tokenizer", real.folder.path().string(), "--jsonl", "--reference-tokens"}, input);
  check_equal(ran.status, 0, "exit status (" + ran.err + ")");
  std::istringstream lines(ran.out);
  std::string line;
  for (const auto& item : cases["encode"]) {
    check(bool(std::getline(lines, line)), "fewer lines than texts");
    check_equal(Json::parse(line).get<std::vector<int64_t>>(), item["ids"].get<std::vector<int64_t>>(),
                item["text"].dump());
  }
}

void decoding_gives_the_text_back() {
  const RealTokenizer real;
  const Ran ran = run_program({"tokenize", "--tokenizer", real.folder.path().string(), "--decode", "9707 11 1879 0"});
  check_equal(ran.out, std::string("Hello, world!\n"), "text");
  const Ran wrong = run_program({"tokenize", "--tokenizer", real.folder.path().string(), "--decode", "9707 x"});
  check_equal(wrong.status, 1, "exit status");
  check_contains(wrong.err, "'x'");
}

const Cases cases = {CASE(every_reference_text_gives_its_ids), CASE(decoding_gives_the_text_back)};

}  // namespace
