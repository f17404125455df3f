// A session in one file: the same on another machine, and nothing taken from a file that is not whole.
#include "core/library/session_file.h"

#include <zip.h>

#include <fstream>
#include <functional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/core/library/edits.h"
#include "tests/support/small_disk.h"

using namespace b3o;
using namespace b3o::test;

namespace {

namespace fs = std::filesystem;
constexpr size_t kMost = size_t(64) << 20;

// A session kept in a library and written out of it.
struct Written {
  TemporaryFolder folder;
  Store store{folder / "library"};
  EditDocument document = whole_session();
  fs::path file = folder / "beach.b3o";
  Written() {
    stored(document, store, "Beach");
    write(file);
  }
  void write(const fs::path& to) {
    write_session_file(to, document, "Beach", [&](const std::string& name) { return store.attachment(name); });
  }
};

// Another machine's library, empty at first.
struct Other {
  TemporaryFolder folder;
  Store store{folder / "library"};
  SessionFile read(const fs::path& file) {
    return read_session_file(file, [&](std::string_view png) { return store.keep_attachment(png, ".png"); });
  }
  size_t files() const {
    size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) count += entry.is_regular_file();
    return count;
  }
  // The sentence; and that nothing was kept.
  std::string refusal(const fs::path& file) {
    const size_t before = files();
    const std::string sentence = message_of<LoadError>([&] { read(file); });
    check_equal(files(), before, "files after a refusal");
    check(sentence.find('\n') == sentence.npos && sentence.find(file.filename().string()) != sentence.npos,
          "one sentence that names the file: " + sentence);
    return sentence;
  }
};

using Entries = std::vector<std::pair<std::string, std::string>>;

Entries entries_of(const fs::path& file) {
  Entries out;
  zip_t* zip = zip_open(file.c_str(), ZIP_RDONLY, nullptr);
  check(zip, "the file is a zip for others too");
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
    zip_stat_t stat;
    zip_stat_index(zip, zip_uint64_t(i), 0, &stat);
    std::string bytes(stat.size, '\0');
    zip_file_t* entry = zip_fopen_index(zip, zip_uint64_t(i), 0);
    check(zip_fread(entry, bytes.data(), stat.size) == zip_int64_t(stat.size), "the entry is read");
    zip_fclose(entry);
    out.push_back({stat.name, std::move(bytes)});
  }
  zip_discard(zip);
  return out;
}

// As another program packs it, deflated.
void pack(const fs::path& file, const Entries& entries) {
  fs::remove(file);
  zip_t* zip = zip_open(file.c_str(), ZIP_CREATE, nullptr);
  for (const auto& [name, bytes] : entries) {
    zip_source_t* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
    check(zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0, "the entry is added");
  }
  check(zip_close(zip) == 0, "the zip is written");
}

std::string& entry(Entries& entries, const std::string& name) {
  for (auto& [key, bytes] : entries)
    if (key.starts_with(name)) return bytes;
  throw CheckFailed("no entry " + name);
}

void a_session_opens_on_another_machine_equal() {
  Written w;
  Other other;
  const SessionFile back = other.read(w.file);
  check_equal(back.title, std::string("Beach"));
  check(back.document == w.document, "the document");
  for (const auto& picture : back.document.pictures())
    check(other.store.attachment(picture->file) == w.store.attachment(picture->file), "the picture's bytes");
  write_session_file(other.folder / "again.b3o", back.document, back.title,
                     [&](const std::string& name) { return other.store.attachment(name); });
  check(read_file(other.folder / "again.b3o", kMost) == read_file(w.file, kMost), "the file's bytes");
}

void the_file_is_a_zip_with_session_mask_and_pictures() {
  Written w;
  std::string names;
  for (const auto& [name, bytes] : entries_of(w.file)) names += name.substr(0, 10) + " ";
  check_contains(names, "session.js mask.png masks/");
  check_contains(names, "pictures/");
}

void one_packed_again_by_another_program_opens_too() {
  Written w;
  pack(w.folder / "packed.b3o", entries_of(w.file));
  Other other;
  check(other.read(w.folder / "packed.b3o").document == w.document, "the document");
}

void a_file_cut_anywhere_is_refused_and_nothing_is_kept() {
  Written w;
  const std::string whole = read_file(w.file, kMost);
  Other other;
  const fs::path cut = w.folder / "cut.b3o";
  check(whole.size() > 1000, "a session of some size");
  for (size_t place = 0; place < whole.size(); ++place) {
    std::ofstream(cut, std::ios::binary).write(whole.data(), std::streamsize(place));  // every byte is a boundary
    other.refusal(cut);
  }
}

