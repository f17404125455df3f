// The diagnostics report: what a maintainer needs to know, as plain English text. It never holds a prompt, the user's
// name, the machine's name or a path of theirs.
#pragma once

#include <QStringList>
#include <utility>
#include <vector>

namespace b3o {

// What must not leave the machine.
struct Secrets {
  QString home, user, machine;
  QStringList words;  // prompts, questions, titles: whole texts, as they may stand in an error
};

// Takes out the secrets, everything in double quotes, every absolute path, and names of picture files, which this
// program makes of prompts.
QString withoutSecrets(QString text, const Secrets& secrets);

struct Report {
  using Line = std::pair<QString, QString>;  // a name and its value
  struct Part {
    QString title;
    std::vector<Line> lines;
  };
  std::vector<Part> parts;
  QStringList errors;  // lines of the log, the newest last
};

QString reportText(const Report& report, const Secrets& secrets);

// This system and this program: versions of both, processor threads, screens.
Report::Part systemPart();
// How large the parts of a library folder are, by its own files only; takes as long as there are files.
Report::Part sizesPart(const QString& library, const QString& log);
// Of whoever runs the program.
Secrets ownSecrets();

}  // namespace b3o
