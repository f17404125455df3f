#include "core/library/session_file.h"

#include <zip.h>
#include <zlib.h>

#include <memory>
#include <set>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/image/codec.h"

namespace b3o {
namespace {

constexpr const char* kManifest = "session.json";
constexpr const char* kDrawnMask = "mask.png";
constexpr const char* kKind = "blip3o session file";
constexpr int64_t kFormat = 1;
constexpr uint64_t kMostJsonBytes = uint64_t(64) << 20, kMostPngBytes = uint64_t(256) << 20;
constexpr std::string_view kPngBegins = "\x89PNG\r\n\x1a\n";

// What a session's file holds beside the first two entries, by its name in there.
struct Part {
  std::string name;
  std::string file;
  bool operator<(const Part& other) const { return name < other.name; }
};

std::set<Part> parts_of(const EditDocument& document) {
  std::set<Part> out;
  const auto picture = [&](const EditPicture& p) { out.insert({"pictures/" + p.file, p.file}); };
  const auto mask = [&](const std::shared_ptr<EditMask>& m) {
    if (m) out.insert({"masks/" + m->file, m->file});
  };
  for (const int64_t id : document.ids()) {
    picture(*document.node(id).picture);
    mask(document.node(id).mask);
  }
  if (const EditProposals* waiting = document.proposals()) {
    for (const auto& item : waiting->items) picture(*item.picture);
    mask(waiting->mask);
  }
  return out;
}

// --- writing: entries as they are, one after the other, so that no more than one is in memory and the bytes go through
// the rule of core/base/file.h

class ZipWriter {
 public:
  explicit ZipWriter(const std::filesystem::path& file) : where_(file.string()), out_(file) {}

  void add(const std::string& name, std::string_view bytes) {
    if (at_ + bytes.size() > kMostSessionBytes)
      throw Error(cat(where_, ": the session is larger than ", kMostSessionBytes >> 20,
                      " MiB, which is the most a session's file may hold; delete branches of it and try again"));
    const uint32_t sum = uint32_t(::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), uInt(bytes.size())));
    const std::string fields = u16(20) + u16(kUtf8) + u16(0) + u16(0) + u16(kFirstDay) + u32(sum) +
                               u32(uint32_t(bytes.size())) + u32(uint32_t(bytes.size())) + u16(uint16_t(name.size()));
    directory_ += "PK\1\2" + u16(20) + fields + u16(0) + u16(0) + u16(0) + u16(0) + u32(0) + u32(uint32_t(at_)) + name;
    ++count_;
    put("PK\3\4" + fields + u16(0) + name);
    put(bytes);
  }

  void finish() {
    const uint32_t begin = uint32_t(at_);
    put(directory_);
    put("PK\5\6" + u16(0) + u16(0) + u16(count_) + u16(count_) + u32(uint32_t(directory_.size())) + u32(begin) +
        u16(0));
    out_.finish();
  }

 private:
  static constexpr uint16_t kUtf8 = 1 << 11,
                            kFirstDay = 0x21;  // names are UTF-8; 1 January 1980, as times are not kept

  static std::string u16(uint16_t v) { return {char(v & 255), char(v >> 8)}; }
  static std::string u32(uint32_t v) { return u16(uint16_t(v & 0xffff)) + u16(uint16_t(v >> 16)); }
  void put(std::string_view bytes) {
    out_.write(bytes);
    at_ += bytes.size();
  }

  std::string where_;
  AtomicFile out_;
  std::string directory_;
  uint64_t at_ = 0;
  uint16_t count_ = 0;
};

// --- reading

