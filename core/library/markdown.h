// The small part of Markdown that answers are shown in: headings, lists, code, bold, italics. Everything else stays the
// text it is; links become their words with the address behind them. There is no markup that does something.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace b3o {

struct MarkdownSpan {
  std::string text;
  bool bold = false, italic = false, code = false;
  bool operator==(const MarkdownSpan&) const = default;
};

struct MarkdownBlock {
  enum class Kind { paragraph, heading, item, code };
  Kind kind = Kind::paragraph;
  int level = 0;                    // heading: 1 to 6; item: depth from 0
  std::string marker;               // item: "•" or "3."; code: the language's name
  std::vector<MarkdownSpan> spans;  // code: one, with its line breaks
  size_t begin = 0;                 // in the source; text that is appended changes only the last block
  bool operator==(const MarkdownBlock&) const = default;
};

std::vector<MarkdownBlock> parse_markdown(std::string_view source);
// The spans' text without markup.
std::string plain_text(const MarkdownBlock& block);

}  // namespace b3o
