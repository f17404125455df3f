#include <cstdio>
#include <ctime>
#include <span>

#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/library/store_parts.h"

namespace b3o {
namespace {

constexpr size_t kMostPictureBytes = size_t(256) << 20;
constexpr const char* kLine = "SELECT id, made, trashed, width, height, starred, file, prompt FROM pictures";

PictureLine line_of(const Statement& row) {
  return {.id = row.number(0),
          .made = row.number(1),
          .trashed = row.number(2),
          .width = int(row.number(3)),
          .height = int(row.number(4)),
          .starred = row.number(5) != 0,
          .file = row.text(6),
          .prompt = row.text(7)};
}

// Sorts by time, says which picture it is, and is safe in every file system.
std::string name_for(int64_t made, uint64_t seed, int again) {
  const std::time_t seconds = std::time_t(made / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &parts);
  char milliseconds[8];
  std::snprintf(milliseconds, sizeof milliseconds, "%03d", int(made % 1000));
  return cat(text, milliseconds, "-", seed, again ? cat("-", again) : std::string(), ".png");
}

// What a search finds a picture by.
const std::string& words_of(const Recipe& recipe) { return recipe.prompt.empty() ? recipe.user_text : recipe.prompt; }

}  // namespace

PictureLine Store::Impl::insert_picture(const std::string& file, int64_t made, int width, int height,
                                        const Recipe& recipe, const std::string& said, double seconds) {
  PictureLine line{.made = made, .width = width, .height = height, .file = file, .prompt = words_of(recipe)};
  Statement(writing(),
            "INSERT INTO pictures(file, made, width, height, prompt, folded, recipe, notice, seconds) "
            "VALUES(?,?,?,?,?,?,?,?,?)")
      .bind(file)
      .bind(made)
      .bind(width)
      .bind(height)
      .bind(line.prompt)
      .bind(folded(line.prompt))
      .bind(to_json(recipe))
      .bind(said)
      .bind(seconds)
      .run();
  line.id = db->last_id();
  return line;
}

std::string Store::Impl::file_of(int64_t id) {
  const std::lock_guard lock(db->mutex());
  Statement find(*db, "SELECT file FROM pictures WHERE id=?");
  if (!find.bind(id).step()) throw Error(cat("The library holds no picture with the number ", id, "."));
  return find.text(0);
}

PictureLine Store::add_picture(const NewPicture& picture) {
  if (impl_->read_only) throw Error(impl_->notice);
  const int64_t made = picture.made ? picture.made : milliseconds_now();
  const std::string bytes =
      picture_file_bytes(picture.image, picture.recipe, picture.carry_tokens ? picture.tokens : PictureTokens());
  std::string name;
  {
    const std::lock_guard lock(impl_->naming);
    for (int again = 0; name.empty() || std::filesystem::exists(picture_path(name)); ++again)
      name = name_for(made, picture.recipe.seed, again);
    write_file(picture_path(name), bytes);
  }
  // The cache first: when the program ends here, the row is made from the file at the next start.
  impl_->cache->put(name, thumbnail_of(picture.image, kThumbnailSide), picture.tokens);
  const std::lock_guard lock(impl_->db->mutex());
  return impl_->insert_picture(name, made, picture.image.width, picture.image.height, picture.recipe, picture.notice,
                               picture.seconds);
}

std::vector<PictureLine> Store::pictures(const PictureQuery& query) const {
  const auto words = search_words(query.words);
  const std::string time = query.trash ? "trashed" : "made", way = query.oldest_first ? " ASC" : " DESC";
  const std::string sql =
      cat(kLine, query.trash ? " WHERE trashed<>0" : " WHERE trashed=0", query.starred ? " AND starred<>0" : "",
          conditions("folded", words.size()), " ORDER BY ", time, way, ", id", way);
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db, sql);
  for (const auto& word : words) find.bind(word);
  std::vector<PictureLine> out;
  while (find.step()) out.push_back(line_of(find));
  return out;
}