void a_changed_byte_anywhere_is_never_taken_for_the_session() {
  Written w;
  const std::string whole = read_file(w.file, kMost);
  Other other;
  const fs::path bad = w.folder / "bad.b3o";
  for (size_t at = 0; at < whole.size(); at += 1 + whole.size() / 150) {
    std::string bytes = whole;
    bytes[at] = char(bytes[at] ^ 0x55);
    write_file(bad, bytes);
    try {
      check(other.read(bad).document == w.document, "what does not count may differ");
    } catch (const LoadError& e) {
      check(std::string(e.what()).find("bad.b3o") != std::string::npos, "a sentence");
    }
  }
}

void tricks_with_names_are_refused() {
  Written w;
  const Entries good = entries_of(w.file);
  Other other;
  const fs::path bad = w.folder / "bad.b3o";
  for (const char* name : {"../evil.png", "/etc/evil", "pictures/../../evil.png", "C:\\evil.png", "pictures/evil.png",
                           "SESSION.JSON", "pictures/", "session.json/x", "..", "a\nb"}) {
    Entries entries = good;
    entries.push_back({name, "evil"});
    pack(bad, entries);
    check_contains(other.refusal(bad), "belongs to no session");
  }
  // A file name inside the session that leads elsewhere.
  for (const std::string path : {"../../evil.png", "/etc/passwd", ""}) {
    Entries entries = good;
    std::string& json = entry(entries, "session.json");
    const size_t at = json.find("\"file\": \"") + 9;
    json.replace(at, json.find('"', at) - at, path);
    pack(bad, entries);
    other.refusal(bad);
  }
  check(!fs::exists(w.folder / "evil.png") && !fs::exists(other.folder / "evil.png"), "nothing was written outside");
}

// Both entries are there, at different places, with equal names.
void two_entries_of_one_name_are_refused() {
  Written w;
  Entries entries = entries_of(w.file);
  entries.push_back({"mask.pnh", entry(entries, "mask.png")});
  const fs::path bad = w.folder / "bad.b3o";
  pack(bad, entries);
  std::string bytes = read_file(bad, kMost);
  for (size_t at = 0; (at = bytes.find("mask.pnh", at)) != bytes.npos;) bytes.replace(at, 8, "mask.png");
  write_file(bad, bytes);
  Other other;
  other.refusal(bad);
}

void what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
  Written w;
  Other other;
  const fs::path bad = w.folder / "bad.b3o";
  Entries entries = entries_of(w.file);
  entry(entries, "session.json").append(size_t(65) << 20, ' ');
  pack(bad, entries);
  check(fs::file_size(bad) < 1 << 20, "the file is small");
  check_contains(other.refusal(bad), "'session.json' unpacks to");
  entries = entries_of(w.file);
  entry(entries, "mask.png") = std::string(size_t(257) << 20, '\0');
  pack(bad, entries);
  check_contains(other.refusal(bad), "'mask.png' unpacks to");
}

void more_entries_than_a_session_has_are_refused() {
  Written w;
  Entries entries = entries_of(w.file);
  for (int64_t i = 0; i < kMostSessionFiles; ++i) entries.push_back({cat("pictures/", i), ""});
  pack(w.folder / "many.b3o", entries);
  check_contains(Other().refusal(w.folder / "many.b3o"), "entries, at most 20000 are read");
}

void an_entry_that_says_it_is_smaller_than_it_is_is_refused() {
  Written w;
  const fs::path bad = w.folder / "bad.b3o";
  Entries entries = entries_of(w.file);
  pack(bad, entries);
  std::string bytes = read_file(bad, kMost);
  const uint32_t size = uint32_t(entry(entries, "session.json").size());
  const std::string told{char(size), char(size >> 8), char(size >> 16), char(size >> 24)};
  const uint32_t less = size - 10;
  const std::string lie{char(less), char(less >> 8), char(less >> 16), char(less >> 24)};
  size_t changed = 0;
  for (size_t at = 0; (at = bytes.find(told, at)) != bytes.npos; ++at) bytes.replace(at, 4, lie), ++changed;
  check(changed >= 1, "the size was found");
  write_file(bad, bytes);
  Other other;
  other.refusal(bad);
}

