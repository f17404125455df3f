// Every case of tokenizer-cases.json, with the real vocabulary.
#include <set>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const Json& goldens() {
  static const Json json = golden_json("understanding/tokenizer-cases.json");
  return json;
}

// True when the reference turned a part of the text into an added token.
bool has_added_token(const Ids& ids) {
  for (const int64_t id : ids)
    if (id >= 151643) return true;
  return false;
}

void every_text_gets_the_ids_of_the_reference_in_the_reference_mode() {
  for (const Json& item : goldens().at("encode")) {
    const std::string text = item.at("text").get<std::string>();
    check_equal(qwen_tokenizer().encode(text, true), ids_of(item.at("ids")), "ids of " + Json(text).dump());
  }
}

void user_text_gets_the_ids_of_the_reference_unless_it_spells_an_added_token() {
  int compared = 0, spelled = 0;
  for (const Json& item : goldens().at("encode")) {
    const std::string text = item.at("text").get<std::string>();
    const Ids wanted = ids_of(item.at("ids")), got = qwen_tokenizer().encode(text, false);
    if (has_added_token(wanted)) {
      check(!has_added_token(got), "user text " + Json(text).dump() + " holds no added token");
      check(got != wanted, "the ids of " + Json(text).dump() + " differ");
      ++spelled;
    } else {
      check_equal(got, wanted, "ids of " + Json(text).dump());
      ++compared;
    }
  }
  check(compared > 340, "most cases spell no added token");
  check(spelled > 20, "some cases spell one");
}

void text_in_normal_form_survives_encoding_and_decoding() {
  for (const Json& item : goldens().at("encode")) {
    const Ids ids = ids_of(item.at("ids"));
    const std::string text = qwen_tokenizer().decode(ids, false);
    check_equal(qwen_tokenizer().encode(text, true), ids, "ids of " + Json(text).dump());
  }
}

void every_list_of_ids_decodes_to_the_text_of_the_reference() {
  for (const Json& item : goldens().at("decode")) {
    const Ids ids = ids_of(item.at("ids"));
    check_equal(qwen_tokenizer().decode(ids, false), item.at("text").get<std::string>(), item.at("ids").dump());
    check_equal(qwen_tokenizer().decode(ids, true), item.at("text_skip_special").get<std::string>(),
                item.at("ids").dump() + " without special tokens");
  }
}

// The text that is out after each id: the reference's prefix without the U+FFFD of an unfinished character.
void streams_show_every_finished_character_at_once() {
  for (const Json& item : goldens().at("stream")) {
    StreamDecoder stream(qwen_tokenizer(), true);
    std::string out, raw;
    const Ids ids = ids_of(item.at("ids"));
    for (size_t k = 0; k < ids.size(); ++k) {
      out += stream.push(ids[k]);
      raw += qwen_tokenizer().bytes(ids[k], true);
      std::string wanted = item.at("prefix_texts")[k].get<std::string>();
      if (complete_utf8_prefix(raw) < raw.size()) wanted.resize(wanted.size() - 3);
      check_equal(out, wanted, "text after " + shown(k + 1) + " ids");
    }
    check_equal(out + stream.finish(), item.at("prefix_texts").back().get<std::string>(), "whole text");
  }
}

void a_stream_equals_decoding_at_once() {
  for (const char* kind : {"encode", "decode", "stream"})
    for (const Json& item : goldens().at(kind))
      for (const bool skip_special : {false, true}) {
        const Ids ids = ids_of(item.at("ids"));
        StreamDecoder stream(qwen_tokenizer(), skip_special);
        std::string out;
        for (const int64_t id : ids) {
          out += stream.push(id);
          check(is_valid_utf8(out), "every chunk ends on a character");
        }
        check_equal(out + stream.finish(), qwen_tokenizer().decode(ids, skip_special), item.at("ids").dump());
      }
}

// A fixed sequence of arbitrary ids, with many tokens that are parts of characters.
void a_stream_of_arbitrary_ids_equals_decoding_at_once() {
  uint64_t state = 1;
  for (int round = 0; round < 200; ++round) {
    Ids ids;
    for (int k = 0; k < 30; ++k) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      ids.push_back(int64_t(state >> 33) % (k % 2 ? 256 : 151936));
    }
    StreamDecoder stream(qwen_tokenizer(), true);
    std::string out;
    for (const int64_t id : ids) out += stream.push(id);
    check_equal(out + stream.finish(), qwen_tokenizer().decode(ids, true), "text");
  }
}

void ids_without_an_embedding_row_are_refused() {
  for (const int64_t id : {int64_t(-1), int64_t(151936), int64_t(1) << 40}) {
    const std::string message = message_of<RequestError>([&] { qwen_tokenizer().decode(Ids{id}, false); });
    check_contains(message, std::to_string(id));
    check_contains(message, "151936");
  }
  check_equal(qwen_tokenizer().decode(Ids{151935}, false), std::string(), "text of a row without token");
}

void check_values_of_the_specification_hold() {
  const std::pair<const char*, Ids> rows[] = {
      {"Hello world", {9707, 1879}},
      {" Hello world", {21927, 1879}},
      {"hello", {14990}},
      {"Hello, world!", {9707, 11, 1879, 0}},
      {"3333", {18, 18, 18, 18}},
      {"\n", {198}},
      {"\n\n", {271}},
      {"\t\n", {1572}},
      {"你好", {108386}},
      {" (", {320}},
      {"user\n\nHi", {872, 271, 13048}},
      {"system\nYou are a helpful assistant.", {8948, 198, 2610, 525, 264, 10950, 17847, 13}},
      {"user\n", {872, 198}},
      {"assistant\n", {77091, 198}},
  };
  for (const auto& [text, ids] : rows) check_equal(qwen_tokenizer().encode(text, false), ids, text);
}

const Cases cases = {
    CASE(every_text_gets_the_ids_of_the_reference_in_the_reference_mode),
    CASE(user_text_gets_the_ids_of_the_reference_unless_it_spells_an_added_token),
    CASE(text_in_normal_form_survives_encoding_and_decoding),
    CASE(every_list_of_ids_decodes_to_the_text_of_the_reference),
    CASE(streams_show_every_finished_character_at_once),
    CASE(a_stream_equals_decoding_at_once),
    CASE(a_stream_of_arbitrary_ids_equals_decoding_at_once),
    CASE(ids_without_an_embedding_row_are_refused),
    CASE(check_values_of_the_specification_hold),
};

}  // namespace
