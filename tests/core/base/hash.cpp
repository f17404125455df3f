#include "core/base/hash.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void sha256_gives_the_published_digests() {  // FIPS 180-4 and the NIST example texts
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrst"
       "u",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1000000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& [text, wanted] : rows) check_equal(sha256_hex(text), wanted);
}

void sha256_does_not_depend_on_the_pieces() {
  const std::string text(300, 'x');
  for (size_t cut = 0; cut <= text.size(); ++cut)
    check_equal(Sha256().add(text.substr(0, cut)).add(text.substr(cut)).hex(), sha256_hex(text), "cut " + shown(cut));
}

void sha256_of_a_file_is_that_of_its_bytes() {
  TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < (1 << 20) + 7; ++i) text += char(i * 7);
  write_file(folder / "a", text);
  check_equal(sha256_hex_of_file(folder / "a"), sha256_hex(text));
  check_contains(message_of<LoadError>([&] { sha256_hex_of_file(folder.path()); }), "is not a regular file");
  check_contains(message_of<LoadError>([&] { sha256_hex_of_file(folder / "b"); }), "b: ");
}

void fnv_and_splitmix_give_the_published_values() {
  check_equal(fnv1a64("a"), 0xaf63dc4c8601ec8cull);  // decoder.md 9.1
  check_equal(fnv1a64(""), 0xcbf29ce484222325ull);
  check_equal(fnv1a64("visual.patch_embed.proj.weight"), 0x2b397c31aac5ac92ull);  // understanding.md 10
  check_equal(mix64(0x9e3779b97f4a7c15ull), 0xe220a8397b1dcdafull);               // the first output of seed 0
}

const Cases cases = {
    CASE(sha256_gives_the_published_digests),
    CASE(sha256_does_not_depend_on_the_pieces),
    CASE(sha256_of_a_file_is_that_of_its_bytes),
    CASE(fnv_and_splitmix_give_the_published_values),
};

}  // namespace
