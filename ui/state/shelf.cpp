#include "ui/state/shelf.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/hash.h"

namespace b3o {
namespace {

std::string small_letters(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return text;
}

bool has_all(const std::string& text, const std::string& words) {
  const std::string in = small_letters(text), wanted = small_letters(words);
  for (size_t at = 0; (at = wanted.find_first_not_of(' ', at)) != wanted.npos;) {
    const size_t end = std::min(wanted.find(' ', at), wanted.size());
    if (in.find(wanted.substr(at, end - at)) == in.npos) return false;
    at = end;
  }
  return true;
}

}  // namespace

int64_t MemoryShelf::save(const StoredConversation& conversation) {
  const std::lock_guard lock(mutex_);
  const int64_t id = conversation.line.id ? conversation.line.id : ++last_id_;
  auto& home = removed_.contains(id) ? removed_ : conversations_;
  const int64_t made = home.contains(id) ? home[id].line.made : 0;
  StoredConversation& kept = home[id] = conversation;
  clock_ = std::max(clock_ + 1, milliseconds_now());
  kept.line.id = id;
  kept.line.made = made ? made : clock_;
  kept.line.changed = clock_;
  return id;
}

std::vector<ConversationLine> MemoryShelf::lines(const std::string& words) const {
  const std::lock_guard lock(mutex_);
  std::vector<ConversationLine> lines;
  for (const auto& [id, conversation] : conversations_)
    if (has_all(conversation.line.title + "\n" + conversation.words, words)) lines.push_back(conversation.line);
  std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.changed > b.changed; });
  return lines;
}

std::optional<StoredConversation> MemoryShelf::load(int64_t id) const {
  const std::lock_guard lock(mutex_);
  const auto it = conversations_.find(id);
  return it == conversations_.end() ? std::nullopt : std::optional(it->second);
}

void MemoryShelf::rename(int64_t id, const std::string& title) {
  const std::lock_guard lock(mutex_);
  if (conversations_.contains(id)) conversations_[id].line.title = title;
}

void MemoryShelf::saveDraft(int64_t id, const std::string& draft) {
  const std::lock_guard lock(mutex_);
  if (id == 0)
    values_[kNewDraft] = draft;
  else if (conversations_.contains(id))
    conversations_[id].draft = draft;
}

void MemoryShelf::remove(int64_t id) {
  const std::lock_guard lock(mutex_);
  if (auto node = conversations_.extract(id)) removed_.insert(std::move(node));
}

void MemoryShelf::restore(int64_t id) {
  const std::lock_guard lock(mutex_);
  if (auto node = removed_.extract(id)) conversations_.insert(std::move(node));
}

std::string MemoryShelf::keepPicture(const std::string& png) {
  const std::string name = sha256_hex(png) + ".png";
  const std::lock_guard lock(mutex_);
  pictures_[name] = png;
  return name;
}

std::string MemoryShelf::picture(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto it = pictures_.find(name);
  if (it == pictures_.end()) throw LoadError(name + ": the picture is not there");
  return it->second;
}

std::string MemoryShelf::value(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto it = values_.find(name);
  return it == values_.end() ? std::string() : it->second;
}

void MemoryShelf::setValue(const std::string& name, const std::string& value) {
  const std::lock_guard lock(mutex_);
  values_[name] = value;
}

int64_t StoreShelf::save(const StoredConversation& conversation) { return store_->save_conversation(conversation); }
std::vector<ConversationLine> StoreShelf::lines(const std::string& words) const { return store_->conversations(words); }
std::optional<StoredConversation> StoreShelf::load(int64_t id) const { return store_->load_conversation(id); }
void StoreShelf::rename(int64_t id, const std::string& title) { store_->rename_conversation(id, title); }
void StoreShelf::saveDraft(int64_t id, const std::string& draft) {
  if (id == 0)
    store_->set_value(kNewDraft, draft);
  else
    store_->save_draft(id, draft);
}
void StoreShelf::remove(int64_t id) { store_->remove_conversation(id); }
void StoreShelf::restore(int64_t id) { store_->restore_conversation(id); }
std::string StoreShelf::keepPicture(const std::string& png) { return store_->keep_attachment(png, ".png"); }
std::string StoreShelf::picture(const std::string& name) const { return store_->attachment(name); }
std::string StoreShelf::value(const std::string& name) const { return store_->value(name); }
void StoreShelf::setValue(const std::string& name, const std::string& value) { store_->set_value(name, value); }

std::shared_ptr<Shelf> shelfOver(std::shared_ptr<Store> store) {
  if (store) return std::make_shared<StoreShelf>(std::move(store));
  return std::make_shared<MemoryShelf>();
}

}  // namespace b3o
