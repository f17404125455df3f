#include "ui/shell/diagnostics.h"

#include <QClipboard>
#include <QGuiApplication>

#include "ui/bridge/picture.h"
#include "ui/state/log_tail.h"

namespace b3o {
namespace {

QString yesNo(bool yes) { return yes ? QStringLiteral("yes") : QStringLiteral("no"); }

// In English whatever the language, and stable: the id and the place of the choice.
Report::Part settingsPart(const std::vector<Setting>& settings) {
  Report::Part part{QStringLiteral("Settings"), {}};
  for (const auto& setting : settings) {
    const int value = setting.value();
    const QString text =
        !setting.choices ? (value ? QStringLiteral("on") : QStringLiteral("off")) : setting.choices().value(value);
    part.lines.emplace_back(QLatin1String(setting.id), text);
  }
  return part;
}

Report::Part modelPart(const ModelState& model) {
  Report::Part part{QStringLiteral("Model"), {}};
  const auto add = [&](const char* name, const QString& value) { part.lines.emplace_back(QLatin1String(name), value); };
  const ModelInfo& info = model.info();
  if (!model.ready()) add("loaded", QStringLiteral("no"));
  add("name", QString::fromStdString(info.name));
  add("hash", QString::fromStdString(info.hash));
  add("device", QString::fromStdString(info.device));
  add("numbers", QString::fromStdString(info.number_type));
  add("why", QString::fromStdString(info.number_type_reason));
  for (const auto& warning : info.warnings) add("warning", QString::fromStdString(warning));
  if (info.weight_bytes) add("weights", bytesText(info.weight_bytes));
  if (model.ready())
    add("can", QStringLiteral("chat %1, see %2, draw %3, edit %4")
                   .arg(yesNo(info.can.chat), yesNo(info.can.see), yesNo(info.can.draw), yesNo(info.can.edit)));
  add("last load", model.error());
  return part;
}

}  // namespace

Diagnostics::Diagnostics(Studio& studio, QString log, QObject* parent)
    : QObject(parent), studio_(studio), log_(std::move(log)) {}

Report Diagnostics::gather(const std::vector<Setting>& settings) const {
  Report report;
  report.parts = {systemPart(), modelPart(studio_.model), settingsPart(settings)};
  Report::Part now{QStringLiteral("State"), {}};
  const auto add = [&](const char* name, const QString& value) { now.lines.emplace_back(QLatin1String(name), value); };
  if (studio_.memory.bytes()) add("memory of the program", bytesText(studio_.memory.bytes()));
  add("library", !studio_.library.isOpen()    ? QStringLiteral("not open")
                 : studio_.library.canWrite() ? QStringLiteral("open")
                                              : QStringLiteral("only read"));
  add("library's notice", studio_.library.notice());
  add("pictures", QString::number(studio_.gallery.total()));
  add("conversations", QString::number(studio_.conversations.lines().size()));
  add("waiting", QString::number(studio_.queue.items().size()));
  report.parts.push_back(std::move(now));
  return report;
}

Secrets Diagnostics::secrets() const {
  Secrets out = ownSecrets();
  out.words << studio_.prompts.history() << studio_.prompts.saved();
  for (const auto& line : studio_.conversations.lines()) out.words << QString::fromStdString(line.title);
  for (const auto& turn : studio_.conversation.turns()) out.words << turn.text;
  for (const auto& picture : studio_.drawing.pictures()) out.words << QString::fromStdString(picture.recipe.prompt);
  return out;
}

void Diagnostics::copy(const std::vector<Setting>& settings) {
  const auto& store = studio_.library.store();
  background_.run(
      [report = gather(settings), secrets = secrets(), log = log_,
       folder = store ? fromPath(store->folder()) : QString()]() mutable -> QString {
        report.parts.push_back(sizesPart(folder, log));
        LogTail tail(log);
        tail.read();
        report.errors = tail.text(LogLevel::warning).split(u'\n', Qt::SkipEmptyParts);
        return reportText(report, secrets);
      },
      [this](const QString& text) {
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT copied(text);
      });
}

}  // namespace b3o
