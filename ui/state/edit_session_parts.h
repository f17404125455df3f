// What the sources of EditSession share. Not for other rooms.
#pragma once

#include <QRect>

#include "ui/state/edit_session.h"

namespace b3o {

inline constexpr const char* kOpenValue = "edit.open";  // the value that holds the session that is open
inline constexpr int kLongestGivenName = 200;           // by the user
inline constexpr int kLongestName = 48;                 // that words become

// What opening came to: a document with its masks, or the sentence why there is none.
struct EditSession::Opened {
  std::optional<EditDocument> document;
  int64_t id = 0;
  QString title{};
  QString error{};
  int64_t node = 0;   // to go to; 0: where it was left
  bool seen = false;  // its round trip was shown before
};

// LoadError when it is no picture.
std::shared_ptr<const Image> decoded(const std::string& png, const std::string& where);
inline QRect toQRect(const MaskRect& rect) { return {rect.x, rect.y, rect.width, rect.height}; }
// What the store keeps of a copy; its new pictures and masks are kept first.
StoredEdit storedEdit(EditDocument& copy, Store& store, int64_t id, const std::string& title);
// Whether a session of the library was made elsewhere, as by the conversation, and never shown with its round trip.
bool isUnseen(const Store& store, int64_t id);
void setUnseen(Store& store, int64_t id, bool unseen);
QString stepWord(EditStep step);  // "stroke", to follow "Undo"

// Work on the store where there is one, in order with what is written; else anywhere. work must not throw.
template <class Work, class Then>
void EditSession::later(Work work, Then then) {
  if (library_.isOpen())
    library_.run(this, [work = std::move(work)](Store& store) mutable { return work(&store); }, std::move(then));
  else
    background_.run([work = std::move(work)]() mutable { return work(static_cast<Store*>(nullptr)); }, std::move(then));
}

}  // namespace b3o