void parts_that_are_missing_or_others_are_refused() {
  Written w;
  Other other;
  const fs::path bad = w.folder / "bad.b3o";
  const Entries good = entries_of(w.file);
  for (size_t i = 0; i < good.size(); ++i) {
    Entries entries = good;
    entries.erase(entries.begin() + std::ptrdiff_t(i));
    pack(bad, entries);
    check_contains(other.refusal(bad), "is missing");
    if (i == 0) continue;
    for (const std::string& bytes :
         {std::string("GIF89a"), std::string(), good[i].second.substr(0, good[i].second.size() / 2)}) {
      entries = good;
      entries[i].second = bytes;
      pack(bad, entries);
      other.refusal(bad);
    }
  }
  // A sound picture in the place of another one.
  Entries entries = good;
  entry(entries, "pictures/") = encode_png(*shade(99)->image);
  pack(bad, entries);
  check_contains(other.refusal(bad), "is another file than its name says");
}

void a_mask_of_another_size_is_refused() {
  Written w;
  Entries entries = entries_of(w.file);
  entry(entries, "mask.png") = mask_png(MaskDocument(10, 10));
  pack(w.folder / "bad.b3o", entries);
  check_contains(Other().refusal(w.folder / "bad.b3o"), "the mask is 10 x 10 pixels, expected 160 x 140");
}

void other_formats_and_kinds_are_refused_with_their_sentence() {
  Written w;
  Other other;
  const fs::path bad = w.folder / "bad.b3o";
  const auto with = [&](const std::string& from, const std::string& to) {
    Entries entries = entries_of(w.file);
    std::string& json = entry(entries, "session.json");
    json.replace(json.find(from), from.size(), to);
    pack(bad, entries);
    return other.refusal(bad);
  };
  check_contains(with("\"format\": 1", "\"format\": 2"), "has format 2, this program reads 1; use a newer program");
  check_contains(with("blip3o session file", "something"), "says something else");
  check_contains(with("\"nodes\": [", "\"nodes\": {}, \"x\": ["), "'nodes'");
  check_contains(with("{", "["), "bad.b3o");
  write_file(bad, encode_png(*shade(1)->image));
  check_contains(other.refusal(bad), "cannot be unpacked");
  write_file(bad, "");
  other.refusal(bad);
  check_contains(other.refusal(w.folder / "not-there.b3o"), "no file that can be read");
  check_contains(other.refusal(w.folder.path()), "no file that can be read");
}

void a_full_disk_leaves_the_file_that_was_there() {
  Written w;
  const std::string before = read_file(w.file, kMost);
  w.document.invert();
  {
    const SmallDisk disk(4096);
    check_contains(message_of<Error>([&] { w.write(w.file); }), "beach.b3o");
  }
  check(read_file(w.file, kMost) == before, "the old file");
  size_t files = 0;
  for (const auto& item : fs::directory_iterator(w.folder.path())) files += item.is_regular_file();
  check_equal(files, size_t(1), "files beside the library");
}

void a_picture_that_is_gone_is_said_and_nothing_is_written() {
  Written w;
  const std::string before = read_file(w.file, kMost);
  fs::remove(w.folder / "library" / "attachments" / w.document.node(3).picture->file);
  check_contains(message_of<Error>([&] { w.write(w.file); }), "cannot be opened");
  check(read_file(w.file, kMost) == before, "the old file");
}

const Cases cases = {
    CASE(a_session_opens_on_another_machine_equal),
    CASE(the_file_is_a_zip_with_session_mask_and_pictures),
    CASE(one_packed_again_by_another_program_opens_too),
    CASE(a_file_cut_anywhere_is_refused_and_nothing_is_kept),
    CASE(a_changed_byte_anywhere_is_never_taken_for_the_session),
    CASE(tricks_with_names_are_refused),
    CASE(two_entries_of_one_name_are_refused),
    CASE(what_unpacks_to_too_much_is_refused_before_it_is_unpacked),
    CASE(more_entries_than_a_session_has_are_refused),
    CASE(an_entry_that_says_it_is_smaller_than_it_is_is_refused),
    CASE(parts_that_are_missing_or_others_are_refused),
    CASE(a_mask_of_another_size_is_refused),
    CASE(other_formats_and_kinds_are_refused_with_their_sentence),
    CASE(a_full_disk_leaves_the_file_that_was_there),
    CASE(a_picture_that_is_gone_is_said_and_nothing_is_written),
};

}  // namespace
