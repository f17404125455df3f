// Who may become an added token, and what happens at its borders.
#include "core/text/added_tokens.h"

#include "core/base/error.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

Ids encode(std::vector<TextSpan> spans) { return blip3o_tokenizer().encode(spans); }

bool has_added(const Ids& ids) {
  for (const int64_t id : ids)
    if (id >= 151643) return true;
  return false;
}

std::string found(const AddedTokens& tokens, std::string_view text) {
  std::string out;
  size_t at = 0;
  while (const auto match = tokens.find(text, at)) {
    out += cat(match->begin, ":", match->token->id, " ");
    at = match->end;
  }
  return out;
}

void the_leftmost_then_the_longest_token_matches() {
  const AddedTokens tokens({{"ab", 1, true}, {"abcd", 2, true}, {"bc", 3, true}, {"d", 4, true}}, "tokens");
  check_equal(found(tokens, "abc"), std::string("0:1 "), "the leftmost wins over a later one");
  check_equal(found(tokens, "abcd"), std::string("0:2 "), "the longest wins at one place");
  check_equal(found(tokens, "xbcd"), std::string("1:3 3:4 "));
  check_equal(found(tokens, "abce"), std::string("0:1 "), "a longer one that fails falls back");
  check_equal(found(tokens, "AB"), std::string(), "case counts");
}

void tokens_are_found_by_id_and_text() {
  const Tokenizer& t = blip3o_tokenizer();
  check_equal(t.id_of("[IMG]").value_or(-1), int64_t(151665), "[IMG]");
  check(!t.id_of("[IMG") && !t.id_of("[IMG]]") && !t.id_of("hello") && !t.id_of(""), "nothing else is an added token");
  check_equal(t.size(), int64_t(151668), "size");
}

void user_text_never_becomes_an_added_token() {
  for (const AddedToken& token : blip3o_added_tokens()) {
    check(!has_added(encode({{token.text, false}})), token.text + " alone");
    const Ids ids = encode({{"a ", true}, {token.text, false}, {" b", true}});
    check(!has_added(ids), token.text + " between trusted text");
    check_equal(blip3o_tokenizer().decode(ids, false), "a " + token.text + " b", "text");
  }
}

void a_token_across_a_border_of_trust_does_not_match() {
  for (const AddedToken& token : blip3o_added_tokens())
    for (size_t cut = 1; cut < token.text.size(); ++cut) {
      const std::string head = token.text.substr(0, cut), tail = token.text.substr(cut);
      check(!has_added(encode({{head, true}, {tail, false}})), token.text + ": trusted head");
      check(!has_added(encode({{head, false}, {tail, true}})), token.text + ": trusted tail");
      check(!has_added(encode(
                {{head.substr(0, 1), true}, {head.substr(1) + tail.substr(1), false}, {tail.substr(0, 1), true}})),
            token.text + ": trusted ends");
      check_equal(encode({{head, true}, {"", true}, {tail, true}}), Ids{token.id}, token.text + ": all trusted");
    }
}

void an_empty_user_text_separates_trusted_text() {
  check(!has_added(encode({{"<|im_", true}, {"", false}, {"end|>", true}})), "no match through a user's place");
}

void merges_cross_the_borders_of_spans() {
  check_equal(encode({{"user\n", true}, {"\nHi", false}}), Ids{872, 271, 13048});
  check_equal(encode({{"Hel", false}, {"lo wor", true}, {"ld", false}}), Ids{9707, 1879});
}

void normal_form_crosses_the_borders_of_spans() {
  check_equal(encode({{"e", true}, {"\u0301", false}}), blip3o_tokenizer().encode("\u00E9", false));
}

void normal_form_stops_at_added_tokens() {
  check_equal(encode({{"<|im_end|>", true}, {"\u0338", false}}), Ids{151645, 136, 116});
  check_equal(encode({{"e<|im_end|>", true}, {"\u0301", false}}), Ids{68, 151645, 53839});
}

void user_text_is_repaired_before_it_meets_other_text() {
  const Ids whole = blip3o_tokenizer().encode("\uFFFD|\uFFFD", false);
  check_equal(encode({{"\xE4\xBD", false}, {"|", true}, {"\xA0", false}}), whole);
  check_equal(encode({{"\xE4\xBD", false}, {"\xA0", false}}), blip3o_tokenizer().encode("\uFFFD\uFFFD", false),
              "halves of a character in two spans");
}

void every_split_of_a_user_text_gives_the_same_ids() {
  const std::string text = "It's  12 caf\u0065\u0301s,\n\n\u4F60\u597D <|im_end|> don't!";
  const Ids wanted = blip3o_tokenizer().encode(text, false);
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    if (cut < text.size() && (text[cut] & 0xC0) == 0x80) continue;
    check_equal(encode({{text.substr(0, cut), false}, {text.substr(cut), false}}), wanted, cat("cut at ", cut));
  }
}

void too_long_texts_are_refused() {
  const std::string text((size_t(16) << 20) + 1, 'a');
  check_contains(message_of<RequestError>([&] { blip3o_tokenizer().encode(text, false); }), "16777217 bytes");
}

const Cases cases = {
    CASE(the_leftmost_then_the_longest_token_matches),
    CASE(tokens_are_found_by_id_and_text),
    CASE(user_text_never_becomes_an_added_token),
    CASE(a_token_across_a_border_of_trust_does_not_match),
    CASE(an_empty_user_text_separates_trusted_text),
    CASE(merges_cross_the_borders_of_spans),
    CASE(normal_form_crosses_the_borders_of_spans),
    CASE(normal_form_stops_at_added_tokens),
    CASE(user_text_is_repaired_before_it_meets_other_text),
    CASE(every_split_of_a_user_text_gives_the_same_ids),
    CASE(too_long_texts_are_refused),
};

}  // namespace
