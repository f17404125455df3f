#include "ui/state/conversation.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <algorithm>

namespace b3o {
namespace {

constexpr size_t kMostPictures = 16;  // attached to one question

// Pictures first, as the model family expects them.
ChatMessage message_of(const Turn& turn) {
  ChatMessage message{turn.role == Turn::Role::user ? "user" : "assistant", {}};
  for (const auto& attachment : turn.pictures) message.parts.push_back({{}, attachment.picture.image});
  if (!turn.text.isEmpty()) message.parts.push_back({turn.text.toStdString(), nullptr});
  return message;
}

}  // namespace

Conversation::Conversation(EngineBridge& bridge, ModelState& model, QObject* parent)
    : QObject(parent), bridge_(bridge), model_(model) {
  connect(&bridge_, &EngineBridge::arrived, this, &Conversation::arrive);
  connect(&model_, &ModelState::changed, this, &Conversation::changed);
}

QString Conversation::title() const { return turns_.empty() ? QString() : turns_.front().text.simplified(); }

int Conversation::pictureCount() const {
  size_t count = 0;
  for (const auto& turn : turns_) count += turn.pictures.size();
  return int(count);
}

void Conversation::attach(const QString& name, std::function<BroughtPicture()> read) {
  const uint64_t key = ++last_key_;
  const bool fits = attachments_.size() < kMostPictures;
  attachments_.push_back({name, {}, fits, key});
  if (!fits) attachments_.back().picture.error = tr("One question takes at most %1 pictures.").arg(kMostPictures);
  if (fits)
    background_.run(std::move(read), [this, key](BroughtPicture picture) {
      const auto it =
          std::find_if(attachments_.begin(), attachments_.end(), [&](const auto& a) { return a.key == key; });
      if (it == attachments_.end()) return;  // removed meanwhile
      it->picture = std::move(picture);
      it->reading = false;
      Q_EMIT attachmentsChanged();
      Q_EMIT changed();
    });
  Q_EMIT attachmentsChanged();
  Q_EMIT changed();
}

void Conversation::attachFile(const QString& path) {
  attach(QFileInfo(path).fileName(), [path] { return readPicture(path); });
}

void Conversation::attachBytes(const QByteArray& bytes, const QString& name) {
  attach(name, [bytes, name] { return decodePicture(bytes, name); });
}

void Conversation::attachImage(const QImage& image, const QString& name) {
  attach(name, [image] { return adoptPicture(image); });
}

void Conversation::removeAttachment(uint64_t key) {
  std::erase_if(attachments_, [&](const auto& a) { return a.key == key; });
  Q_EMIT attachmentsChanged();
  Q_EMIT changed();
}

QString Conversation::problem(const QString& text) const {
  if (!model_.ready()) return tr("Load a model first.");
  if (!model_.can().chat) return tr("This model does not chat.");
  if (answering()) return tr("The answer is still being written.");
  for (const auto& a : attachments_) {
    if (a.reading) return tr("A picture is still being read.");
    if (!a.picture.error.isEmpty()) return tr("Remove the picture that could not be read.");
  }
  if (!attachments_.empty() && !model_.can().see) return tr("This model does not look at pictures.");
  if (text.trimmed().isEmpty()) return tr("Write a question.");
  return {};
}

void Conversation::send(const QString& text) {
  if (!problem(text).isEmpty()) return;
  Turn question;
  question.text = text.trimmed();
  question.pictures = std::exchange(attachments_, {});
  turns_.push_back(std::move(question));
  Q_EMIT turnAdded(int(turns_.size()) - 1);

  auto chat = request();
  Turn answer;
  answer.role = Turn::Role::model;
  answer.state = Turn::State::waiting;
  answer.notice = QString::fromUtf8(model_.info().notice);
  turns_.push_back(std::move(answer));
  job_ = bridge_.submit(std::move(chat));
  Q_EMIT turnAdded(int(turns_.size()) - 1);
  Q_EMIT attachmentsChanged();
  Q_EMIT changed();
}

ChatRequest Conversation::request() const {
  ChatRequest chat;
  for (size_t i = 0; i < turns_.size(); ++i) {
    // A question that was never answered, and its missing answer, are no part of the talk.
    const bool unanswered = i + 1 < turns_.size() && turns_[i].role == Turn::Role::user && turns_[i + 1].text.isEmpty();
    if (unanswered)
      ++i;
    else
      chat.messages.push_back(message_of(turns_[i]));
  }
  chat.options.seed = QRandomGenerator::global()->generate64();
  return chat;
}

void Conversation::stop() {
  if (!job_) return;
  bridge_.cancel(job_);
  // One that still waits in the queue ends for the user now; the engine drops it when its turn comes.
  if (turns_.back().state == Turn::State::waiting) finish(Turn::State::stopped);
}

void Conversation::clear() {
  stop();
  job_ = 0;
  context_tokens_ = 0;
  turns_.clear();
  attachments_.clear();
  Q_EMIT cleared();
  Q_EMIT attachmentsChanged();
  Q_EMIT changed();
}

void Conversation::finish(Turn::State state, const QString& error) {
  turns_.back().state = state;
  turns_.back().error = error;
  job_ = 0;
  Q_EMIT turnChanged(int(turns_.size()) - 1);
  Q_EMIT changed();
}

void Conversation::arrive(JobId id, const Event& event) {
  if (id != job_ || turns_.empty()) return;
  const int row = int(turns_.size()) - 1;
  Turn& turn = turns_.back();
  if (std::holds_alternative<Started>(event)) {
    turn.state = Turn::State::reading;
    Q_EMIT turnChanged(row);
  } else if (const auto* delta = std::get_if<TextDelta>(&event)) {
    const QString text = QString::fromUtf8(delta->text);
    const bool first = std::exchange(turn.state, Turn::State::writing) != Turn::State::writing;
    turn.text += text;
    if (first)
      Q_EMIT turnChanged(row);
    else
      Q_EMIT textAppended(row, text);
  } else if (const auto* answer = std::get_if<AnswerReady>(&event)) {
    turn.text = QString::fromUtf8(answer->text);
    turn.seconds = answer->seconds;
    turn.tokens = int(answer->ids.size());
    context_tokens_ = int(answer->input_ids.size() + answer->ids.size());
    Q_EMIT turnChanged(row);
  } else if (const auto* failed = std::get_if<Failed>(&event)) {
    finish(Turn::State::failed, QString::fromUtf8(failed->message));
  } else if (std::holds_alternative<Cancelled>(event)) {
    finish(Turn::State::stopped);
  } else if (std::holds_alternative<Finished>(event)) {
    finish(Turn::State::done);
  }
}

}  // namespace b3o
