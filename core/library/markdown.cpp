#include "core/library/markdown.h"

#include <algorithm>
#include <cstdint>

namespace b3o {
namespace {

constexpr int kDeepestItem = 4;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

size_t count_of(std::string_view text, char c) { return std::min(text.find_first_not_of(c), text.size()); }

class Inline {
 public:
  explicit Inline(std::string_view text) : text_(text) {}

  std::vector<MarkdownSpan> take() {
    size_t at = 0;
    while (at < text_.size()) at = step(at);
    flush();
    return std::move(spans_);
  }

 private:
  size_t step(size_t at) {
    const char c = text_[at];
    if (c == '\\' && at + 1 < text_.size() &&
        std::string_view("\\`*_[]#").find(text_[at + 1]) != std::string_view::npos) {
      run_ += text_[at + 1];
      return at + 2;
    }
    if (c == '`') return code(at);
    if (c == '*' || c == '_') return emphasis(at);
    if (c == '[') return link(at);
    run_ += c;
    return at + 1;
  }

  size_t code(size_t at) {
    const size_t ticks = count_of(text_.substr(at), '`');
    const std::string fence(ticks, '`');
    const size_t end = no_more_ticks_ ? text_.npos : text_.find(fence, at + ticks);
    if (end == text_.npos) {
      no_more_ticks_ = ticks == 1;
      run_ += fence;
      return at + ticks;
    }
    flush();
    spans_.push_back({std::string(text_.substr(at + ticks, end - at - ticks)), bold_, italic_, true});
    return end + ticks;
  }

  // A mark opens when a letter follows and one of its kind closes it later; it closes when something stands before it.
  size_t emphasis(size_t at) {
    const char mark = text_[at];
    if (at >= run_end_) run_end_ = at + count_of(text_.substr(at), mark);
    const size_t run = run_end_ - at, size = std::min<size_t>(run, 2);
    bool& on = size == 2 ? bold_ : italic_;
    char& opener = size == 2 ? bold_mark_ : italic_mark_;
    const char before = at == 0 ? ' ' : text_[at - 1];
    const char after = at + run < text_.size() ? text_[at + run] : ' ';
    const bool inside_word = mark == '_' && is_word(before) && is_word(after);
    const bool closes = on && opener == mark && !is_space(before) && !inside_word;
    const bool opens = !on && !is_space(after) && !inside_word && has_closer(at + run, mark, size);
    if (!closes && !opens) {
      run_.append(size, mark);
      return at + size;
    }
    flush();
    on = opens;
    opener = mark;
    return at + size;
  }

  bool has_closer(size_t from, char mark, size_t size) {
    size_t& none_from = no_closer_[mark == '*'][size - 1];
    if (from >= none_from) return false;
    const std::string wanted(size, mark);
    for (size_t at = text_.find(wanted, from); at != text_.npos;) {
      const size_t run = count_of(text_.substr(at), mark);
      if ((run == size || run >= 3) && at > from && !is_space(text_[at - 1])) return true;
      at = text_.find(wanted, at + run);
    }
    none_from = from;
    return false;
  }

  // [words](address) -> words (address)
  size_t link(size_t at) {
    constexpr size_t most = 2000;
    const std::string_view near = text_.substr(at, most);
    const size_t close = near.find("](");
    const size_t end = close == near.npos ? near.npos : near.find(')', close);
    if (end == near.npos || near.substr(0, end).find('\n') != near.npos || near.find('[', 1) < close) {
      run_ += '[';
      return at + 1;
    }
    const std::string_view words = near.substr(1, close - 1), address = near.substr(close + 2, end - close - 2);
    run_ += words;
    if (words != address) run_.append(words.empty() ? "" : " ").append("(").append(address).append(")");
    return at + end + 1;
  }

  void flush() {
    if (!run_.empty()) spans_.push_back({std::move(run_), bold_, italic_, false});
    run_.clear();
  }

