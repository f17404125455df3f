// A picture out of the program: into a PNG file or the clipboard, always with its recipe.
#pragma once

#include <QObject>
#include <QString>

#include "ui/bridge/picture.h"
#include "ui/state/background.h"
#include "ui/state/phrase.h"

namespace b3o {

class PictureExport : public QObject {
  Q_OBJECT
 public:
  explicit PictureExport(QObject* parent = nullptr);

  // bare: without recipe, tokens and any other text.
  void save(const QString& path, const SharedImage& image, const Recipe& recipe, const PictureTokens& tokens = {},
            bool bare = false);
  void copy(const SharedImage& image, const Recipe& recipe);
  QString message() const { return message_.text(); }  // of the last of them: what was done, or the sentence why not
  bool failed() const { return failed_; }
  void clearMessage() { say({}, false); }

 Q_SIGNALS:
  void changed();

 private:
  void say(Phrase message, bool failed);

  Background background_;
  Phrase message_;
  bool failed_ = false;
};

}  // namespace b3o
