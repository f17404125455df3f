// Every action of the program in one table: menus, tool tips, keys and the key sheet come from it.
#pragma once

#include <QAction>
#include <QWidget>
#include <map>
#include <span>

namespace b3o {

enum class Do {
  go_chat,
  go_create,
  go_edit,
  go_gallery,
  go_compare,
  run,
  run_first,
  earlier_prompt,
  later_prompt,
  stop,
  new_chat,
  attach,
  find,
  rename,
  remove_chat,
  export_chat,
  import_chat,
  regenerate,
  automatic,
  undo,
  redo,
  load,
  save,
  save_bare,
  copy,
  paste,
  fit,
  actual_size,
  open_picture,
  export_session,
  brush,
  eraser,
  smaller_brush,
  larger_brush,
  swap,
  invert_mark,
  star,
  trash,
  choose_all,
  more_like,
  carry_tokens,
  settings,
  theme,
  log,
  report,
  keys,
  quit,
  only_listed  // a key that a widget handles itself
};

struct ActionRow {
  Do what;
  const char* group;  // its heading in the key sheet
  const char* text;
  const char* keys;  // separated by a space; portable names
  const char* tip;   // tool tip and accessible description
};

std::span<const ActionRow> actionTable();
// "Ctrl+Enter" as the user's system writes it.
QString keysText(const ActionRow& row);

// The table's rows as QActions of one window.
class Actions {
 public:
  explicit Actions(QWidget* window);
  QAction* operator[](Do what) const { return actions_.at(what); }

 private:
  std::map<Do, QAction*> actions_;
};

}  // namespace b3o
