// Answers as blocks and spans.
#include "core/library/markdown.h"

#include <ctime>

#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

using Kind = MarkdownBlock::Kind;

// "<b>bold</b> <i>x</i> <c>code</c>"
std::string marked(const MarkdownBlock& block) {
  std::string out;
  for (const auto& s : block.spans) {
    std::string text = s.text;
    if (s.code) text = "<c>" + text + "</c>";
    if (s.italic) text = "<i>" + text + "</i>";
    if (s.bold) text = "<b>" + text + "</b>";
    out += text;
  }
  return out;
}

std::string marked(const char* text) { return marked(parse_markdown(text).at(0)); }

void marks_become_spans() {
  check_equal(marked("a **bold** and *thin* `code` word"), "a <b>bold</b> and <i>thin</i> <c>code</c> word");
  check_equal(marked("__bold__ _thin_ ***both***"), "<b>bold</b> <i>thin</i> <b><i>both</i></b>");
  check_equal(marked("``a `tick` b``"), "<c>a `tick` b</c>");
  check_equal(marked("`**not bold**`"), "<c>**not bold**</c>");
}

void what_is_no_mark_stays_text() {
  for (const char* text :
       {"2 * 3 * 4", "snake_case_name", "a ** b", "**open", "`open", "<b>x</b> &amp;", "[x]", "[a](b"})
    check_equal(marked(text), std::string(text));
  check_equal(marked("\\*stars\\*"), "*stars*");
}

void links_show_where_they_go() {
  check_equal(marked("see [the page](https://example.org/?a=b) now"), "see the page (https://example.org/?a=b) now");
  check_equal(marked("[https://a.b](https://a.b)"), "https://a.b");
}

void lines_become_blocks() {
  const auto b = parse_markdown(
      "# Title\n\nFirst line\nsecond line\n\n- one\n  - two\n3. three\n```cpp\nint a;\n\nint b;\n```\nend");
  check_equal(b.size(), size_t(7));
  check(b[0].kind == Kind::heading && b[0].level == 1 && plain_text(b[0]) == "Title", "heading");
  check(b[1].kind == Kind::paragraph && plain_text(b[1]) == "First line\nsecond line", "paragraph");
  check(b[2].kind == Kind::item && b[2].level == 0 && b[2].marker == "•", "item");
  check(b[3].kind == Kind::item && b[3].level == 1 && plain_text(b[3]) == "two", "deeper item");
  check(b[4].kind == Kind::item && b[4].marker == "3.", "numbered item");
  check(b[5].kind == Kind::code && b[5].marker == "cpp" && plain_text(b[5]) == "int a;\n\nint b;", "code");
  check(b[6].kind == Kind::paragraph && plain_text(b[6]) == "end", "text behind");
}

void an_open_code_block_goes_to_the_end() {
  const auto b = parse_markdown("```\nx = 1\n# no heading");
  check_equal(b.size(), size_t(1));
  check_equal(plain_text(b[0]), "x = 1\n# no heading");
}

// What streaming relies on.
void parsing_again_from_the_last_block_gives_the_same() {
  const std::string text =
      "# A\nsome **bold\ntext** here\n\n- one\n- two `x`\n  more\n\n```py\nprint('```')\n```\n1. a\n2) b\n\nlast "
      "*word* here";
  std::vector<MarkdownBlock> grown;
  for (size_t end = 1; end <= text.size(); ++end) {
    const size_t from = grown.empty() ? 0 : grown.back().begin;
    if (!grown.empty()) grown.pop_back();
    for (auto block : parse_markdown(std::string_view(text).substr(from, end - from))) {
      block.begin += from;
      grown.push_back(std::move(block));
    }
    check(grown == parse_markdown(std::string_view(text).substr(0, end)), "after " + std::to_string(end) + " bytes");
  }
}

void hostile_marks_take_no_time() {
  for (const char* piece : {"*", "_ ", "**a ", "`", "[", "![", "](", "- ", "#", "`a`` "}) {
    std::string text;
    while (text.size() < 300'000) text += piece;
    const std::clock_t start = std::clock();
    check(!parse_markdown(text).empty(), piece);
    check(std::clock() - start < 10 * CLOCKS_PER_SEC, std::string(piece) + " takes ten seconds");
  }
}

const Cases cases = {CASE(marks_become_spans),
                     CASE(what_is_no_mark_stays_text),
                     CASE(links_show_where_they_go),
                     CASE(lines_become_blocks),
                     CASE(an_open_code_block_goes_to_the_end),
                     CASE(parsing_again_from_the_last_block_gives_the_same),
                     CASE(hostile_marks_take_no_time)};

}  // namespace
