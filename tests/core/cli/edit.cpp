// `blip3o edit`: every mode, and what it refuses.
#include <filesystem>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/image/resize.h"
#include "tests/core/cli/program.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::string tiny() { return data_path("generation/tiny-blip3o").string(); }

// A folder with a picture, a second one, and masks.
struct Desk {
  TemporaryFolder folder;
  Image source{61, 47};
  Desk() {
    for (size_t i = 0; i < source.pixels.size(); ++i) source.pixels[i] = uint8_t(i * 7);
    write_file(file("a.png"), encode_png(source));
    write_file(file("b.png"), encode_png(Image(40, 60)));
    GrayImage mask(61, 47), wrong(47, 61);
    write_file(file("empty.png"), encode_png(mask));
    mask.pixels[61 * 20 + 30] = wrong.pixels[5] = 255;
    write_file(file("mask.png"), encode_png(mask));
    write_file(file("wrong.png"), encode_png(wrong));
  }
  std::string file(const char* name) const { return (folder / name).string(); }
  Ran edit(std::vector<std::string> words) const {
    words.insert(words.begin(), "edit");
    for (const char* word : {"--model", "MODEL", "--image", "A", "--plan-steps", "1", "--paint-steps", "2",
                             "--paint-guidance", "1", "--size", "64x64", "--seed", "4", "--out", "OUT"})
      words.emplace_back(word == std::string("MODEL") ? tiny()
                         : word == std::string("A")   ? file("a.png")
                         : word == std::string("OUT") ? file("out.png")
                                                      : word);
    return run_program(words);
  }
  Image made(const std::vector<std::string>& words) const {
    const Ran ran = edit(words);
    check_equal(ran.status, 0, words.front() + " (" + ran.err + ")");
    return load_image(file("out.png"));
  }
  void refused(const std::vector<std::string>& words, const std::string& part) const {
    const Ran ran = edit(words);
    check_equal(ran.status, 1, "exit status (" + ran.err + ")");
    check_contains(ran.err, part);
    check(ran.err.find('\n') == ran.err.size() - 1, "more than one line: " + ran.err);
  }
};

void every_mode_makes_a_picture_of_the_right_size() {
  const Desk desk;
  const auto size_is = [](const Image& image, int width, int height) {
    check(image.width == width && image.height == height, cat(image.width, "x", image.height));
  };
  size_is(desk.made({"make it red", "--path", "instruction"}), 61, 47);
  size_is(desk.made({"make it red", "--caption", "a red boat", "--token-strength", "1"}), 61, 47);
  size_is(desk.made({"--mode", "vary", "--token-strength", "0.5"}), 61, 47);
  size_is(desk.made({"--mode", "blend", "--second", desk.file("b.png"), "--blend", "0.25"}), 61, 47);
  size_is(desk.made({"--mode", "details", "--strength", "1"}), 61, 47);
  const Image larger = desk.made({"--mode", "extend", "--extend", "30,0,0,23", "--strength", "1"});
  size_is(larger, 91, 70);
  check(crop(larger, 30, 0, 61, 47) == desk.source, "the picture changed");
  const Image repainted = desk.made({"--mode", "repaint", "--mask", desk.file("mask.png"), "--strength", "1", "--grow",
                                     "2", "--resampling", "2", "--keep-cells", "--soft-mask", "--crop-mask"});
  for (int x = 0; x < 61; ++x)
    check(std::equal(repainted.at(x, 10), repainted.at(x, 10) + 3, desk.source.at(x, 10)), "outside the mask");
}

void json_tells_how_the_picture_was_read_and_by_which_way_it_was_changed() {
  const Desk desk;
  const Json one = desk.edit({"make it red", "--json"}).json()["pictures"][0];
  check_equal(one["recipe"]["edit"]["path"].get<std::string>(), std::string("caption"), "path");
  check_equal(one["read"]["how"].get<std::string>(), std::string("squashed to a square"), "read");
  check(one["cosine"].get<double>() <= 1, "cosine");
  const Ran said = desk.edit({"make it red"});
  check_contains(said.err, "Changed by way of a description: ");
  check_contains(said.err, "squashed to a square of 448 pixels");
}

void a_film_and_proposals_are_numbered_files() {
  const Desk desk;
  desk.made({"--mode", "blend", "--second", desk.file("b.png"), "--film", "3"});
  check(std::filesystem::exists(desk.file("out-3.png")) && !std::filesystem::exists(desk.file("out-4.png")), "a film");
  desk.made({"--mode", "vary", "--count", "4"});
  check(std::filesystem::exists(desk.file("out-4.png")), "proposals");
}

void a_picture_is_edited_again_from_its_own_file() {
  const Desk desk;
  const Image first = desk.made({"make it red", "--mask", desk.file("mask.png"), "--strength", "1", "--grow", "9"});
  const std::string kept = desk.file("kept.png");
  std::filesystem::rename(desk.file("out.png"), kept);
  const Ran again = run_program({"edit", "--model", tiny(), "--image", desk.file("a.png"), "--mask",
                                 desk.file("mask.png"), "--recipe", kept, "--out", desk.file("again.png")});
  check_equal(again.status, 0, again.err);
  check(load_image(desk.file("again.png")) == first, "the recipe makes another picture");
}

void what_cannot_be_done_is_said_in_one_sentence() {
  const Desk desk;
  desk.refused({"x", "--mask", desk.file("wrong.png")}, "mask is 47x61, the picture is 61x47");
  desk.refused({"x", "--mask", desk.file("empty.png")}, "mask is empty");
  desk.refused({"--mode", "words"}, "needs words");
  desk.refused({"--mode", "repaint"}, "needs a mask");
  desk.refused({"--mode", "blend"}, "second picture");
  desk.refused({"--mode", "extend"}, "at least one side");
  desk.refused({"--mode", "extend", "--extend", "31,0,0,0"}, "expected 0 to 30");
  for (const char* sides : {"1,2,3", "1,2,3,4,5", "a,b,c,d", "1,,2,3"})
    desk.refused({"--mode", "extend", "--extend", sides}, "--extend");
  desk.refused({"x", "--strength", "0"}, "changes nothing");
  desk.refused({"x", "--strength", "0.4"}, "runs no step");
  desk.refused({"x", "--second", desk.file("b.png")}, "Only a blend");
  write_file(desk.file("a.png"), read_file(desk.file("a.png"), 1u << 20).substr(0, 60));
  desk.refused({"x"}, "a.png");
  check_equal(desk.edit({"x", "--mode", "magic"}).status, 2, "an unknown mode");
}

const Cases cases = {
    CASE(every_mode_makes_a_picture_of_the_right_size),
    CASE(json_tells_how_the_picture_was_read_and_by_which_way_it_was_changed),
    CASE(a_film_and_proposals_are_numbered_files),
    CASE(a_picture_is_edited_again_from_its_own_file),
    CASE(what_cannot_be_done_is_said_in_one_sentence),
};

}  // namespace
