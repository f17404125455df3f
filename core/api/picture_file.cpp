#include "core/api/picture_file.h"

#include <span>

#include "core/base/error.h"
#include "core/base/file.h"
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

bool is_png(std::string_view bytes) { return bytes.starts_with("\x89PNG\r\n\x1a\n"); }

}  // namespace

std::string picture_file_bytes(const Image& image, const Recipe& recipe) {
  return encode_png(image, {{"parameters", to_parameters_text(recipe)},
                            {kRecipeKeyword, to_json(recipe)},
                            {"XML:com.adobe.xmp", xmp_packet(recipe.task == "edit")}});
}

void write_picture_file(const std::filesystem::path& file, const Image& image, const Recipe& recipe) {
  write_file(file, picture_file_bytes(image, recipe));
}

std::optional<Recipe> recipe_in_png(std::string_view bytes, const std::string& where) {
  if (!is_png(bytes)) return std::nullopt;
  for (const auto& text : read_png_texts(std::as_bytes(std::span(bytes.data(), bytes.size()))))
    if (text.keyword == kRecipeKeyword) return recipe_from_json(text.text, where);
  return std::nullopt;
}

Recipe read_recipe(const std::filesystem::path& file) {
  const std::string bytes = read_file(file, kMaxRecipeFile);
  if (!is_png(bytes)) return recipe_from_json(bytes, file.string());
  if (auto recipe = recipe_in_png(bytes, file.string())) return *recipe;
  throw LoadError(file.string() + ": this picture holds no recipe of this program");
}

}  // namespace b3o
