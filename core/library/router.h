// Auto: whether words ask, draw or edit. Rules over words in English, German and Chinese, no model: the same words
// give the same choice with every folder, at once, while they are still being typed.
#pragma once

#include <string_view>

#include "core/api/event.h"

namespace b3o {

enum class Intent { ask, draw, edit };

struct RouteInput {
  std::string_view text;     // UTF-8
  bool attached = false;     // a picture is attached to this text
  bool has_picture = false;  // there is one earlier in the conversation, drawn or brought
};

struct Route {
  // What decided.
  enum class Why {
    nothing_else,   // no rule speaks for a picture
    question,       // it asks
    ask_words,      // "describe", "tell", "count"
    draw_words,     // "draw", "a picture of"
    description,    // a thing without a verb: "a low sun over the sea"
    edit_words,     // "make the fish red"
    about_picture,  // "draw it at night", "a little darker"
    no_picture,     // it would edit, but there is no picture
    cannot_ask,     // the folder does not chat
    cannot_draw,    // the folder does not draw
    cannot_edit     // the folder does not edit
  };
  Intent intent = Intent::ask;
  Why why = Why::nothing_else;
  bool operator==(const Route&) const = default;
};

Route route(const RouteInput& input, const Capabilities& can);
// Whether the folder can do it at all.
bool can_do(Intent intent, const Capabilities& can);

}  // namespace b3o
