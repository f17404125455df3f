#include "ui/chat/chat_page.h"

#include <QFileDialog>
#include <QMimeData>

#include "ui/look/theme.h"

namespace b3o {
namespace {

// Keeps the composer as wide as the thread above it.
class Centred : public QWidget {
 public:
  Centred(QWidget* inside, QWidget* parent) : QWidget(parent), row_(new QHBoxLayout(this)) {
    row_->addWidget(inside);
    row_->setContentsMargins(space::xl, 0, space::xl, space::l);
  }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    const int side = std::max(space::xl, (width() - kThreadWidth) / 2);
    row_->setContentsMargins(side, 0, side, space::l);
    QWidget::resizeEvent(event);
  }

 private:
  QHBoxLayout* row_;
};

}  // namespace

ChatPage::ChatPage(Conversation& conversation, ModelState& model, QWidget* parent)
    : QWidget(parent), conversation_(conversation), model_(model) {
  build();
  connect(new_, &QPushButton::clicked, this, &ChatPage::newChat);
  connect(composer_, &Composer::pictureWanted, this, &ChatPage::choosePictures);
  connect(empty_, &EmptyPage::exampleChosen, this, [this](const QString& text) {
    composer_->setText(text);
    composer_->send();
  });
  connect(empty_->action(), &QPushButton::clicked, this, &ChatPage::modelWanted);
  connect(&conversation_, &Conversation::changed, this, &ChatPage::render);
  render();
}

void ChatPage::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(space::xl, space::m, space::xl, space::s);
  title_ = new Label({}, Tint::text, this);
  title_->setFont(textFont(kHeadingPx, QFont::DemiBold));
  new_ = makeButton(tr("New"), "chip", this);
  new_->setAccessibleName(tr("New chat"));
  new_->setToolTip(tr("New chat (Ctrl+N)"));
  QSizePolicy kept = new_->sizePolicy();
  kept.setRetainSizeWhenHidden(true);  // the title stays where it is
  new_->setSizePolicy(kept);
  head->addWidget(title_, 1);
  head->addWidget(new_);
  column->addLayout(head);

  stack_ = new QStackedWidget(this);
  empty_ = new EmptyPage(stack_);
  thread_ = new ThreadView(conversation_, stack_);
  stack_->addWidget(empty_);
  stack_->addWidget(thread_);
  column->addWidget(stack_, 1);
  composer_ = new Composer(conversation_, model_, this);
  column->addWidget(new Centred(composer_, this));
}

void ChatPage::render() {
  const bool started = !conversation_.turns().empty();
  stack_->setCurrentWidget(started ? static_cast<QWidget*>(thread_) : empty_);
  title_->setText(started ? conversation_.title() : tr("Chat"));
  new_->setVisible(started);
  if (started) return;

  const bool looks = model_.can().see && !conversation_.attachments().empty();
  QStringList examples;
  QString sentence, action;
  if (model_.phase() == ModelState::Phase::loading) {
    empty_->setTitle(tr("Loading the model"));
    sentence = model_.step();
  } else if (!model_.ready()) {
    empty_->setTitle(tr("No model is loaded"));
    sentence = model_.error().isEmpty() ? tr("Load a model folder to ask and to draw.") : model_.error();
    action = tr("Load a model");
  } else if (!model_.can().chat) {
    empty_->setTitle(tr("This model does not chat"));
    sentence = model_.can().draw ? tr("It draws: go to Create.") : QString();
  } else if (looks) {
    empty_->setTitle(tr("Ask about the picture"));
    examples = {tr("What is in this picture?"), tr("How many things do you see, and which colours are they?"),
                tr("Describe the picture in one sentence.")};
  } else {
    empty_->setTitle(tr("Ask something"));
    sentence = model_.can().see ? tr("Drop or paste a picture to ask about it.") : QString();
    examples = {tr("Name three animals that live in the sea."), tr("Explain in two sentences why the sky is blue."),
                tr("Write two lines about a lighthouse at night.")};
  }
  empty_->setSentence(sentence);
  empty_->setExamples(examples);
  empty_->setAction(action);
}

void ChatPage::newChat() {
  conversation_.clear();
  composer_->setText({});
  focusText();
}

void ChatPage::choosePictures() {
  auto* dialog = new QFileDialog(this, tr("Attach pictures"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setNameFilters({tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::filesSelected, &conversation_, [this](const QStringList& files) {
    for (const auto& file : files) conversation_.attachFile(file);
  });
  dialog->open();
}

bool ChatPage::take(const QMimeData* data) {
  if (!data || !holdsPictures(data)) return false;
  attachPictures(data, conversation_);
  return true;
}

}  // namespace b3o
