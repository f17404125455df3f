#include "ui/chat/chat_page.h"

#include <QFileDialog>
#include <QMimeData>
#include <QStandardPaths>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/state/create_form.h"

namespace b3o {
namespace {

constexpr int kRoomy = 1100;  // from this width on the list has its full width

// Keeps what is inside as wide as the thread above it.
class Centred : public QWidget {
 public:
  Centred(const QList<QWidget*>& inside, QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
    for (auto* widget : inside) column_->addWidget(widget);
    column_->setSpacing(space::s);
    column_->setContentsMargins(space::xl, 0, space::xl, space::l);
  }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    const int side = std::max(space::xl, (width() - kThreadWidth) / 2);
    column_->setContentsMargins(side, 0, side, space::l);
    QWidget::resizeEvent(event);
  }

 private:
  QVBoxLayout* column_;
};

}  // namespace

ChatPage::ChatPage(const ChatStates& states, QWidget* parent) : QWidget(parent), states_(states) {
  build();
  wire();
  retranslated(this, [this] { render(); });
}

void ChatPage::build() {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  panel_ = new ConversationPanel(states_.list, states_.out, this);
  row->addWidget(panel_);
  auto* column = new QVBoxLayout;
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::s);
  row->addLayout(column, 1);
  stack_ = new QStackedWidget(this);
  empty_ = new EmptyPage(stack_);
  thread_ = new ThreadView(states_.conversation, stack_);
  stack_->addWidget(empty_);
  stack_->addWidget(thread_);
  column->addWidget(stack_, 1);
  undo_ = new UndoBar(states_.list.steps(), this);
  said_ = new Label({}, Tint::secondary, this);
  said_->setFont(textFont(kSecondaryPx));
  composer_ = new Composer(states_.conversation, states_.model, this);
  column->addWidget(new Centred({undo_, said_, composer_}, this));
}

void ChatPage::wire() {
  auto& talk = states_.conversation;
  connect(panel_, &ConversationPanel::newWanted, this, &ChatPage::newChat);
  connect(panel_, &ConversationPanel::exportWanted, this, &ChatPage::exportConversation);
  connect(panel_, &ConversationPanel::importWanted, this, &ChatPage::importConversation);
  connect(composer_, &Composer::pictureWanted, this, &ChatPage::choosePictures);
  connect(empty_, &EmptyPage::exampleChosen, this, [this](const QString& text) {
    composer_->setText(text);
    composer_->send();
  });
  connect(empty_->action(), &QPushButton::clicked, this, &ChatPage::modelWanted);
  connect(thread_, &ThreadView::pictureBrought, this, &ChatPage::focusText);
  connect(thread_, &ThreadView::editWanted, this, &ChatPage::editWanted);
  connect(thread_, &ThreadView::saveWanted, this, &ChatPage::savePicture);
  connect(thread_, &ThreadView::copyWanted, &states_.pictures, &PictureExport::copy);
  connect(&states_.pictures, &PictureExport::changed, this, &ChatPage::render);
  connect(&talk, &Conversation::changed, this, &ChatPage::render);
}

