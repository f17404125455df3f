#include "ui/bridge/picture.h"

#include <QFile>
#include <QPainter>
#include <cstring>
#include <exception>
#include <span>
#include <string>

#include "core/api/picture_file.h"
#include "core/base/file.h"
#include "core/image/codec.h"

namespace b3o {
namespace {

constexpr int kThumbnailSide = 640;  // twice the largest size a thumbnail is shown at

BroughtPicture brought(Image image) {
  BroughtPicture picture;
  picture.image = std::make_shared<const Image>(std::move(image));
  picture.thumbnail = thumbnailOf(toQImage(picture.image), kThumbnailSide);
  return picture;
}

template <class Make>
BroughtPicture guarded(Make make) {
  try {
    return brought(make());
  } catch (const std::bad_alloc&) {
    return {{}, {}, QStringLiteral("There is not enough memory for this picture.")};
  } catch (const std::exception& e) {
    return {{}, {}, QString::fromUtf8(e.what())};
  }
}

}  // namespace

std::filesystem::path toPath(const QString& path) {
#ifdef Q_OS_WIN
  return path.toStdWString();
#else
  return std::string(QFile::encodeName(path).constData());
#endif
}

QString fromPath(const std::filesystem::path& path) {
#ifdef Q_OS_WIN
  return QString::fromStdWString(path.wstring());
#else
  return QFile::decodeName(path.c_str());
#endif
}

QImage toQImage(const SharedImage& image) {
  if (!image || image->empty()) return {};
  auto* owner = new SharedImage(image);
  return QImage(
      image->pixels.data(), image->width, image->height, qsizetype(image->width) * 3, QImage::Format_RGB888,
      [](void* pointer) { delete static_cast<SharedImage*>(pointer); }, owner);
}

Image toImage(const QImage& image) {
  QImage rgb = image.hasAlphaChannel() ? QImage(image.size(), QImage::Format_RGB32) : image;
  if (image.hasAlphaChannel() && !rgb.isNull()) {
    rgb.fill(Qt::white);
    QPainter(&rgb).drawImage(0, 0, image);
  }
  rgb = rgb.convertToFormat(QImage::Format_RGB888);
  if (!image.isNull() && rgb.isNull()) throw std::bad_alloc();
  Image out(rgb.width(), rgb.height());
  for (int y = 0; y < out.height; ++y) std::memcpy(out.at(0, y), rgb.constScanLine(y), size_t(out.width) * 3);
  return out;
}

QImage thumbnailOf(const QImage& image, int side) {
  if (image.width() <= side && image.height() <= side) return image.copy();
  // Two passes: a nearest one down to four times the size keeps a 64-megapixel picture from being copied as 32-bit.
  const QImage near = image.scaled(side * 4, side * 4, Qt::KeepAspectRatio, Qt::FastTransformation);
  const QImage& source = near.width() < image.width() ? near : image;
  return source.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

BroughtPicture readPicture(const QString& path) {
  return guarded([&] { return load_image(toPath(path)); });
}

BroughtPicture decodePicture(const QByteArray& bytes, const QString& name) {
  return guarded([&] {
    return decode_image(std::as_bytes(std::span(bytes.constData(), size_t(bytes.size()))), name.toStdString());
  });
}

BroughtPicture adoptPicture(const QImage& image) {
  if (image.isNull()) return {{}, {}, QStringLiteral("The clipboard's picture could not be read.")};
  return guarded([&] { return toImage(image); });
}

QByteArray toPng(const Image& image, const Recipe& recipe) {
  const std::string bytes = picture_file_bytes(image, recipe);
  return QByteArray(bytes.data(), qsizetype(bytes.size()));
}

std::string pngOf(const Image& image, const std::optional<Recipe>& recipe) {
  return recipe ? picture_file_bytes(image, *recipe) : encode_png(image);
}

namespace {

template <class Make>
QString written(const QString& path, Make make) {
  try {
    write_file(toPath(path), make());
    return {};
  } catch (const std::exception& e) {
    return QString::fromUtf8(e.what());
  }
}

}  // namespace

QString savePng(const QString& path, const Image& image, const Recipe& recipe, const PictureTokens& tokens) {
  return written(path, [&] { return picture_file_bytes(image, recipe, tokens); });
}

QString saveBarePng(const QString& path, const Image& image) {
  return written(path, [&] { return encode_png(image); });
}

}  // namespace b3o
