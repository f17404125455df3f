// What Auto chooses for fixed words.
#include "core/library/router.h"

#include <set>

#include "core/base/error.h"
#include "core/world/sampler.h"
#include "core/world/speaker.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

Capabilities everything() {
  Capabilities can;
  can.chat = can.see = can.draw = can.edit = true;
  return can;
}

enum class With { nothing, attached, drawn };

struct Said {
  const char* text;
  With with;
  Intent wanted;
};

constexpr Said kSaid[] = {
    {"draw a green flower left of a yellow fish at night", With::nothing, Intent::draw},
    {"Paint me a red house by the sea.", With::nothing, Intent::draw},
    {"Can you draw a cat?", With::nothing, Intent::draw},
    {"please generate an image of a boat", With::nothing, Intent::draw},
    {"make a picture of two blue circles", With::nothing, Intent::draw},
    {"show me a picture of a lighthouse", With::nothing, Intent::draw},
    {"a low sun over the sea", With::nothing, Intent::draw},
    {"two red stars above a blue square", With::nothing, Intent::draw},
    {"I would like a drawing of a horse", With::nothing, Intent::draw},
    {"Zeichne einen roten Stern", With::nothing, Intent::draw},
    {"画一只猫", With::nothing, Intent::draw},
    {"What is the capital of France?", With::nothing, Intent::ask},
    {"Explain in two sentences why the sky is blue.", With::nothing, Intent::ask},
    {"Name three animals that live in the sea.", With::nothing, Intent::ask},
    {"Write two lines about a lighthouse at night.", With::nothing, Intent::ask},
    {"how do I draw a cat?", With::nothing, Intent::ask},
    {"hello", With::nothing, Intent::ask},
    {"make the fish red", With::nothing, Intent::ask},
    {"remove the background", With::nothing, Intent::ask},
    {"tell me about drawing", With::nothing, Intent::ask},
    {"make a list of sea animals", With::nothing, Intent::ask},
    {"", With::nothing, Intent::ask},
    {"what is in this picture?", With::attached, Intent::ask},
    {"describe the picture in one sentence", With::attached, Intent::ask},
    {"how many hearts are there", With::attached, Intent::ask},
    {"is the flower left of the fish", With::attached, Intent::ask},
    {"", With::attached, Intent::ask},
    {"make the sky darker", With::attached, Intent::edit},
    {"turn it into a watercolor", With::attached, Intent::edit},
    {"Please remove the fish.", With::attached, Intent::edit},
    {"draw this as a cartoon", With::attached, Intent::edit},
    {"what is right of the flower?", With::drawn, Intent::ask},
    {"why is it dark?", With::drawn, Intent::ask},
    {"what would it look like at night?", With::drawn, Intent::ask},
    {"thank you", With::drawn, Intent::ask},
    {"can you see a moon?", With::drawn, Intent::ask},
    {"make the fish red, and keep the rest", With::drawn, Intent::edit},
    {"and the sky a little darker", With::drawn, Intent::edit},
    {"draw it at night", With::drawn, Intent::edit},
    {"could you add a moon?", With::drawn, Intent::edit},
    {"the cup should be red", With::drawn, Intent::edit},
    {"at night", With::drawn, Intent::edit},
    {"more clouds", With::drawn, Intent::edit},
    {"without the moon, please", With::drawn, Intent::edit},
    {"nice, now make the star blue", With::drawn, Intent::edit},
    {"set the background to night", With::drawn, Intent::edit},
    {"Mach den Fisch rot", With::drawn, Intent::edit},
    {"把鱼变成红色", With::drawn, Intent::edit},
    {"draw a blue boat", With::drawn, Intent::draw},
    {"a yellow fish", With::drawn, Intent::draw},
    {"draw a hat on it", With::drawn, Intent::edit},
    {"draw a boat that is blue", With::drawn, Intent::draw},
    {"paint another picture of the sea", With::drawn, Intent::draw},
};

const char* name_of(Intent intent) { return intent == Intent::ask ? "ask" : intent == Intent::draw ? "draw" : "edit"; }

void the_fixed_words_have_their_choice() {
  check(std::size(kSaid) >= 40, "there are forty utterances");
  std::string wrong;
  for (const auto& said : kSaid) {
    const Route got = route({said.text, said.with == With::attached, said.with == With::drawn}, everything());
    if (got.intent != said.wanted)
      wrong += std::string("\n  '") + said.text + "' became " + name_of(got.intent) + ", not " + name_of(said.wanted);
  }
  check(wrong.empty(), wrong);
}

// The demonstration model's own instructions, prompts and questions, in every wording.
void the_drawn_worlds_sentences_have_their_choice() {
  const world::Speaker speaker{world::Level::S, world::Wording::any, false};
  std::set<std::string> wrong;
  const auto expect = [&](const std::string& text, Intent wanted, bool has_picture) {
    if (const Route got = route({text, false, has_picture}, everything()); got.intent != wanted)
      wrong.insert(cat("\n  '", text, "' became ", name_of(got.intent), ", not ", name_of(wanted)));
  };
  for (int i = 0; i < 400; ++i) {
    world::Rng rng(uint64_t(i), 1);
    const world::Scene scene =
        world::Sampler{world::Level::S, 1}.scene(world::Task::relation, world::Split::train, rng);
    if (const auto edit = speaker.edit(scene, world::EditKind(i % world::kEditKinds), rng))
      expect(edit->instruction, Intent::edit, true);
    expect(speaker.wrapped(speaker.caption(scene, world::Style::full, rng), rng), Intent::draw, false);
    for (const world::QA& qa : speaker.questions(scene, 2, rng)) expect(qa.question, Intent::ask, true);
  }
  std::string all;
  for (const std::string& one : wrong) all += one;
  check(wrong.empty(), all);
}

void what_the_folder_cannot_do_is_not_chosen() {
  Capabilities can = everything();
  can.draw = can.edit = false;
  check(route({"draw a cat", false, false}, can) == Route{Intent::ask, Route::Why::cannot_draw}, "no drawing");
  check(route({"make it darker", false, true}, can) == Route{Intent::ask, Route::Why::cannot_edit}, "no editing");
  can = everything();
  can.chat = false;
  check(route({"hello", false, false}, can) == Route{Intent::draw, Route::Why::cannot_ask}, "no chat");
}

void the_reason_is_named() {
  check(route({"draw a cat", false, false}, everything()).why == Route::Why::draw_words, "draw");
  check(route({"a cat on a mat", false, false}, everything()).why == Route::Why::description, "description");
  check(route({"what is it", true, false}, everything()).why == Route::Why::question, "question");
  check(route({"make it red", false, false}, everything()).why == Route::Why::no_picture, "no picture");
  check(route({"make it red", false, true}, everything()).why == Route::Why::edit_words, "edit");
  check(route({"a little darker", false, true}, everything()).why == Route::Why::about_picture, "darker");
}

void any_bytes_have_a_choice() {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += char(i);
  for (size_t from = 0; from < bytes.size(); from += 7)
    route({std::string_view(bytes).substr(from), true, true}, everything());
  check(route({std::string(1 << 20, 'a'), false, false}, everything()).intent == Intent::ask, "a megabyte");
}

const Cases cases = {CASE(the_fixed_words_have_their_choice), CASE(the_drawn_worlds_sentences_have_their_choice),
                     CASE(what_the_folder_cannot_do_is_not_chosen), CASE(the_reason_is_named),
                     CASE(any_bytes_have_a_choice)};

}  // namespace