void ChatPage::render() {
  const bool started = !states_.conversation.turns().empty();
  stack_->setCurrentWidget(started ? static_cast<QWidget*>(thread_) : empty_);
  said_->setText(states_.pictures.message());
  said_->setVisible(started && !said_->text().isEmpty());
  if (started) return;

  const ModelState& model = states_.model;
  const bool looks = model.can().see && !states_.conversation.attachments().empty();
  QStringList examples;
  QString sentence, action;
  if (model.phase() == ModelState::Phase::loading) {
    empty_->setTitle(tr("Loading the model"));
    sentence = model.step();
  } else if (!model.ready()) {
    empty_->setTitle(tr("No model is loaded"));
    sentence = model.error().isEmpty() ? tr("Load a model folder to ask and to draw.") : model.error();
    action = tr("Load a model");
  } else if (!model.can().chat) {
    empty_->setTitle(tr("This model does not chat"));
    sentence = model.can().draw ? tr("It draws: describe a picture below, or go to Create.") : QString();
  } else if (looks) {
    empty_->setTitle(tr("Ask about the picture"));
    if (model.can().edit) sentence = tr("Or say what should be different in it.");
    examples = examplesOf(model.can().examples.look, {tr("What is in this picture?"),
                                                      tr("How many things do you see, and which colours are they?"),
                                                      tr("Describe the picture in one sentence.")});
  } else {
    empty_->setTitle(model.can().draw ? tr("Ask or draw something") : tr("Ask something"));
    sentence = model.can().see ? tr("Drop or paste a picture to ask about it.") : QString();
    examples = examplesOf(model.can().examples.chat, {tr("Name three animals that live in the sea."),
                                                      tr("Explain in two sentences why the sky is blue."),
                                                      tr("Write two lines about a lighthouse at night.")});
    if (model.can().draw && !model.can().examples.create.empty()) {  // one of the three shows that it draws here too
      examples.removeLast();
      examples.prepend(QString::fromStdString(model.can().examples.create.front()));
    }
  }
  empty_->setSentence(sentence);
  empty_->setExamples(examples);
  empty_->setAction(action);
}

void ChatPage::newChat() {
  if (!states_.conversation.turns().empty()) states_.list.newChat();
  states_.out.clearMessage();
  focusText();
}

void ChatPage::search() {
  panel_->search()->setFocus();
  panel_->search()->selectAll();
}

void ChatPage::rename() { panel_->renameCurrent(); }

void ChatPage::removeConversation() { states_.list.remove(states_.list.current()); }

void ChatPage::choosePictures() {
  auto* dialog = new QFileDialog(this, tr("Attach pictures"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setNameFilters({tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::filesSelected, &states_.conversation, [this](const QStringList& files) {
    for (const auto& file : files) states_.conversation.attachFile(file);
  });
  dialog->open();
}

void ChatPage::savePicture(const SharedImage& image, const Recipe& recipe) {
  auto* dialog = new QFileDialog(this, tr("Save the picture"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("png"));
  dialog->setNameFilter(tr("PNG pictures (*.png)"));
  dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
  dialog->selectFile(fileNameFor(recipe));
  connect(dialog, &QFileDialog::fileSelected, &states_.pictures,
          [this, image, recipe](const QString& path) { states_.pictures.save(path, image, recipe); });
  dialog->open();
}

void ChatPage::exportConversation() {
  if (states_.conversation.turns().empty()) return;
  auto* dialog = new QFileDialog(this, tr("Export the conversation"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  const QStringList filters{tr("Markdown with pictures beside it (*.md)"), tr("Web page (*.html)"),
                            tr("Everything, to import again (*.json)")};
  dialog->setNameFilters(filters);
  dialog->setDefaultSuffix(QStringLiteral("md"));
  connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString& filter) {
    const char* endings[] = {"md", "html", "json"};
    dialog->setDefaultSuffix(QLatin1String(endings[std::max<qsizetype>(0, filters.indexOf(filter))]));
  });
  dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
  dialog->selectFile(fileNameFor(states_.conversation.title()));
  connect(dialog, &QFileDialog::fileSelected, &states_.out,
          [this](const QString& path) { states_.out.write(path, states_.conversation.session()); });
  dialog->open();
}

void ChatPage::importConversation() {
  auto* dialog = new QFileDialog(this, tr("Import a conversation"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Conversations (*.json)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, &states_.out, &ConversationExport::read);
  dialog->open();
}

bool ChatPage::take(const QMimeData* data) {
  if (!data || !holdsPictures(data)) return false;
  attachPictures(data, states_.conversation);
  return true;
}

void ChatPage::resizeEvent(QResizeEvent* event) {
  panel_->setFixedWidth(width() >= kRoomy ? 228 : 196);
  QWidget::resizeEvent(event);
}

}  // namespace b3o