  std::string_view text_;
  std::string run_;
  std::vector<MarkdownSpan> spans_;
  bool bold_ = false, italic_ = false, no_more_ticks_ = false;
  char bold_mark_ = 0, italic_mark_ = 0;
  size_t run_end_ = 0;  // of the marks that stand together here
  // From here on nothing closes a mark: [is a star][length - 1].
  size_t no_closer_[2][2] = {{SIZE_MAX, SIZE_MAX}, {SIZE_MAX, SIZE_MAX}};
};

struct Line {
  size_t begin, end;  // without the line break
  std::string_view text;
};

Line line_at(std::string_view source, size_t at) {
  const size_t end = std::min(source.find('\n', at), source.size());
  return {at, end, source.substr(at, end - at)};
}

// The text behind the marker of a list, if there is one.
bool is_item(std::string_view line, MarkdownBlock& block, std::string_view& rest) {
  const size_t indent = count_of(line, ' ');
  std::string_view text = line.substr(indent);
  if (text.size() >= 2 && (text[0] == '-' || text[0] == '*' || text[0] == '+') && text[1] == ' ') {
    block.marker = "•";
    rest = text.substr(2);
  } else {
    size_t digits = 0;
    while (digits < text.size() && digits < 9 && is_digit(text[digits])) ++digits;
    const bool point = digits > 0 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')');
    if (!point || text[digits + 1] != ' ') return false;
    block.marker = std::string(text.substr(0, digits)) + ".";
    rest = text.substr(digits + 2);
  }
  block.kind = MarkdownBlock::Kind::item;
  block.level = std::min(int(indent / 2), kDeepestItem);
  return true;
}

bool is_heading(std::string_view line, MarkdownBlock& block, std::string_view& rest) {
  const size_t marks = count_of(line, '#');
  if (marks == 0 || marks > 6 || marks >= line.size() || line[marks] != ' ') return false;
  block.kind = MarkdownBlock::Kind::heading;
  block.level = int(marks);
  rest = trimmed(line.substr(marks));
  return true;
}

bool is_fence(std::string_view line) { return line.substr(count_of(line, ' ')).starts_with("```"); }

bool starts_block(std::string_view line) {
  MarkdownBlock block;
  std::string_view rest;
  return trimmed(line).empty() || is_fence(line) || is_heading(line, block, rest) || is_item(line, block, rest);
}

// Reads the lines of a code block from behind its fence; an open one goes to the end. Returns where it ends.
size_t read_code(std::string_view source, size_t at, MarkdownBlock& block) {
  std::string code;
  while (at < source.size()) {
    const Line line = line_at(source, at);
    at = line.end + 1;
    if (is_fence(line.text)) break;
    code.append(line.text).append("\n");
  }
  if (!code.empty()) code.pop_back();
  block.spans.push_back({std::move(code), false, false, true});
  return at;
}

}  // namespace

std::vector<MarkdownBlock> parse_markdown(std::string_view source) {
  std::vector<MarkdownBlock> blocks;
  for (size_t at = 0; at < source.size();) {
    const Line first = line_at(source, at);
    at = first.end + 1;
    if (trimmed(first.text).empty()) continue;
    MarkdownBlock block;
    block.begin = first.begin;
    std::string_view rest;
    if (is_fence(first.text)) {
      block.kind = MarkdownBlock::Kind::code;
      block.marker = trimmed(first.text.substr(first.text.find("```") + 3));
      at = read_code(source, at, block);
    } else if (is_heading(first.text, block, rest)) {
      block.spans = Inline(rest).take();
    } else {
      std::string text(is_item(first.text, block, rest) ? rest : first.text);
      while (at < source.size()) {
        const Line next = line_at(source, at);
        if (starts_block(next.text)) break;
        text.append("\n").append(block.kind == MarkdownBlock::Kind::item ? trimmed(next.text) : next.text);
        at = next.end + 1;
      }
      block.spans = Inline(text).take();
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

std::string plain_text(const MarkdownBlock& block) {
  std::string text;
  for (const auto& span : block.spans) text += span.text;
  return text;
}

}  // namespace b3o
