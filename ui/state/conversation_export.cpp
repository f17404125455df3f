#include "ui/state/conversation_export.h"

#include <QFileInfo>
#include <exception>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/library/conversation_file.h"
#include "ui/state/create_form.h"

namespace b3o {
namespace {

constexpr size_t kMostBytes = size_t(1) << 30;

// What writing needs, copied from the session, so that it may go on.
struct Whole {
  Talk talk;
  std::map<int64_t, Attachment> pictures;
  std::shared_ptr<Shelf> shelf;
  std::string title;
  SpeakerNames names;

  std::string png(const TalkPicture& picture) const {
    if (!picture.file.empty()) return shelf->picture(picture.file);
    const auto it = pictures.find(picture.id);
    if (it == pictures.end() || !it->second.picture.image) throw Error("A picture of this conversation is missing.");
    return pngOf(*it->second.picture.image, picture.recipe);
  }
};

std::string markdownWithPictures(const Whole& whole, const std::filesystem::path& file) {
  std::filesystem::path folder = file;
  folder.replace_extension();
  folder += "-pictures";
  int number = 0;
  return to_markdown(whole.talk, whole.title, whole.names, [&](const TalkPicture& picture) {
    std::filesystem::create_directories(folder);
    const std::string name = std::to_string(++number) + ".png";
    write_file(folder / name, whole.png(picture));
    return folder.filename().string() + "/" + name;
  });
}

void writeWhole(const Whole& whole, const std::filesystem::path& file, const QString& ending) {
  const auto png = [&](const TalkPicture& picture) { return whole.png(picture); };
  if (ending == QLatin1String("json"))
    write_file(file, to_talk_file(whole.talk, whole.title, png));
  else if (ending == QLatin1String("html") || ending == QLatin1String("htm"))
    write_file(file, to_html(whole.talk, whole.title, whole.names,
                             [&](const TalkPicture& picture) { return data_link(whole.png(picture)); }));
  else
    write_file(file, markdownWithPictures(whole, file));
}

}  // namespace

ConversationExport::ConversationExport(ConversationList& list, QObject* parent) : QObject(parent), list_(list) {}

void ConversationExport::say(Phrase message, bool failed) {
  message_ = std::move(message);
  failed_ = failed;
  Q_EMIT changed();
}

void ConversationExport::write(const QString& path, const Session& session) {
  Whole whole{session.talk,
              session.pictures,
              list_.shelf(),
              titleOf(session).toStdString(),
              {tr("You").toStdString(), tr("Model").toStdString()}};
  background_.run(
      [whole = std::move(whole), path]() -> QString {
        try {
          writeWhole(whole, toPath(path), QFileInfo(path).suffix().toLower());
          return {};
        } catch (const std::exception& e) {
          return QString::fromUtf8(e.what());
        }
      },
      [this, path](const QString& error) {
        if (!error.isEmpty()) return say(error, true);
        say([path] { return tr("Exported as %1.").arg(QFileInfo(path).fileName()); }, false);
      });
}

void ConversationExport::read(const QString& path) {
  struct Read {
    TalkFile file;
    QString error;
  };
  background_.run(
      [path]() -> Read {
        try {
          return {talk_file_from(read_file(toPath(path), kMostBytes), QFileInfo(path).fileName().toStdString()), {}};
        } catch (const std::exception& e) {
          return {{}, QString::fromUtf8(e.what())};
        }
      },
      [this, path](Read read) {
        if (!read.error.isEmpty()) return say(read.error, true);
        list_.add(QString::fromStdString(read.file.title), std::move(read.file.talk), std::move(read.file.pictures));
        say([path] { return tr("Imported %1.").arg(QFileInfo(path).fileName()); }, false);
      });
}

QString fileNameFor(const QString& title) {
  const QString name = fileStem(title, 60);
  return name.isEmpty() ? ConversationExport::tr("conversation") : name;
}

}  // namespace b3o
