#include "ui/state/picture_export.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>

namespace b3o {

PictureExport::PictureExport(QObject* parent) : QObject(parent) {}

void PictureExport::say(Phrase message, bool failed) {
  message_ = std::move(message);
  failed_ = failed;
  Q_EMIT changed();
}

void PictureExport::save(const QString& path, const SharedImage& image, const Recipe& recipe,
                         const PictureTokens& tokens, bool bare) {
  if (!image || path.isEmpty()) return;
  background_.run([=] { return bare ? saveBarePng(path, *image) : savePng(path, *image, recipe, tokens); },
                  [this, path](const QString& error) {
                    if (!error.isEmpty()) return say(error, true);
                    say([path] { return tr("Saved as %1.").arg(QFileInfo(path).fileName()); }, false);
                  });
}

void PictureExport::copy(const SharedImage& image, const Recipe& recipe) {
  if (!image) return;
  struct Encoded {
    QByteArray png;
    QString error;
  };
  background_.run(
      [=]() -> Encoded {
        try {
          return {toPng(*image, recipe), {}};
        } catch (const std::exception& e) {
          return {{}, QString::fromUtf8(e.what())};
        }
      },
      [this, image](const Encoded& encoded) {
        if (!encoded.error.isEmpty()) return say(encoded.error, true);
        auto* data = new QMimeData;
        data->setData(QStringLiteral("image/png"), encoded.png);
        data->setImageData(toQImage(image));
        QGuiApplication::clipboard()->setMimeData(data);
        say([] { return tr("Copied with its recipe."); }, false);
      });
}

}  // namespace b3o
