#include "ui/shell/single_instance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QLocalSocket>
#include <memory>

namespace b3o {
namespace {

constexpr int kPatienceMs = 2000;
constexpr qint64 kMostBytes = 1 << 20;
constexpr char kTaken = 'y';

}  // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent) : QObject(parent) {
  const auto hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex();
  name_ = QStringLiteral("blip3o-studio-") + QString::fromLatin1(hash.left(24));
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::take);
}

bool SingleInstance::handOver(const QStringList& files) {
  QLocalSocket other;
  other.connectToServer(name_);
  if (!other.waitForConnected(kPatienceMs)) return false;
  QByteArray message;
  QDataStream out(&message, QIODevice::WriteOnly);
  out << files;
  other.write(message);
  other.flush();
  // A program that hangs does not answer; then this one starts.
  char answer = 0;
  return other.waitForReadyRead(kPatienceMs) && other.getChar(&answer) && answer == kTaken;
}

void SingleInstance::listen() {
  if (server_.listen(name_)) return;
  QLocalServer::removeServer(name_);  // left by one that was killed
  server_.listen(name_);
}

void SingleInstance::take() {
  while (QLocalSocket* other = server_.nextPendingConnection()) {
    connect(other, &QLocalSocket::disconnected, other, &QObject::deleteLater);
    const auto read = [this, other, bytes = std::make_shared<QByteArray>()] {
      *bytes += other->read(kMostBytes - bytes->size());
      QDataStream in(*bytes);
      QStringList files;
      in >> files;
      if (in.status() != QDataStream::Ok) {
        if (bytes->size() >= kMostBytes) other->abort();
        return;
      }
      other->write(&kTaken, 1);
      other->disconnectFromServer();
      Q_EMIT received(files);
    };
    connect(other, &QLocalSocket::readyRead, this, read);
    if (other->bytesAvailable() > 0) read();
  }
}

}  // namespace b3o
