#include "ui/shell/actions.h"

#include <QCoreApplication>
#include <QKeySequence>

#include "ui/look/controls.h"

namespace b3o {
namespace {

constexpr const char* kPages = QT_TRANSLATE_NOOP("Actions", "Pages");
constexpr const char* kWork = QT_TRANSLATE_NOOP("Actions", "Work");
constexpr const char* kChat = QT_TRANSLATE_NOOP("Actions", "Chat");
constexpr const char* kPicture = QT_TRANSLATE_NOOP("Actions", "Picture");
constexpr const char* kProgram = QT_TRANSLATE_NOOP("Actions", "Program");

constexpr ActionRow kTable[] = {
    {Do::go_chat, kPages, QT_TRANSLATE_NOOP("Actions", "Chat"), "1 Ctrl+1",
     QT_TRANSLATE_NOOP("Actions", "Ask about pictures and anything else")},
    {Do::go_create, kPages, QT_TRANSLATE_NOOP("Actions", "Create"), "2 Ctrl+2",
     QT_TRANSLATE_NOOP("Actions", "Draw a picture from words")},
    {Do::run, kWork, QT_TRANSLATE_NOOP("Actions", "Run this page"), "Ctrl+Return Ctrl+Enter",
     QT_TRANSLATE_NOOP("Actions", "Send the question, or draw")},
    {Do::stop, kWork, QT_TRANSLATE_NOOP("Actions", "Stop"), "Esc",
     QT_TRANSLATE_NOOP("Actions", "Stop the running job")},
    {Do::only_listed, kChat, QT_TRANSLATE_NOOP("Actions", "Send"), "Return",
     QT_TRANSLATE_NOOP("Actions", "Send the question")},
    {Do::only_listed, kChat, QT_TRANSLATE_NOOP("Actions", "New line"), "Shift+Return",
     QT_TRANSLATE_NOOP("Actions", "Start a line in the question")},
    {Do::new_chat, kChat, QT_TRANSLATE_NOOP("Actions", "New chat"), "Ctrl+N",
     QT_TRANSLATE_NOOP("Actions", "Start a new conversation")},
    {Do::attach, kChat, QT_TRANSLATE_NOOP("Actions", "Attach a picture..."), "Ctrl+Shift+A",
     QT_TRANSLATE_NOOP("Actions", "Attach pictures to the question")},
    {Do::paste, kChat, QT_TRANSLATE_NOOP("Actions", "Paste a picture"), "Ctrl+V",
     QT_TRANSLATE_NOOP("Actions", "Attach the clipboard's picture to the question")},
    {Do::save, kPicture, QT_TRANSLATE_NOOP("Actions", "Save PNG..."), "Ctrl+S",
     QT_TRANSLATE_NOOP("Actions", "Save the picture with its recipe inside")},
    {Do::copy, kPicture, QT_TRANSLATE_NOOP("Actions", "Copy the picture"), "Ctrl+C",
     QT_TRANSLATE_NOOP("Actions", "Copy the picture with its recipe")},
    {Do::fit, kPicture, QT_TRANSLATE_NOOP("Actions", "Fit"), "Ctrl+0",
     QT_TRANSLATE_NOOP("Actions", "Fit the picture into the window")},
    {Do::actual_size, kPicture, QT_TRANSLATE_NOOP("Actions", "Actual size"), "Ctrl+Shift+1 Ctrl+!",
     QT_TRANSLATE_NOOP("Actions", "Show one pixel of the picture as one of the screen")},
    {Do::load, kProgram, QT_TRANSLATE_NOOP("Actions", "Load a model..."), "Ctrl+O",
     QT_TRANSLATE_NOOP("Actions", "Load another model folder")},
    {Do::theme, kProgram, QT_TRANSLATE_NOOP("Actions", "Change dark and light"), "Ctrl+Shift+T",
     QT_TRANSLATE_NOOP("Actions", "Change between the dark and the light theme")},
    {Do::keys, kProgram, QT_TRANSLATE_NOOP("Actions", "Keys"), "F1 Shift+?",
     QT_TRANSLATE_NOOP("Actions", "Show every key")},
    {Do::quit, kProgram, QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q",
     QT_TRANSLATE_NOOP("Actions", "Close the program")},
};

QList<QKeySequence> keysOf(const ActionRow& row) {
  QList<QKeySequence> keys;
  for (const auto& key : QString::fromLatin1(row.keys).split(u' '))
    keys << QKeySequence(key, QKeySequence::PortableText);
  return keys;
}

}  // namespace

std::span<const ActionRow> actionTable() { return kTable; }

QString keysText(const ActionRow& row) {
  const auto keys = keysOf(row);
  QString text = keys.front().toString(QKeySequence::NativeText);
  // A second key is worth a word only when it is another one in the user's eyes.
  if (row.what == Do::go_chat || row.what == Do::go_create)
    text += QStringLiteral(", ") + keys.back().toString(QKeySequence::NativeText);
  return text.replace(QLatin1String("Return"), QLatin1String("Enter"));
}

Actions::Actions(QWidget* window) {
  for (const auto& row : kTable) {
    if (row.what == Do::only_listed) continue;
    auto* action = new QAction(QCoreApplication::translate("Actions", row.text), window);
    action->setShortcuts(keysOf(row));
    const QString tip = QCoreApplication::translate("Actions", row.tip);
    action->setToolTip(plainToolTip(QStringLiteral("%1 (%2)").arg(tip, keysText(row))));
    action->setStatusTip(tip);
    window->addAction(action);
    actions_[row.what] = action;
  }
}

}  // namespace b3o
