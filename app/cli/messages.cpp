#include "app/cli/messages.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"

namespace b3o::cli {
namespace {

constexpr size_t kMaxMessages = 64 << 20;

// A plain path, or a file: address as the reference's tools write it.
std::filesystem::path picture_path(std::string text, const std::filesystem::path& folder) {
  if (text.starts_with("file://")) text = text.substr(7);
  if (text.find("://") != std::string::npos)
    throw LoadError(cat("'", text, "' is no local file; this program fetches nothing from the network"));
  return folder / text;
}

ChatPart part_of(const Json& json, const std::string& where, const std::filesystem::path& folder,
                 DecodeOptions decode) {
  const Fields part(json, where);
  const std::string type = part.string("type", "");
  const char* key = part.has("image") ? "image" : part.has("image_url") ? "image_url" : nullptr;
  if (type == "image" || key) {
    if (!key) throw LoadError(where + ": an image part needs the key 'image' with a path");
    return {"", std::make_shared<Image>(load_image(picture_path(part.string(key), folder), decode))};
  }
  if (type == "video" || part.has("video")) throw LoadError(where + ": videos are not supported");
  return {part.string("text", ""), nullptr};
}

}  // namespace

std::vector<ChatMessage> read_messages(const std::filesystem::path& file, DecodeOptions decode) {
  const Json json = parse_json(read_file(file, kMaxMessages), file.string());
  if (!json.is_array()) throw LoadError(file.string() + ": expected a list of messages");
  std::vector<ChatMessage> out;
  for (const auto& item : json) {
    const std::string where = cat(file.string(), ": message ", out.size() + 1);
    const Fields fields(item, where);
    ChatMessage message{fields.string("role"), {}};
    const Json& content = fields.raw("content");
    if (content.is_string())
      message.parts.push_back({content.get<std::string>(), nullptr});
    else if (content.is_array())
      for (const auto& part : content) message.parts.push_back(part_of(part, where, file.parent_path(), decode));
    else
      throw LoadError(where + ": key 'content' is neither a text nor a list of parts");
    out.push_back(std::move(message));
  }
  return out;
}

}  // namespace b3o::cli