class ZipReader {
 public:
  explicit ZipReader(const std::filesystem::path& file) : where_(file.string()) {
    std::error_code failure;
    const auto status = std::filesystem::status(file, failure);
    if (failure || !std::filesystem::is_regular_file(status))
      throw LoadError(cat(where_, ": is no file that can be read"));
    if (std::filesystem::file_size(file, failure) > kMostSessionBytes)
      refuse("it is larger than a session's file may be");
    int code = 0;
    zip_.reset(::zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    if (!zip_) {
      zip_error_t error;
      zip_error_init_with_code(&error, code);
      const std::string reason = zip_error_strerror(&error);
      zip_error_fini(&error);
      refuse(cat("it cannot be unpacked (", reason, ")"));
    }
    list();
  }

  const std::set<std::string>& names() const { return names_; }

  std::string read(const std::string& name, uint64_t most) const {
    const zip_int64_t index = names_.contains(name) ? ::zip_name_locate(zip_.get(), name.c_str(), ZIP_FL_ENC_RAW) : -1;
    if (index < 0) refuse(cat("its entry '", name, "' is missing"));
    zip_stat_t stat;
    if (::zip_stat_index(zip_.get(), zip_uint64_t(index), 0, &stat) != 0) refuse("its list of entries is broken");
    if (stat.size > most)
      refuse(cat("its entry '", name, "' unpacks to ", stat.size, " bytes, at most ", most, " are read"));
    std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> entry(::zip_fopen_index(zip_.get(), zip_uint64_t(index), 0),
                                                            ::zip_fclose);
    std::string bytes(stat.size, '\0');
    uint64_t got = 0;
    while (entry && got < stat.size) {
      const zip_int64_t n = ::zip_fread(entry.get(), bytes.data() + got, stat.size - got);
      if (n <= 0) break;
      got += uint64_t(n);
    }
    char beyond;  // the end is where the checksum is compared
    if (!entry || got != stat.size || ::zip_fread(entry.get(), &beyond, 1) != 0)
      refuse(cat("its entry '", name, "' is broken"));
    return bytes;
  }

  [[noreturn]] void refuse(const std::string& reason) const {
    throw LoadError(cat(where_, ": this is no whole session of this program: ", reason));
  }

 private:
  struct Close {
    void operator()(zip_t* zip) const { ::zip_discard(zip); }
  };

  // What is in there, before anything is unpacked.
  void list() {
    const zip_int64_t count = ::zip_get_num_entries(zip_.get(), 0);
    if (count > kMostSessionFiles) refuse(cat("it has ", count, " entries, at most ", kMostSessionFiles, " are read"));
    uint64_t sum = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
      zip_stat_t stat;
      constexpr auto kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
      if (::zip_stat_index(zip_.get(), zip_uint64_t(i), ZIP_FL_ENC_RAW, &stat) != 0 ||
          (stat.valid & kNeeded) != kNeeded)
        refuse("its list of entries is broken");
      const std::string name = stat.name;
      if (!names_.insert(name).second) refuse(cat("it has two entries '", for_message(name, 80), "'"));
      if (stat.encryption_method != ZIP_EM_NONE) refuse("it is locked with a password");
      if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        refuse(cat("its entry '", for_message(name, 80), "' is packed in a way that is not read"));
      if (stat.size > kMostSessionBytes || (sum += stat.size) > kMostSessionBytes)
        refuse(cat("it unpacks to more than ", kMostSessionBytes >> 20, " MiB"));
    }
  }

  std::string where_;
  std::unique_ptr<zip_t, Close> zip_;
  std::set<std::string> names_;
};

std::string read_part(const ZipReader& zip, const Part& part) {
  std::string bytes = zip.read(part.name, kMostPngBytes);
  if (!bytes.starts_with(kPngBegins) || sha256_hex(bytes) + ".png" != part.file)
    zip.refuse(cat("its entry '", for_message(part.name, 100), "' is another file than its name says"));
  return bytes;
}

void check_pictures(const ZipReader& zip, const EditDocument& document, const std::string& where) {
  std::set<std::string> seen;
  for (const auto& picture : document.pictures()) {
    if (!seen.insert(picture->file).second) zip.refuse("two of its pictures are one file");
    const std::string bytes = read_part(zip, {"pictures/" + picture->file, picture->file});
    const Image image =
        decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), cat(where, ": ", picture->file));
    if (image.width != picture->width || image.height != picture->height || image_sha256(image) != picture->sha256)
      zip.refuse(cat("its picture '", picture->file, "' is another one than the session says"));
  }
}

}  // namespace

void write_session_file(const std::filesystem::path& file, const EditDocument& document, const std::string& title,
                        const KeptBytes& bytes) {
  ensure(!document.empty(), "a session that is written has a picture");
  Json manifest{{"kind", kKind}, {"format", kFormat}, {"title", title}};
  manifest["session"] = Json::parse(to_json(document));
  const auto parts = parts_of(document);
  if (int64_t(parts.size()) + 2 > kMostSessionFiles)
    throw Error(cat(file.string(), ": the session has more than ", kMostSessionFiles, " pictures and masks"));
  ZipWriter zip(file);
  zip.add(kManifest, manifest.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  zip.add(kDrawnMask, mask_png(document.mask()));
  for (const Part& part : parts) zip.add(part.name, bytes(part.file));
  zip.finish();
}

SessionFile read_session_file(const std::filesystem::path& file, const KeepBytes& keep) {
  const std::string where = file.string();
  const ZipReader zip(file);
  const Json json = parse_json(zip.read(kManifest, kMostJsonBytes), where);
  const Fields fields(json, where);
  if (fields.string("kind", "") != kKind) zip.refuse("its session.json says something else");
  if (fields.integer("format") != kFormat)
    throw LoadError(cat(where, ": the session's file has format ", fields.integer("format"), ", this program reads ",
                        kFormat, "; use a newer program"));
  SessionFile out;
  out.title = fields.string("title", "");
  out.document = edit_document_from_json(fields.object("session").json().dump(), where);

  const auto parts = parts_of(out.document);
  std::set<std::string> expected{kManifest, kDrawnMask};
  for (const Part& part : parts) {
    if (part.file.size() != 68) zip.refuse(cat("it names a picture '", for_message(part.file, 80), "'"));
    expected.insert(part.name);
  }
  for (const auto& name : zip.names())
    if (!expected.contains(name))
      zip.refuse(cat("it has an entry '", for_message(name, 80), "', which belongs to no session"));
  check_pictures(zip, out.document, where);
  fill_masks(
      out.document, zip.read(kDrawnMask, kMostPngBytes),
      [&](const std::string& name) { return read_part(zip, {"masks/" + name, name}); }, where);

  for (const Part& part : parts)
    if (keep(read_part(zip, part)) != part.file) throw Error(cat(where, ": the library keeps files under other names"));
  return out;
}

}  // namespace b3o
