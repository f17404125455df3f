// Between the core's pictures and Qt's, and between files and both. Everything here may run on any thread.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/api/picture_file.h"
#include "core/image/image.h"

namespace b3o {

using SharedImage = std::shared_ptr<const Image>;

std::filesystem::path toPath(const QString& path);
QString fromPath(const std::filesystem::path& path);

// Shares the pixels. Null for a missing or empty image.
QImage toQImage(const SharedImage& image);
// What is transparent is laid over white, as the core's own reader does it.
Image toImage(const QImage& image);
// Fits into side x side, never enlarged.
QImage thumbnailOf(const QImage& image, int side);

// A picture a user brought. Either image and thumbnail are set or error is a sentence.
struct BroughtPicture {
  SharedImage image;
  QImage thumbnail;
  QString error;
};
BroughtPicture readPicture(const QString& path);
BroughtPicture decodePicture(const QByteArray& bytes, const QString& name);
BroughtPicture adoptPicture(const QImage& image);

// PNG bytes with the recipe inside. Throws Error.
QByteArray toPng(const Image& image, const Recipe& recipe);
std::string pngOf(const Image& image, const std::optional<Recipe>& recipe);  // the same; bare where there is none
// The file is either the old one or the whole new one. Empty when it worked, else a sentence.
QString savePng(const QString& path, const Image& image, const Recipe& recipe, const PictureTokens& tokens = {});
QString saveBarePng(const QString& path, const Image& image);  // without any text

}  // namespace b3o
