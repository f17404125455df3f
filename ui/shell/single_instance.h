// One program a user: a second start hands its files to the first, which comes to the front. Between programs of this
// machine only.
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace b3o {

class SingleInstance : public QObject {
  Q_OBJECT
 public:
  // folder: where the program keeps its things; programs of other folders do not know each other.
  explicit SingleInstance(const QString& folder, QObject* parent = nullptr);

  // True when another program is there and has taken the files over.
  bool handOver(const QStringList& files);
  // From now on the others' files come here.
  void listen();

 Q_SIGNALS:
  void received(const QStringList& files);

 private:
  void take();

  QString name_;
  QLocalServer server_;
};

}  // namespace b3o
