#include <algorithm>

#include "core/base/error.h"
#include "core/world/assembly.h"
#include "core/world/reader.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

constexpr const char* kExamples =
    "Try: make the star blue, add a red fish on the left, remove the house, or make it night.";

std::optional<EditKind> kind_of(const Lexed& lex, const Assembly& read) {
  const auto has = [&](Kind kind) {
    return std::any_of(lex.tokens.begin(), lex.tokens.end(), [&](const Token& t) { return t.kind == kind; });
  };
  const auto says = [&](const char* text) {
    return std::any_of(lex.tokens.begin(), lex.tokens.end(), [&](const Token& t) { return t.text == text; });
  };
  const auto& things = read.said.mentions;
  if (has(Kind::remove)) return EditKind::remove;
  if (has(Kind::replace) || (says("into") && things.size() == 2)) return EditKind::replace;
  if (has(Kind::bigger) || has(Kind::smaller)) return EditKind::resize;
  if (has(Kind::add)) return EditKind::add;
  if (has(Kind::background) || (things.empty() && has(Kind::it) && (read.said.bg || read.loose_color)))
    return EditKind::background;
  if (has(Kind::move)) return EditKind::move;
  if (things.empty()) return read.said.bg ? std::optional(EditKind::background) : std::nullopt;
  if (!read.definite[0]) return EditKind::add;
  if (read.trailing_texture) return EditKind::texture;
  if (read.trailing_color) return EditKind::recolor;
  if (things[0].place || !read.said.links.empty()) return EditKind::move;
  return std::nullopt;
}

std::string fault(EditKind kind, const Lexed& lex, const Assembly& read, Level level) {
  const auto& things = read.said.mentions;
  switch (kind) {
    case EditKind::background: {
      const bool white = std::any_of(lex.tokens.begin(), lex.tokens.end(),
                                     [](const Token& t) { return t.kind == Kind::col && Col(t.value) == Col::white; });
      return read.said.bg || white ? "" : "Say which background you want.";
    }
    case EditKind::texture:
      return level == Level::L ? "" : "I do not know textures.";
    case EditKind::replace:
      return things.size() == 2 ? "" : "Say what to replace, and with what.";
    case EditKind::move:
      if (things.empty()) return "Say what to move.";
      return things[0].place || !read.said.links.empty() ? "" : "Say where to move it.";
    default:
      return things.empty() ? "Say which thing you mean." : "";
  }
}

}  // namespace

EditReading parse_edit(const std::string& text, Level level) {
  EditReading out;
  if (text.size() > kLongestText) {
    out.problem = cat("The instruction has ", text.size(), " bytes, at most ", kLongestText, " are read. ", kExamples);
    return out;
  }
  const Lexed lex = lexed(text);
  const Assembly read = assembled(lex);
  const auto on_white = [&](const Token& t) {
    return t.kind == Kind::col && Col(t.value) == Col::white && read.said.mentions.empty();
  };
  for (const Token& t : lex.tokens)
    if (beyond(level, t) && !on_white(t)) out.unknown.push_back(t.text);
  out.kind = kind_of(lex, read);
  if (!out.unknown.empty()) {
    out.problem = "I do not know \"" + out.unknown[0] + "\". " + kExamples;
  } else if (!out.kind) {
    out.problem = std::string("I do not see what to change. ") + kExamples;
  } else if (const std::string wrong = fault(*out.kind, lex, read, level); !wrong.empty()) {
    out.problem = wrong + " " + kExamples;
  }
  return out;
}

}  // namespace b3o::world
