#include "ui/shell/actions.h"

#include <QCoreApplication>
#include <QKeySequence>

#include "ui/look/controls.h"
#include "ui/look/language.h"

namespace b3o {
namespace {

constexpr const char* kPages = QT_TRANSLATE_NOOP("Actions", "Pages");
constexpr const char* kWork = QT_TRANSLATE_NOOP("Actions", "Work");
constexpr const char* kChat = QT_TRANSLATE_NOOP("Actions", "Chat");
constexpr const char* kPicture = QT_TRANSLATE_NOOP("Actions", "Picture");
constexpr const char* kEdit = QT_TRANSLATE_NOOP("Actions", "Edit and compare");
constexpr const char* kGallery = QT_TRANSLATE_NOOP("Actions", "Gallery");
constexpr const char* kProgram = QT_TRANSLATE_NOOP("Actions", "Program");

constexpr ActionRow kTable[] = {
    {Do::go_chat, kPages, QT_TRANSLATE_NOOP("Actions", "Chat"), "1 Ctrl+1",
     QT_TRANSLATE_NOOP("Actions", "Ask about pictures and anything else")},
    {Do::go_create, kPages, QT_TRANSLATE_NOOP("Actions", "Create"), "2 Ctrl+2",
     QT_TRANSLATE_NOOP("Actions", "Draw a picture from words")},
    {Do::go_edit, kPages, QT_TRANSLATE_NOOP("Actions", "Edit"), "3 Ctrl+3",
     QT_TRANSLATE_NOOP("Actions", "Change a picture by marks and words")},
    {Do::go_gallery, kPages, QT_TRANSLATE_NOOP("Actions", "Gallery"), "4 Ctrl+4",
     QT_TRANSLATE_NOOP("Actions", "See every picture that was kept")},
    {Do::go_compare, kPages, QT_TRANSLATE_NOOP("Actions", "Compare"), "5 Ctrl+5",
     QT_TRANSLATE_NOOP("Actions", "Look at two pictures and at what differs")},
    {Do::run, kWork, QT_TRANSLATE_NOOP("Actions", "Run this page"), "Ctrl+Return Ctrl+Enter",
     QT_TRANSLATE_NOOP("Actions", "Send the question, draw, or propose an edit")},
    {Do::run_first, kWork, QT_TRANSLATE_NOOP("Actions", "Run first"), "Ctrl+Shift+Return Ctrl+Shift+Enter",
     QT_TRANSLATE_NOOP("Actions", "Draw before everything that waits")},
    {Do::stop, kWork, QT_TRANSLATE_NOOP("Actions", "Stop"), "Esc",
     QT_TRANSLATE_NOOP("Actions", "Stop the running job; on the Edit page also leave the tool")},
    {Do::undo, kWork, QT_TRANSLATE_NOOP("Actions", "Undo"), "Ctrl+Z",
     QT_TRANSLATE_NOOP("Actions", "Take back the last step, bring back what was deleted last")},
    {Do::redo, kWork, QT_TRANSLATE_NOOP("Actions", "Redo"), "Ctrl+Shift+Z Ctrl+Y",
     QT_TRANSLATE_NOOP("Actions", "Do again what was taken back")},
    {Do::only_listed, kChat, QT_TRANSLATE_NOOP("Actions", "Send"), "Return",
     QT_TRANSLATE_NOOP("Actions", "Send the question")},
    {Do::only_listed, kChat, QT_TRANSLATE_NOOP("Actions", "New line"), "Shift+Return",
     QT_TRANSLATE_NOOP("Actions", "Start a line in the question")},
    {Do::new_chat, kChat, QT_TRANSLATE_NOOP("Actions", "New chat"), "Ctrl+N",
     QT_TRANSLATE_NOOP("Actions", "Start a new conversation")},
    {Do::attach, kChat, QT_TRANSLATE_NOOP("Actions", "Attach a picture..."), "Ctrl+Shift+A",
     QT_TRANSLATE_NOOP("Actions", "Attach pictures to the question")},
    {Do::paste, kChat, QT_TRANSLATE_NOOP("Actions", "Paste a picture"), "Ctrl+V",
     QT_TRANSLATE_NOOP("Actions", "Attach the clipboard's picture to the question, or edit it")},
    {Do::regenerate, kChat, QT_TRANSLATE_NOOP("Actions", "Answer again"), "Ctrl+R",
     QT_TRANSLATE_NOOP("Actions", "Write the last answer, or draw the last picture, once more")},
    {Do::find, kChat, QT_TRANSLATE_NOOP("Actions", "Search"), "Ctrl+F",
     QT_TRANSLATE_NOOP("Actions", "Search the conversations")},
    {Do::rename, kChat, QT_TRANSLATE_NOOP("Actions", "Rename the conversation"), "F2",
     QT_TRANSLATE_NOOP("Actions", "Give the open conversation another name")},
    {Do::remove_chat, kChat, QT_TRANSLATE_NOOP("Actions", "Delete the conversation"), "Ctrl+Shift+Del",
     QT_TRANSLATE_NOOP("Actions", "Delete the open conversation; undo brings it back")},
    {Do::export_chat, kChat, QT_TRANSLATE_NOOP("Actions", "Export the conversation..."), "Ctrl+Shift+E",
     QT_TRANSLATE_NOOP("Actions", "Write the open conversation as Markdown, web page or JSON")},
    {Do::import_chat, kChat, QT_TRANSLATE_NOOP("Actions", "Import a conversation..."), "Ctrl+Shift+I",
     QT_TRANSLATE_NOOP("Actions", "Read a conversation that was exported as JSON")},
    {Do::automatic, kChat, QT_TRANSLATE_NOOP("Actions", "Choose Ask, Draw or Edit by the words"), "Ctrl+Shift+M",
     QT_TRANSLATE_NOOP("Actions", "Switch the automatic choice on or off")},
    {Do::earlier_prompt, kPicture, QT_TRANSLATE_NOOP("Actions", "Earlier prompt"), "Alt+Up",
     QT_TRANSLATE_NOOP("Actions", "Go back to the prompt before")},
    {Do::later_prompt, kPicture, QT_TRANSLATE_NOOP("Actions", "Later prompt"), "Alt+Down",
     QT_TRANSLATE_NOOP("Actions", "Go on to the prompt after")},
    {Do::save, kPicture, QT_TRANSLATE_NOOP("Actions", "Save PNG..."), "Ctrl+S",
     QT_TRANSLATE_NOOP("Actions", "Save the picture with its recipe inside")},
    {Do::save_bare, kPicture, QT_TRANSLATE_NOOP("Actions", "Save PNG without metadata..."), "Ctrl+Shift+S",
     QT_TRANSLATE_NOOP("Actions", "Save the pixels without recipe and other metadata")},
    {Do::copy, kPicture, QT_TRANSLATE_NOOP("Actions", "Copy the picture"), "Ctrl+C",
     QT_TRANSLATE_NOOP("Actions", "Copy the picture with its recipe")},
    {Do::fit, kPicture, QT_TRANSLATE_NOOP("Actions", "Fit"), "Ctrl+0",
     QT_TRANSLATE_NOOP("Actions", "Fit the picture into the window")},
    {Do::actual_size, kPicture, QT_TRANSLATE_NOOP("Actions", "Actual size"), "Ctrl+Shift+1 Ctrl+!",
     QT_TRANSLATE_NOOP("Actions", "Show one pixel of the picture as one of the screen")},
    {Do::open_picture, kEdit, QT_TRANSLATE_NOOP("Actions", "Open a picture..."), "Ctrl+Shift+O",
     QT_TRANSLATE_NOOP("Actions", "Open a picture to edit, or pictures to compare")},
    {Do::export_session, kEdit, QT_TRANSLATE_NOOP("Actions", "Export the session..."), "Ctrl+Shift+B",
     QT_TRANSLATE_NOOP("Actions", "Write the editing session into one file")},
    {Do::brush, kEdit, QT_TRANSLATE_NOOP("Actions", "Brush"), "B", QT_TRANSLATE_NOOP("Actions", "Mark with the brush")},
    {Do::eraser, kEdit, QT_TRANSLATE_NOOP("Actions", "Eraser"), "E",
     QT_TRANSLATE_NOOP("Actions", "Take the mark away")},
    {Do::smaller_brush, kEdit, QT_TRANSLATE_NOOP("Actions", "Smaller brush"), "[",
     QT_TRANSLATE_NOOP("Actions", "Make the brush smaller")},
    {Do::larger_brush, kEdit, QT_TRANSLATE_NOOP("Actions", "Larger brush"), "]",
     QT_TRANSLATE_NOOP("Actions", "Make the brush larger")},
    {Do::swap, kEdit, QT_TRANSLATE_NOOP("Actions", "Swap"), "X",
     QT_TRANSLATE_NOOP("Actions", "Swap brush and eraser; on the Compare page left and right")},
    {Do::invert_mark, kEdit, QT_TRANSLATE_NOOP("Actions", "Turn the mark around"), "Shift+V",
     QT_TRANSLATE_NOOP("Actions", "Mark what is not marked, and the other way round")},
    {Do::only_listed, kEdit, QT_TRANSLATE_NOOP("Actions", "Before, while held"), "Space",
     QT_TRANSLATE_NOOP("Actions", "Show the picture before the change; on the Compare page the other picture")},
    {Do::only_listed, kGallery, QT_TRANSLATE_NOOP("Actions", "Move"), "Left Right Up Down",
     QT_TRANSLATE_NOOP("Actions", "Go from picture to picture")},
    {Do::star, kGallery, QT_TRANSLATE_NOOP("Actions", "Star"), ".",
     QT_TRANSLATE_NOOP("Actions", "Give the chosen pictures a star, or take it")},
    {Do::trash, kGallery, QT_TRANSLATE_NOOP("Actions", "Move to trash"), "Del",
     QT_TRANSLATE_NOOP("Actions", "Put the chosen pictures into the trash")},
    {Do::choose_all, kGallery, QT_TRANSLATE_NOOP("Actions", "Choose all"), "Ctrl+A",
     QT_TRANSLATE_NOOP("Actions", "Choose every picture that is shown")},
    {Do::more_like, kGallery, QT_TRANSLATE_NOOP("Actions", "More like this"), "Ctrl+L",
     QT_TRANSLATE_NOOP("Actions", "Show the pictures most like the chosen one")},
    {Do::carry_tokens, kGallery, QT_TRANSLATE_NOOP("Actions", "Keep tokens in pictures"), "Ctrl+Shift+K",
     QT_TRANSLATE_NOOP("Actions", "New pictures hold what they were painted from, so that they can be repainted")},
    {Do::load, kProgram, QT_TRANSLATE_NOOP("Actions", "Load a model..."), "Ctrl+O",
     QT_TRANSLATE_NOOP("Actions", "Load another model folder")},
    {Do::settings, kProgram, QT_TRANSLATE_NOOP("Actions", "Settings..."), "Ctrl+,",
     QT_TRANSLATE_NOOP("Actions", "Change theme, size, language and what the program does by itself")},
    {Do::theme, kProgram, QT_TRANSLATE_NOOP("Actions", "Change dark and light"), "Ctrl+Shift+T",
     QT_TRANSLATE_NOOP("Actions", "Change between the dark and the light theme")},
    {Do::log, kProgram, QT_TRANSLATE_NOOP("Actions", "Log"), "Ctrl+Shift+L",
     QT_TRANSLATE_NOOP("Actions", "Show the last lines of the program's log")},
    {Do::report, kProgram, QT_TRANSLATE_NOOP("Actions", "Copy a report"), "Ctrl+Shift+D",
     QT_TRANSLATE_NOOP("Actions", "Copy versions, model, settings and last errors, without prompts, names and paths")},
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
  // Further keys are worth a word only when they are other ones in the user's eyes.
  if (row.group == kPages || row.what == Do::redo || row.what == Do::only_listed)
    for (const auto& key : keys.mid(1)) text += QStringLiteral(", ") + key.toString(QKeySequence::NativeText);
  return text.replace(QLatin1String("Return"), QLatin1String("Enter"));
}

Actions::Actions(QWidget* window) {
  for (const auto& row : kTable) {
    if (row.what == Do::only_listed) continue;
    auto* action = new QAction(window);
    action->setShortcuts(keysOf(row));
    window->addAction(action);
    actions_[row.what] = action;
  }
  retranslated(window, [actions = actions_] {
    for (const auto& row : kTable) {
      if (row.what == Do::only_listed) continue;
      QAction* action = actions.at(row.what);
      action->setText(QCoreApplication::translate("Actions", row.text));
      const QString tip = QCoreApplication::translate("Actions", row.tip);
      action->setToolTip(plainToolTip(QStringLiteral("%1 (%2)").arg(tip, keysText(row))));
      action->setStatusTip(tip);
    }
  });
}

}  // namespace b3o
