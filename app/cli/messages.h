// Conversations in the message list form of Hugging Face: [{role, content}], content a text or a list of parts
// {type: image, image: PATH} and {type: text, text}.
#pragma once

#include <filesystem>
#include <vector>

#include "core/api/request.h"
#include "core/image/codec.h"

namespace b3o::cli {

// Picture paths are relative to the file's folder. LoadError names the message that is wrong.
std::vector<ChatMessage> read_messages(const std::filesystem::path& file, DecodeOptions decode);

}  // namespace b3o::cli
