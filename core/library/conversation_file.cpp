#include "core/library/conversation_file.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/library/markdown.h"

namespace b3o {
namespace {

constexpr int64_t kFormat = 1;
constexpr const char* kKind = "blip3o conversation file";
constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](size_t k) { return i + k < bytes.size() ? uint32_t(uint8_t(bytes[i + k])) : 0; };
    const uint32_t bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (int k = 0; k < 4; ++k) out += size_t(k) <= bytes.size() - i ? kDigits[bits >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

std::string from_base64(std::string_view text, const std::string& where) {
  std::array<int8_t, 256> value;
  value.fill(-1);
  for (size_t i = 0; i < kDigits.size(); ++i) value[uint8_t(kDigits[i])] = int8_t(i);
  if (text.size() % 4 != 0) throw LoadError(cat(where, ": a picture is not written in base64"));
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int digit = value[uint8_t(c)];
    if (digit < 0) throw LoadError(cat(where, ": a picture is not written in base64"));
    bits = bits << 6 | uint32_t(digit);
    if ((count += 6) >= 8) out += char(bits >> (count -= 8));
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  return out;
}

// Tags lose their meaning; code, which other programs show as it is, stays.
std::string without_tags(std::string_view text) {
  std::string out;
  bool fence = false, code = false;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const bool mark = line.substr(std::min(line.find_first_not_of(' '), line.size())).starts_with("```");
    for (const char c : line) {
      if (c == '`' && !mark) code = !code;
      if (c == '<' && !fence && !code)
        out += "&lt;";
      else
        out += c;
    }
    if (mark) fence = !fence;
    code = false;
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

std::string one_line(std::string text) {
  for (char& c : text)
    if (c == '\n' || c == '\r') c = ' ';
  return text;
}

// A name between the brackets of a Markdown picture.
std::string bracket_safe(std::string text) {
  for (char& c : text)
    if (c == '[' || c == ']' || c == '\n' || c == '\r' || c == '<' || c == '\\') c = ' ';
  return text;
}

std::string html_of(const std::vector<MarkdownSpan>& spans) {
  std::string out;
  for (const auto& span : spans) {
    std::string text = escaped(span.text);
    if (span.code) text = "<code>" + text + "</code>";
    if (span.italic) text = "<i>" + text + "</i>";
    if (span.bold) text = "<b>" + text + "</b>";
    out += text;
  }
  return out;
}

std::string html_of(const MarkdownBlock& block) {
  switch (block.kind) {
    case MarkdownBlock::Kind::heading: {
      const int level = std::min(block.level + 2, 6);
      return cat("<h", level, ">", html_of(block.spans), "</h", level, ">\n");
    }
    case MarkdownBlock::Kind::item:
      return cat("<p class=\"item\" style=\"margin-left:", 20 + 20 * block.level, "px\">", escaped(block.marker), " ",
                 html_of(block.spans), "</p>\n");
    case MarkdownBlock::Kind::code:
      return cat("<pre>", escaped(plain_text(block)), "</pre>\n");
    case MarkdownBlock::Kind::paragraph:
      break;
  }
  return cat("<p>", html_of(block.spans), "</p>\n");
}

constexpr const char* kPage =
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data: 'self'; "
    "style-src 'unsafe-inline'\">\n"
    "<style>\n"
    "body { max-width: 46em; margin: 2em auto; padding: 0 1em; font: 15px/1.5 system-ui, sans-serif; "
    "color: #1b1e24; background: #f6f7f9; }\n"
    "h1 { font-size: 20px; }\n"
    "section { margin: 1.2em 0; }\n"
    "section.user { background: #fff; border-radius: 12px; padding: 8px 14px; }\n"
    "h2 { font-size: 12px; font-weight: 600; color: #5a6372; margin: 0; }\n"
    "p { white-space: pre-wrap; margin: 6px 0; }\n"
    "pre { background: #fff; border: 1px solid #d9dde5; border-radius: 8px; padding: 10px; overflow: auto; }\n"
    "img { max-width: 100%; border-radius: 8px; }\n"
    ".error { color: #b3261e; }\n"
    "</style>\n";

}  // namespace

std::string to_talk_file(const Talk& talk, const std::string& title, const PictureBytes& bytes) {
  Json j{{"format", kFormat}, {"kind", kKind}, {"title", title}};
  Json conversation = Json::parse(to_json(talk));
  Json pictures = Json::object();
  for (const int64_t id : talk.ids())
    for (const auto& picture : talk.turn(id).pictures) pictures[cat(picture.id)] = to_base64(bytes(picture));
  for (auto& turn : conversation["turns"])
    if (turn.contains("pictures"))
      for (auto& picture : turn["pictures"]) picture.erase("file");
  j["conversation"] = std::move(conversation);
  j["pictures"] = std::move(pictures);
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TalkFile talk_file_from(std::string_view text, const std::string& where) {
  const Json json = parse_json(text, where);
  const Fields fields(json, where);
  if (fields.string("kind", "") != kKind)
    throw LoadError(cat(where, ": the file holds no conversation that this program wrote"));
  if (fields.integer("format") > kFormat)
    throw LoadError(cat(where, ": the file has format ", fields.integer("format"), ", this program reads up to ",
                        kFormat, "; use a newer program"));
  TalkFile file;
  file.title = fields.string("title", "");
  file.talk = talk_from_json(fields.object("conversation").json().dump(), where);
  for (const int64_t id : file.talk.ids())
    for (auto& picture : file.talk.turn(id).pictures) picture.file.clear();  // no stranger names files of this library
  const Fields pictures = fields.object("pictures");
  for (const auto& [key, value] : pictures.json().items()) {
    int64_t id = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (error != std::errc() || end != key.data() + key.size() || !value.is_string())
      throw LoadError(cat(where, ": key 'pictures' holds something that is no picture"));
    file.pictures[id] = from_base64(value.get_ref<const std::string&>(), where);
  }
  return file;
}

std::string to_markdown(const Talk& talk, const std::string& title, const SpeakerNames& names,
                        const PictureLink& link) {
  std::string out = "# " + without_tags(one_line(title)) + "\n";
  for (const int64_t id : talk.path()) {
    const TalkTurn& turn = talk.turn(id);
    out += "\n**" + (turn.user ? names.user : names.model) + "**\n\n";
    for (const auto& picture : turn.pictures)
      out += "![" + bracket_safe(picture.name) + "](<" + link(picture) + ">)\n\n";
    if (!turn.text.empty()) out += without_tags(turn.text) + "\n";
    if (!turn.error.empty()) out += "*" + without_tags(one_line(turn.error)) + "*\n";
  }
  return out;
}

std::string to_html(const Talk& talk, const std::string& title, const SpeakerNames& names, const PictureLink& link) {
  std::string out = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n";
  out += kPage;
  out += "<title>" + escaped(title) + "</title>\n</head>\n<body>\n<h1>" + escaped(title) + "</h1>\n";
  for (const int64_t id : talk.path()) {
    const TalkTurn& turn = talk.turn(id);
    out += cat("<section class=\"", turn.user ? "user" : "model", "\">\n<h2>",
               escaped(turn.user ? names.user : names.model), "</h2>\n");
    for (const auto& picture : turn.pictures)
      out += "<p><img src=\"" + escaped(link(picture)) + "\" alt=\"" + escaped(picture.name) + "\"></p>\n";
    if (turn.user && !turn.text.empty()) out += "<p>" + escaped(turn.text) + "</p>\n";
    if (!turn.user)
      for (const auto& block : parse_markdown(turn.text)) out += html_of(block);
    if (!turn.error.empty()) out += "<p class=\"error\">" + escaped(turn.error) + "</p>\n";
    out += "</section>\n";
  }
  return out + "</body>\n</html>\n";
}

std::string data_link(std::string_view png) { return "data:image/png;base64," + to_base64(png); }

}  // namespace b3o
