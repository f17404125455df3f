#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/text/tokenizer.h"

namespace b3o::cli {
namespace {

struct Options {
  std::string folder, text;
  CLI::Option* text_option = nullptr;
  bool decode = false, reference_tokens = false, lines = false;
};

Json run_one(const Tokenizer& tokenizer, const Options& o, const Json& input) {
  if (!o.decode) {
    if (!input.is_string()) throw RequestError("Expected a JSON string, got " + input.dump() + ".");
    return tokenizer.encode(input.get<std::string>(), o.reference_tokens);
  }
  if (!input.is_array()) throw RequestError("Expected a JSON array of ids, got " + input.dump() + ".");
  std::vector<int64_t> ids;
  for (const auto& id : input) {
    if (!id.is_number_integer()) throw RequestError("An id is " + id.dump() + ", expected a whole number.");
    ids.push_back(id.get<int64_t>());
  }
  return tokenizer.decode(ids, false);
}

std::string all_of_stdin() { return {std::istreambuf_iterator<char>(std::cin), {}}; }

// Plain use: text in, ids out separated by spaces, or the other way round.
void run_plain(const Tokenizer& tokenizer, const Options& o) {
  const std::string text = o.text_option->count() > 0 ? o.text : all_of_stdin();
  if (!o.decode) {
    const char* separator = "";
    for (const int64_t id : tokenizer.encode(text, o.reference_tokens)) {
      std::cout << separator << id;
      separator = " ";
    }
    std::cout << std::endl;
    return;
  }
  std::istringstream in(text);
  std::vector<int64_t> ids;
  std::string word;
  while (in >> word) {
    size_t used = 0;
    int64_t id = 0;
    try {
      id = std::stoll(word, &used);
    } catch (const std::exception&) {
    }
    if (used != word.size()) throw RequestError(cat("'", word, "' is not an id."));
    ids.push_back(id);
  }
  std::cout << tokenizer.decode(ids, false) << std::endl;
}

}  // namespace

void add_tokenize(CLI::App& app, Common& common) {
  auto* command = app.add_subcommand("tokenize", "Text to token ids and back");
  auto o = std::make_shared<Options>();
  add_common(*command, common, false);
  command->add_option("--tokenizer", o->folder, "folder with tokenizer.json, or vocab.json and merges.txt")->required();
  o->text_option = command->add_option("text", o->text, "the text (or ids with --decode); stdin without it");
  command->add_flag("--decode", o->decode, "ids to text");
  command->add_flag("--reference-tokens", o->reference_tokens, "text that spells a control token becomes that token");
  command->add_flag("--jsonl", o->lines, "a JSON string a line in, an array of ids a line out");
  command->callback([&common, o] {
    const Tokenizer tokenizer = Tokenizer::load(o->folder);
    if (!o->lines && !common.json) return run_plain(tokenizer, *o);
    if (!o->lines) return print_json(run_one(tokenizer, *o, o->decode ? parse_json(o->text, "ids") : Json(o->text)));
    std::string line;
    for (int64_t number = 1; std::getline(std::cin, line); ++number)
      print_json(run_one(tokenizer, *o, parse_json(line, cat("line ", number))));
  });
}

}  // namespace b3o::cli
