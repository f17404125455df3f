// Tar archives and the WebDataset shards in them, whole and damaged in every way (training.md 5).
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/train/tar.h"
#include "core/train/webdataset.h"
#include "tests/core/train/archive.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

namespace fs = std::filesystem;

struct Scanned {
  std::vector<std::pair<std::string, std::string>> members;  // path, content
  std::string note;
};

Scanned scanned(const std::string& bytes) {
  TemporaryFolder folder;
  const fs::path file = folder / "a.tar";
  write_file(file, bytes);
  Scanned out;
  out.note =
      scan_tar(file, [&](const TarMember& m) { out.members.emplace_back(m.path, read_range(file, m.offset, m.size)); });
  return out;
}

using Members = std::vector<std::pair<std::string, std::string>>;

void names_and_sizes_of_every_form_are_read() {
  const std::string far(180, 'n'), pax_name = "déjà/" + std::string(150, 'p');
  const Scanned s = scanned(
      member({"plain.txt", "one"}) + member({.name = "split.txt", .content = "two", .prefix = "some/folder"}) +
      member({.name = "split.txt", .content = "2b", .prefix = "no prefix here", .gnu = true}) +
      member({.name = "././@LongLink", .content = far + std::string(1, '\0'), .type = 'L', .gnu = true}) +
      member({"cut", "three"}) + member({"after.txt", "four"}) +
      member({"pax", pax_record("comment", "x") + pax_record("path", pax_name) + pax_record("size", "4"), 'x'}) +
      member({.name = "cut", .content = "five", .size = octal(0)}) +
      member({.name = "wide.bin", .content = "sixsix", .size = base256(6)}) +
      member({.name = "old", .content = "7", .type = '\0'}) +
      member({.name = "spaces", .content = "8", .size = "        1 "}) + end_of_tar());
  check_equal(s.note, std::string(), "note");
  const Members wanted = {{"plain.txt", "one"},   {"some/folder/split.txt", "two"},
                          {"split.txt", "2b"},    {far, "three"},
                          {"after.txt", "four"},  {pax_name, "five"},
                          {"wide.bin", "sixsix"}, {"old", "7"},
                          {"spaces", "8"}};
  check(s.members == wanted, cat("members differ, ", s.members.size(), " of ", wanted.size()));
}

void a_global_header_counts_until_the_end() {
  const Scanned s =
      scanned(member({"g", pax_record("size", "2"), 'g'}) + member({.name = "a", .content = "aa", .size = octal(0)}) +
              member({.name = "b", .content = "bb", .size = octal(0)}));
  check(s.members == Members({{"a", "aa"}, {"b", "bb"}}), "members");
}

void folders_and_links_are_no_members() {
  std::string bytes = member({"folder/", "", '5'}) + header_of({.name = "hard", .type = '1', .size = octal(5000)}) +
                      header_of({.name = "soft", .type = '2', .size = octal(5000)}) + member({"rest/", ""}) +
                      member({"odd", "of an unknown kind", 'Z'}) + member({"file", "x"});
  check(scanned(bytes).members == Members({{"file", "x"}}), "only the file");
}

void two_empty_blocks_end_an_archive_and_one_does_not() {
  const std::string one(512, '\0');
  check(scanned(member({"a", "1"}) + one + member({"b", "2"}) + one + one + member({"c", "3"})).members ==
            Members({{"a", "1"}, {"b", "2"}}),
        "members before the end");
  check_equal(scanned("").members.size(), size_t(0), "members of an empty file");
}

void every_truncation_keeps_what_is_whole() {
  const std::string whole = member({"a.png", std::string(700, 'a')}) + member({"L", std::string(130, 'n'), 'L'}) +
                            member({"cut", std::string(300, 'b')}) + member({"p", pax_record("path", "named"), 'x'}) +
                            member({"cut", std::string(600, 'c')});
  const Members all = scanned(whole).members;
  check_equal(all.size(), size_t(3), "members");
  for (size_t length = 0; length <= whole.size(); length += length % 512 == 0 || length % 512 == 511 ? 1 : 73) {
    const Scanned s = scanned(whole.substr(0, length));
    check(s.members.size() <= all.size() && std::equal(s.members.begin(), s.members.end(), all.begin()),
          cat("members of ", length, " bytes"));
  }
  check_contains(scanned(whole.substr(0, 900)).note, "it is dropped");
  check_contains(scanned(whole.substr(0, 1536 + 100)).note, "ends inside the header");
}