int64_t Store::count_pictures(bool in_trash) const {
  const std::lock_guard lock(impl_->db->mutex());
  return impl_->db->number(in_trash ? "SELECT count(*) FROM pictures WHERE trashed<>0"
                                    : "SELECT count(*) FROM pictures WHERE trashed=0");
}

std::optional<StoredPicture> Store::picture(int64_t id) const {
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db,
                 "SELECT id, made, trashed, width, height, starred, file, prompt, recipe, notice, seconds "
                 "FROM pictures WHERE id=?");
  if (!find.bind(id).step()) return std::nullopt;
  StoredPicture out{line_of(find), {}, find.text(9), find.real(10)};
  out.recipe = recipe_from_json(find.text(8), cat("the library's row of ", out.line.file));
  return out;
}

std::optional<int64_t> Store::picture_named(const std::string& file) const {
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db, "SELECT id FROM pictures WHERE file=?");
  if (!find.bind(file).step()) return std::nullopt;
  return find.number(0);
}

std::filesystem::path Store::picture_path(const std::string& file) const { return impl_->folder / "pictures" / file; }

std::string Store::thumbnail(int64_t id) const {
  const std::string file = impl_->file_of(id);
  if (auto png = impl_->cache->thumbnail(file)) return *png;
  const std::string bytes = read_file(picture_path(file), kMostPictureBytes);
  const Image image = decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), file);
  std::string png = thumbnail_of(image, kThumbnailSide);
  impl_->cache->put(file, png, tokens_in_png(bytes, file).value_or(PictureTokens()));
  return png;
}

std::vector<PictureLine> Store::more_like(int64_t id, int most) const {
  const auto files = impl_->cache->similar_to(impl_->file_of(id));
  const std::lock_guard lock(impl_->db->mutex());
  Statement find(*impl_->db, cat(kLine, " WHERE trashed=0 AND file=?"));
  std::vector<PictureLine> out;
  for (const auto& file : files) {
    if (int(out.size()) >= most) break;
    if (find.bind(file).step()) out.push_back(line_of(find));
    find.reset();
  }
  return out;
}

bool Store::has_tokens(int64_t id) const { return impl_->cache->has_tokens(impl_->file_of(id)); }

namespace {

// One statement for each id, all or none.
void for_each(Database& db, const char* sql, const std::vector<int64_t>& ids, int64_t value) {
  const std::lock_guard lock(db.mutex());
  Transaction together(db);
  Statement change(db, sql);
  for (const int64_t id : ids) change.bind(value).bind(id).run();
  together.commit();
}

}  // namespace

void Store::star(const std::vector<int64_t>& ids, bool starred) {
  for_each(impl_->writing(), "UPDATE pictures SET starred=? WHERE id=?", ids, starred);
}

void Store::trash(const std::vector<int64_t>& ids) {
  for_each(impl_->writing(), "UPDATE pictures SET trashed=? WHERE id=? AND trashed=0", ids, milliseconds_now());
}

void Store::restore(const std::vector<int64_t>& ids) {
  for_each(impl_->writing(), "UPDATE pictures SET trashed=? WHERE id=?", ids, 0);
}

void Store::delete_for_good(const std::vector<int64_t>& ids) {
  std::vector<std::string> files;
  {
    Database& db = impl_->writing();
    const std::lock_guard lock(db.mutex());
    Transaction together(db);
    Statement find(db, "SELECT file FROM pictures WHERE id=? AND trashed<>0");
    Statement remove(db, "DELETE FROM pictures WHERE id=?");
    for (const int64_t id : ids) {
      if (find.bind(id).step()) {
        files.push_back(find.text(0));
        remove.bind(id).run();
      }
      find.reset();
    }
    together.commit();
  }
  // A file that outlives its row here comes back at the next start, which is better than the reverse.
  for (const auto& file : files) {
    std::error_code ignored;
    std::filesystem::remove(picture_path(file), ignored);
    impl_->cache->forget(file);
  }
}

}  // namespace b3o
