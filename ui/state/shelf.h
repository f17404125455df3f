// Where conversations are kept: the library, or memory that ends with the program. Any thread may call; what fails is
// an Error.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/library/store.h"

namespace b3o {

inline constexpr const char* kNewDraft = "chat.draft";  // the value that holds the draft of the next new chat

class Shelf {
 public:
  virtual ~Shelf() = default;
  virtual int64_t save(const StoredConversation& conversation) = 0;  // a new one when its id is 0; returns the id
  virtual std::vector<ConversationLine> lines(const std::string& words) const = 0;  // the newest change first
  virtual std::optional<StoredConversation> load(int64_t id) const = 0;
  virtual void rename(int64_t id, const std::string& title) = 0;
  virtual void saveDraft(int64_t id, const std::string& draft) = 0;  // 0: of the next new chat
  virtual void remove(int64_t id) = 0;
  virtual void restore(int64_t id) = 0;
  virtual std::string keepPicture(const std::string& png) = 0;  // returns its name
  virtual std::string picture(const std::string& name) const = 0;
  virtual std::string value(const std::string& name) const = 0;  // small things by name; empty when never set
  virtual void setValue(const std::string& name, const std::string& value) = 0;
};

class MemoryShelf : public Shelf {
 public:
  int64_t save(const StoredConversation& conversation) override;
  std::vector<ConversationLine> lines(const std::string& words) const override;
  std::optional<StoredConversation> load(int64_t id) const override;
  void rename(int64_t id, const std::string& title) override;
  void saveDraft(int64_t id, const std::string& draft) override;
  void remove(int64_t id) override;
  void restore(int64_t id) override;
  std::string keepPicture(const std::string& png) override;
  std::string picture(const std::string& name) const override;
  std::string value(const std::string& name) const override;
  void setValue(const std::string& name, const std::string& value) override;

 private:
  mutable std::mutex mutex_;
  std::map<int64_t, StoredConversation> conversations_;
  std::map<int64_t, StoredConversation> removed_;
  std::map<std::string, std::string> pictures_, values_;
  int64_t last_id_ = 0, clock_ = 0;
};

class StoreShelf : public Shelf {
 public:
  explicit StoreShelf(std::shared_ptr<Store> store) : store_(std::move(store)) {}
  int64_t save(const StoredConversation& conversation) override;
  std::vector<ConversationLine> lines(const std::string& words) const override;
  std::optional<StoredConversation> load(int64_t id) const override;
  void rename(int64_t id, const std::string& title) override;
  void saveDraft(int64_t id, const std::string& draft) override;
  void remove(int64_t id) override;
  void restore(int64_t id) override;
  std::string keepPicture(const std::string& png) override;
  std::string picture(const std::string& name) const override;
  std::string value(const std::string& name) const override;
  void setValue(const std::string& name, const std::string& value) override;

 private:
  std::shared_ptr<Store> store_;
};
// Memory, where there is no library.
std::shared_ptr<Shelf> shelfOver(std::shared_ptr<Store> store);

}  // namespace b3o
