#include "core/api/picture_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <span>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/image/codec.h"

namespace b3o {
namespace {

constexpr size_t kMaxRecipeFile = size_t(256) << 20;

// IPTC's way to say that a model made the whole picture, or changed a real one.
std::string xmp_packet(bool composite) {
  const std::string kind = composite ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia";
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
         "<rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" "
         "Iptc4xmpExt:DigitalSourceType=\"http://cv.iptc.org/newscodes/digitalsourcetype/" +
         kind + "\"/></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t left = std::min<size_t>(3, bytes.size() - i);
    uint32_t three = 0;
    for (size_t k = 0; k < 3; ++k) three = three << 8 | (k < left ? uint8_t(bytes[i + k]) : 0u);
    for (size_t k = 0; k < 4; ++k) out += k <= left ? kBase64[three >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

// Empty when the text is not base64.
std::string from_base64(std::string_view text) {
  int8_t value[256];
  std::memset(value, -1, sizeof value);
  for (int i = 0; i < 64; ++i) value[uint8_t(kBase64[i])] = int8_t(i);
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    if (value[uint8_t(c)] < 0) return {};
    bits = bits << 6 | uint32_t(value[uint8_t(c)]);
    have += 6;
    if (have >= 8) out += char(bits >> (have -= 8));
  }
  return out;
}

static_assert(std::endian::native == std::endian::little, "floats are written as they lie in memory");

std::string to_json(const PictureTokens& tokens) {
  Json j;
  j["format"] = 1;
  j["count"] = tokens.count;
  j["width"] = tokens.width;
  j["type"] = "float32";
  j["data"] = to_base64({reinterpret_cast<const char*>(tokens.values.data()), tokens.values.size() * sizeof(float)});
  return j.dump();
}

PictureTokens tokens_from_json(const std::string& text, const std::string& where) {
  const Json json = parse_json(text, where);
  const Fields fields(json, where);
  PictureTokens tokens;
  tokens.count = int(fields.integer_in("count", 1, 1 << 16));
  tokens.width = int(fields.integer_in("width", 1, 1 << 16));
  if (const std::string type = fields.string("type"); type != "float32")
    throw LoadError(cat(where, ": the tokens are of type '", type, "', expected 'float32'"));
  const std::string bytes = from_base64(fields.string("data"));
  const size_t wanted = size_t(tokens.count) * size_t(tokens.width) * sizeof(float);
  if (bytes.size() != wanted)
    throw LoadError(cat(where, ": the tokens have ", bytes.size(), " bytes, expected ", wanted, " for ", tokens.count,
                        " tokens of ", tokens.width, " values"));
  tokens.values.resize(wanted / sizeof(float));
  std::memcpy(tokens.values.data(), bytes.data(), wanted);
  for (const float v : tokens.values)
    if (!std::isfinite(v)) throw LoadError(where + ": the tokens hold a value that is no finite number");
  return tokens;
}

bool is_png(std::string_view bytes) { return bytes.starts_with("\x89PNG\r\n\x1a\n"); }

std::optional<std::string> text_in_png(std::string_view bytes, std::string_view keyword) {
  if (!is_png(bytes)) return std::nullopt;
  for (auto& text : read_png_texts(std::as_bytes(std::span(bytes.data(), bytes.size()))))
    if (text.keyword == keyword) return std::move(text.text);
  return std::nullopt;
}

}  // namespace

std::string picture_file_bytes(const Image& image, const Recipe& recipe, const PictureTokens& tokens) {
  std::vector<PngText> texts = {{"parameters", to_parameters_text(recipe)},
                                {kRecipeKeyword, to_json(recipe)},
                                {"XML:com.adobe.xmp", xmp_packet(recipe.task == "edit")}};
  if (!tokens.values.empty()) texts.push_back({kTokensKeyword, to_json(tokens)});
  return encode_png(image, texts);
}

void write_picture_file(const std::filesystem::path& file, const Image& image, const Recipe& recipe) {
  write_file(file, picture_file_bytes(image, recipe));
}

std::optional<Recipe> recipe_in_png(std::string_view bytes, const std::string& where) {
  const auto text = text_in_png(bytes, kRecipeKeyword);
  return text ? std::optional(recipe_from_json(*text, where)) : std::nullopt;
}

std::optional<PictureTokens> tokens_in_png(std::string_view bytes, const std::string& where) {
  const auto text = text_in_png(bytes, kTokensKeyword);
  return text ? std::optional(tokens_from_json(*text, where)) : std::nullopt;
}

Recipe read_recipe(const std::filesystem::path& file) {
  const std::string bytes = read_file(file, kMaxRecipeFile);
  if (!is_png(bytes)) return recipe_from_json(bytes, file.string());
  if (auto recipe = recipe_in_png(bytes, file.string())) return *recipe;
  throw LoadError(file.string() + ": this picture holds no recipe of this program");
}

}  // namespace b3o