void damaged_headers_end_the_reading_with_a_sentence() {
  const std::string good = member({"a", "1"});
  for (const size_t at : {size_t(3), size_t(130), size_t(150), size_t(300)}) {
    std::string bytes = good + member({"b", "2"}) + member({"c", "3"});
    bytes[1024 + at] = '~';
    const Scanned s = scanned(bytes);
    check_equal(s.members.size(), size_t(1), cat("members before a byte ", at, " that is wrong"));
    check_contains(s.note, "the header at 1024 is damaged");
  }
  std::string noise(4096, '\0');
  for (size_t i = 0; i < noise.size(); ++i) noise[i] = char(i * 37 + i / 7);
  check_equal(scanned(noise).members.size(), size_t(0), "members of noise");
}

void sizes_beyond_the_file_take_no_memory() {
  std::string negative(12, char(0xff)), huge = base256(0);
  for (size_t i = 1; i < huge.size(); ++i) huge[i] = char(0xff);
  for (const std::string& size : {octal(0777777777777), base256(uint64_t(1) << 62), huge, negative, base256(~0ull)}) {
    const Scanned s = scanned(member({"a", "1"}) + member({.name = "b", .content = "2", .size = size}));
    check_equal(s.members.size(), size_t(1), "members before it");
    check(!s.note.empty(), "a note");
  }
  const Scanned pax = scanned(member({"p", pax_record("size", "999999999999999999"), 'x'}) + member({"a", "1"}));
  check_contains(pax.note, "999999999999999999 bytes");
  check(!scanned(header_of({.name = "L", .type = 'L', .size = octal(2'000'000'000)})).note.empty(), "a long name");
  for (const char* record :
       {"99999999999999999999 path=x\n", "0 path=x\n", "3 p", "x", "8 path=\n", "5 ab\n", " 9 a=b\n"})
    check_equal(scanned(member({"p", record, 'x'}) + member({"kept", "1"})).members.size(), size_t(1), record);
}

void write_shard(const fs::path& file, const std::string& bytes) { write_file(file, bytes + end_of_tar()); }

void members_of_one_name_are_one_example() {
  TemporaryFolder folder;
  write_shard(folder / "00000.tar", member({"d.ir/", "", '5'}) + sample("d.ir/a", "first", 10) +
                                        member({"d.ir/b.TXT", "second\r\n"}) + member({"d.ir/b.json", "{}"}) +
                                        member({"d.ir/b.JPEG", png(20)}) + member({"d.ir/c.left.png", png(1)}) +
                                        member({"d.ir/c.webp", png(30)}) + member({"d.ir/c.txt", "dritte"}) +
                                        member({"e.jpg", png(40)}) + member({"f.txt", "words alone"}) +
                                        member({"g.txt", ""}) + member({"g.png", png(50)}) +
                                        member({"readme", "no dot"}) + sample("h", "last", 60));
  for (int round = 0; round < 2; ++round) {  // scanned, then from the index
    WebDataset data({(folder / "00000.tar").string()});
    check_equal(data.shard_sizes().at(0), int64_t(4), "examples");
    const std::vector<std::pair<std::string, int>> wanted = {
        {"first", 10}, {"second", 20}, {"dritte", 30}, {"last", 60}};
    std::set<std::string> ids;
    for (int64_t i = 0; i < 4; ++i) {
      const Example e = data.read(0, i);
      check_equal(e.text, wanted[size_t(i)].first, "text");
      check(e.target == plain_image(uint8_t(wanted[size_t(i)].second)), cat("picture ", i));
      check(e.kind == Example::Kind::draw, "kind");
      ids.insert(e.id);
    }
    check_equal(ids.size(), size_t(4), "different ids");
    check_contains(data.notes().at(0), "3 examples lack a picture or a text");
    check(fs::exists(folder / "00000.tar.idx"), "an index is kept");
  }
}

void broken_examples_are_refused_one_by_one() {
  TemporaryFolder folder;
  std::string cut = png(1);
  cut.resize(cut.size() / 2);
  write_shard(folder / "a.tar", member({"a.png", "no picture"}) + member({"a.txt", "x"}) + member({"b.png", cut}) +
                                    member({"b.txt", "x"}) + sample("c", "\xff\xfe", 1) + sample("d", "  \n", 1) +
                                    sample("e", "whole", 1));
  WebDataset data({folder.path().string()});
  check_equal(data.shard_sizes().at(0), int64_t(5), "examples");
  for (int64_t i = 0; i < 4; ++i) check_contains(message_of<LoadError>([&] { data.read(0, i); }), "a.tar: ");
  check_equal(data.read(0, 4).text, std::string("whole"), "the whole one");
}

void a_shard_that_ends_early_keeps_its_whole_examples() {
  TemporaryFolder folder;
  const std::string whole = sample("a", "first", 1) + sample("b", "second", 2) + sample("c", "third", 3);
  write_file(folder / "a.tar", whole.substr(0, whole.size() - 700));
  WebDataset data({(folder / "a.tar").string()});
  check_equal(data.shard_sizes().at(0), int64_t(2), "examples");
  check_equal(data.notes().size(), size_t(2), "notes: the cut, and the example that lacks its text");
}

void an_index_is_believed_only_for_its_shard() {
  TemporaryFolder folder;
  const fs::path shard = folder / "a.tar", index = folder / "a.tar.idx";
  write_shard(shard, sample("a", "first", 1) + sample("b", "second", 2));
  const auto count = [&] { return WebDataset({shard.string()}).shard_sizes().at(0); };
  check_equal(count(), int64_t(2), "examples");
  const std::string good = read_file(index, 1 << 20);
  std::string renamed = good;
  renamed.replace(renamed.find("\"a\""), 3, "\"z\"");
  write_file(index, renamed);
  check_contains(WebDataset({shard.string()}).read(0, 0).id, ":z@");  // it is used
  const size_t second = good.find('\n') + 1;
  for (const std::string& bad :
       {std::string(), good.substr(0, good.size() - 20), good.substr(0, second), "x\n" + good,
        good.substr(0, second) + R"({"key":"a","picture":[512,99999999],"text":[0,1]})" + "\n"}) {
    write_file(index, bad);
    check_equal(count(), int64_t(2), "examples beside a damaged index");
  }
  write_shard(shard, sample("a", "first", 1) + sample("b", "second", 2) + sample("c", "third", 3));
  check_equal(count(), int64_t(3), "examples of another shard of that name");
}

void shards_are_found_by_name_folder_and_pattern() {
  TemporaryFolder folder;
  for (const char* name : {"b-1.tar", "a-0.tar", "a-1.tar"}) write_shard(folder / name, sample(name, name, 1));
  write_file(folder / "other.txt", "x");
  const auto files = [&](const std::string& name) { return matching_files({(folder / name).string()}, ".tar").size(); };
  check_equal(matching_files({folder.path().string()}, ".tar").at(0).filename().string(), std::string("a-0.tar"),
              "first");
  check_equal(files(""), size_t(3), "of the folder");
  check_equal(files("a-*.tar"), size_t(2), "of the pattern");
  check_equal(files("b-1.tar"), size_t(1), "of the name");
  for (const char* none : {"c-*.tar", "d.tar", "nowhere/*.tar"})
    check_contains(message_of<LoadError>([&] { files(none); }), "there is no such data");
}

const Cases cases = {
    CASE(names_and_sizes_of_every_form_are_read),  CASE(a_global_header_counts_until_the_end),
    CASE(folders_and_links_are_no_members),        CASE(two_empty_blocks_end_an_archive_and_one_does_not),
    CASE(every_truncation_keeps_what_is_whole),    CASE(damaged_headers_end_the_reading_with_a_sentence),
    CASE(sizes_beyond_the_file_take_no_memory),    CASE(members_of_one_name_are_one_example),
    CASE(broken_examples_are_refused_one_by_one),  CASE(a_shard_that_ends_early_keeps_its_whole_examples),
    CASE(an_index_is_believed_only_for_its_shard), CASE(shards_are_found_by_name_folder_and_pattern),
};

}  // namespace
