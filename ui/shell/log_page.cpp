#include "ui/shell/log_page.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kWidth = 820, kHeight = 540, kLookMs = 1000;

}  // namespace

LogPage::LogPage(const QString& file, QWidget* parent) : QDialog(parent), tail_(file) {
  build();
  look_.setInterval(kLookMs);
  connect(&look_, &QTimer::timeout, &tail_, &LogTail::read);
  connect(&tail_, &LogTail::changed, this, &LogPage::render);
  connect(level_, &Segmented::chosen, this, &LogPage::render);
  connect(copy_, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(tail_.text(shownFrom()));
    say([] { return tr("The lines are in the clipboard."); });
  });
  connect(folder_, &QPushButton::clicked, this,
          [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(tail_.file()).absolutePath())); });
  connect(report_, &QPushButton::clicked, this, &LogPage::reportWanted);
  connect(close_, &QPushButton::clicked, this, &QDialog::accept);
  retranslated(this, [this] {
    writeWords();
    render();
  });
}

void LogPage::build() {
  resize(kWidth, kHeight);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::xl, 20, space::xl, 20);
  column->setSpacing(space::m);
  auto* head = new QHBoxLayout;
  head->setSpacing(space::m);
  title_ = new Label({}, Tint::text, this);
  title_->setFont(textFont(kTitlePx, QFont::DemiBold));
  title_->setWhole(true);
  count_ = new Label({}, Tint::secondary, this);
  level_ = new Segmented({{}, {}, {}}, {}, this);
  head->addWidget(title_);
  head->addWidget(count_, 1);
  head->addWidget(level_);
  column->addLayout(head);
  text_ = new QPlainTextEdit(this);
  text_->setReadOnly(true);
  text_->setProperty("kind", "field");
  text_->setTabChangesFocus(true);
  text_->setLineWrapMode(QPlainTextEdit::NoWrap);
  text_->setMaximumBlockCount(LogTail::kMostLines);
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setPixelSize(kSecondaryPx);
  text_->setFont(font);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  column->addWidget(text_, 1);
  said_ = new Label({}, Tint::secondary, this);
  said_->setFont(textFont(kSecondaryPx));
  column->addWidget(said_);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(space::s);
  for (auto** button : {&copy_, &folder_, &report_, &close_}) *button = makeButton({}, "plain", this);
  buttons->addWidget(copy_);
  buttons->addWidget(folder_);
  buttons->addWidget(report_);
  buttons->addStretch();
  buttons->addWidget(close_);
  column->addLayout(buttons);
}

void LogPage::writeWords() {
  setWindowTitle(tr("Log"));
  title_->setText(tr("Log"));
  level_->setWords({tr("Everything"), tr("Warnings"), tr("Errors")}, tr("Lines shown"));
  text_->setAccessibleName(tr("Lines of the log"));
  text_->setPlaceholderText(tail_.file().isEmpty() ? tr("This program writes no log.") : tr("No lines of this kind."));
  copy_->setText(tr("Copy"));
  copy_->setAccessibleName(tr("Copy the lines that are shown"));
  folder_->setText(tr("Open the folder"));
  report_->setText(tr("Copy a report"));
  report_->setToolTip(tr("Versions, model, settings, sizes and the last errors, without prompts, names and paths"));
  close_->setText(tr("Close"));
}

LogLevel LogPage::shownFrom() const {
  return level_->current() == 0 ? LogLevel::debug : level_->current() == 1 ? LogLevel::warning : LogLevel::error;
}

void LogPage::render() {
  auto* bar = text_->verticalScrollBar();
  const bool at_end = bar->value() >= bar->maximum();
  const int before = bar->value();
  text_->setPlainText(tail_.text(shownFrom()));
  bar->setValue(at_end ? bar->maximum() : before);
  const bool any = !text_->document()->isEmpty();
  copy_->setEnabled(any);
  folder_->setEnabled(!tail_.file().isEmpty());
  said_->setText(saying_.text());
  count_->setText(any ? tr("%Ln line(s)", nullptr, text_->blockCount()) : QString());
}

void LogPage::say(Phrase what) {
  saying_ = std::move(what);
  render();
}

void LogPage::sayCopied() {
  show();
  raise();
  say([] { return tr("The report is in the clipboard."); });
}

void LogPage::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  tail_.read();
  look_.start();
}

void LogPage::hideEvent(QHideEvent* event) {
  look_.stop();
  say({});
  QDialog::hideEvent(event);
}

}  // namespace b3o
