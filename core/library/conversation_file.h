// A conversation out of the program and back: JSON with everything in it, Markdown beside its pictures, one HTML page.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/library/conversation.h"

namespace b3o {

// The PNG of a picture; may throw what reading it throws.
using PictureBytes = std::function<std::string(const TalkPicture&)>;
// The place of a picture's file as the written text names it.
using PictureLink = std::function<std::string(const TalkPicture&)>;

struct TalkFile {
  std::string title;
  Talk talk;                                // pictures without a file
  std::map<int64_t, std::string> pictures;  // PNG by TalkPicture::id
};
// Every branch. Reading it gives an equal conversation; LoadError for anything that is no such file.
std::string to_talk_file(const Talk& talk, const std::string& title, const PictureBytes& bytes);
TalkFile talk_file_from(std::string_view text, const std::string& where);

// Who speaks, in the user's language.
struct SpeakerNames {
  std::string user = "You", model = "Model";
};
// The branch that is shown. What people and models wrote stays text: tags are escaped, answers keep their Markdown.
std::string to_markdown(const Talk& talk, const std::string& title, const SpeakerNames& names, const PictureLink& link);
std::string to_html(const Talk& talk, const std::string& title, const SpeakerNames& names, const PictureLink& link);
// "data:image/png;base64,..."
std::string data_link(std::string_view png);

}  // namespace b3o
