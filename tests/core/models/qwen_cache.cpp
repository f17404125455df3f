// The key/value cache and batches: every way to feed the same tokens gives the same values.
#include "core/base/error.h"
#include "tests/core/models/qwen_models.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr double kSame = 2e-5;  // two ways of computing the same in fp32, hidden states of size 4

// The two-picture prompt of understanding.md 10 and all its hidden states in one call.
struct Prompt {
  Section10 s;
  QwenModel model = tiny_qwen(tiny_qwen_config());
  at::Tensor embeds = prompt_embeds(model, s.ids, model.vision(s.pixels, s.grids));
  at::Tensor positions = positions_of(model, s.ids, s.grids);
  at::Tensor hidden = model.text(embeds, positions, nullptr);

  // Feeds the tokens [begin, end) behind what the cache holds.
  at::Tensor feed(KvCache& cache, int64_t begin, int64_t end, const Probe& probe = {}) const {
    return model.text(embeds.slice(1, begin, end), positions.slice(2, begin, end), &cache, probe);
  }
  void check_part(const at::Tensor& got, int64_t begin, int64_t end, const std::string& what) const {
    check_close(got, hidden.slice(1, begin, end), kSame, what);
  }
};

void token_by_token_equals_one_call() {
  const Prompt p;
  KvCache cache(3);
  for (int64_t i = 0; i < 73; ++i) p.check_part(p.feed(cache, i, i + 1), i, i + 1, "token " + shown(i));
  check_equal(cache.length(), 73);
}

void several_tokens_behind_a_prefill_equal_one_call() {
  const Prompt p;
  KvCache cache(3);
  p.feed(cache, 0, 20);  // ends inside a picture
  p.check_part(p.feed(cache, 20, 50), 20, 50, "30 tokens behind 20");
  p.check_part(p.feed(cache, 50, 73), 50, 73, "23 tokens behind 50");
}

void parts_of_any_size_give_the_same_states() {
  Prompt p;
  int parts = 0;
  const Probe count([&](std::string_view name, const at::Tensor&) { parts += name == "part" ? 1 : 0; });
  for (const int64_t rows : {1, 30, 72, 73}) {
    p.model.text.part_rows = rows;
    parts = 0;
    p.check_part(p.model.text(p.embeds, p.positions, nullptr, count), 0, 73, shown(rows) + " rows a part");
    check_equal(parts > 0, rows < 73, "a pause inside a layer with " + shown(rows) + " rows a part");
  }
}

void a_truncated_cache_continues_like_a_fresh_one() {
  const Prompt p;
  KvCache cache(3);
  p.feed(cache, 0, 46);
  p.model.text(p.embeds.slice(1, 60, 73), plain_positions(46, 13).unsqueeze(1), &cache);  // another turn
  cache.truncate(46);
  p.check_part(p.feed(cache, 46, 73), 46, 73, "after truncating");
}

void a_stopped_call_leaves_the_cache_as_it_was() {
  const Prompt p;
  KvCache cache(3);
  p.feed(cache, 0, 40);
  for (const std::string layer : {"layers.0", "layers.1", "layers.2", "norm"}) {
    const Probe stop([&](std::string_view name, const at::Tensor&) {
      if (name == layer) throw Stop();
    });
    bool stopped = false;
    try {
      p.feed(cache, 50, 73, stop);
    } catch (const Stop&) {
      stopped = true;
    }
    check(stopped, "the call stops at " + layer);
    check_equal(cache.length(), 40, "length after a stop at " + layer);
  }
  p.check_part(p.feed(cache, 40, 73), 40, 73, "after the stops");
}

void the_vision_tower_stops_at_any_block() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  int seen = 0;
  const Probe stop([&](std::string_view, const at::Tensor&) {
    if (++seen == 3) throw Stop();
  });
  try {
    model.vision(s.pixels, s.grids, stop);
  } catch (const Stop&) {
    return check_equal(seen, 3, "blocks before the stop");
  }
  throw CheckFailed("the call did not stop");
}

void a_later_turn_with_a_picture_continues_the_scan() {
  const Prompt p;
  const std::vector<int64_t> first(p.s.ids.begin(), p.s.ids.begin() + 44), second(p.s.ids.begin() + 44, p.s.ids.end());
  ChatPositions at;
  const at::Tensor a = chat_positions(first, {{p.s.grids[0]}}, p.model.tokens, at);
  check_equal(at.rope_delta(), 16 - 44, "rope_delta of the first turn");
  const at::Tensor b = chat_positions(second, {{p.s.grids[1]}}, p.model.tokens, at);
  check(at::equal(at::cat({a, b}, 1).unsqueeze(1), p.positions), "two scans equal one");
  check_equal(at.rope_delta(), -43, "rope_delta of both turns");
}

void scans_without_grids_are_text() {
  const Prompt p;
  ChatPositions at;
  check(at::equal(chat_positions(p.s.ids, {}, p.model.tokens, at), plain_positions(0, 73)), "plain positions");
}

void prompts_and_pictures_that_do_not_fit_are_refused() {
  const Prompt p;
  const auto refusal = [&](const std::vector<int64_t>& ids, const std::vector<VisionGrid>& grids) {
    return message_of<RequestError>([&] {
      ChatPositions at;
      chat_positions(ids, grids, p.model.tokens, at);
    });
  };
  const auto& g = p.s.grids;
  check_contains(refusal(p.s.ids, {g[0]}), "more pictures than the 1");
  check_contains(refusal(p.s.ids, {g[0], g[1], g[1]}), "3 pictures were given, but the prompt shows 2");
  check_contains(refusal(p.s.ids, {g[0], g[0]}), "20 image tokens in a row");
  check_contains(refusal({1, 298, 301}, {{1, int64_t(1) << 62, int64_t(1) << 62}}), "1 image tokens in a row");
  check_contains(refusal({1, 298, 301}, {{1, 0, 4}}), "no tokens");
  check_contains(refusal({1, 2, 298}, {g[0]}), "shows 0");
  check_contains(message_of<RequestError>([&] { place_rows(p.embeds, id_row(p.s.ids), 301, at::zeros({54, 64})); }),
                 "55 image tokens, but the pictures give 54 rows");
  check_contains(message_of<RequestError>([&] { p.model.text.embed(id_row({5, 320})); }), "token id 320");
  check_contains(message_of<RequestError>([&] { p.model.text.embed(id_row({-1, 3})); }), "token id -1");
}

void patches_and_grids_that_do_not_fit_are_refused() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  const auto refusal = [&](const at::Tensor& pixels, const std::vector<VisionGrid>& grids) {
    return message_of<RequestError>([&] { model.vision(pixels, grids); });
  };
  check_contains(refusal(s.pixels, {s.grids[0]}), "80 more than");
  check_contains(refusal(s.pixels, {s.grids[0], s.grids[0]}), "fewer than");
  check_contains(refusal(s.pixels, {}), "no picture");
  check_contains(refusal(s.pixels.narrow(1, 0, 1175), s.grids), "expected [patches, 1176]");
  check_contains(refusal(s.pixels, {{1, 11, 20}}), "multiples of 2");
  check_contains(refusal(s.pixels, {{1, int64_t(1) << 62, int64_t(1) << 62}}), "fewer than");
}

// Four prompts of unequal length, one of them with both pictures, padded to one batch.
void padded_batch_equals_singles(bool left) {
  const Prompt p;
  const std::vector<std::pair<int64_t, int64_t>> parts{{0, 73}, {0, 5}, {0, 60}, {0, 43}};
  at::Tensor embeds = at::full({4, 73, 64}, 0.5), mask = at::zeros({4, 73}, at::kBool);
  at::Tensor positions = at::ones({3, 4, 73}, at::kLong);
  for (int64_t row = 0; row < 4; ++row) {
    const auto [begin, end] = parts[size_t(row)];
    const int64_t n = end - begin, at = left ? 73 - n : 0;
    embeds[row].narrow(0, at, n).copy_(p.embeds[0].slice(0, begin, end));
    mask[row].narrow(0, at, n).fill_(true);
    positions.select(1, row).narrow(1, at, n).copy_(p.positions.select(1, 0).slice(1, begin, end));
  }
  KvCache cache(3);
  const auto both = [&](const at::Tensor& got, int64_t row, const at::Tensor& single, const std::string& what) {
    check(!at::isnan(got).any().item<bool>(), what + " are numbers");
    const double distance = relative_l2(got, single);
    check(distance <= 1e-4, what + " of prompt " + shown(row) + " differ by " + shown(distance));
  };
  const at::Tensor hidden = p.model.text(embeds, positions, &cache, {}, mask);
  for (int64_t row = 0; row < 4; ++row) {
    const int64_t n = parts[size_t(row)].second, at = left ? 73 - n : 0;
    both(hidden[row].narrow(0, at, n), row, p.hidden[0].narrow(0, 0, n), "hidden states");
  }
  // One generated token for all four, and two more behind it.
  for (const int64_t count : {1, 2}) {
    const int64_t past = cache.length() - 73;
    mask = at::cat({mask, at::ones({4, count}, at::kBool)}, 1);
    at::Tensor next = at::empty({3, 4, count}, at::kLong);
    std::vector<at::Tensor> singles;
    for (int64_t row = 0; row < 4; ++row) {
      const int64_t n = parts[size_t(row)].second, from = p.positions.slice(2, 0, n).max().item<int64_t>() + 1 + past;
      next.select(1, row).copy_(plain_positions(from, count));
      KvCache own(3);
      p.feed(own, 0, n);
      const at::Tensor before = p.model.text.embed(id_row({20, 21, 22}));
      singles.push_back(p.model.text(before.narrow(1, 0, past + count),
                                     plain_positions(from - past, past + count).unsqueeze(1), &own)[0]);
    }
    const at::Tensor new_embeds =
        p.model.text.embed(id_row({20, 21, 22})).narrow(1, past, count).expand({4, count, 64});
    const at::Tensor out = p.model.text(new_embeds, next, &cache, {}, mask);
    for (int64_t row = 0; row < 4; ++row)
      both(out[row], row, singles[size_t(row)].narrow(0, past, count), "generated states");
  }
}

void a_left_padded_batch_equals_single_prompts() { padded_batch_equals_singles(true); }
void a_right_padded_batch_equals_single_prompts() { padded_batch_equals_singles(false); }

const Cases cases = {
    CASE(token_by_token_equals_one_call),
    CASE(several_tokens_behind_a_prefill_equal_one_call),
    CASE(parts_of_any_size_give_the_same_states),
    CASE(a_truncated_cache_continues_like_a_fresh_one),
    CASE(a_stopped_call_leaves_the_cache_as_it_was),
    CASE(the_vision_tower_stops_at_any_block),
    CASE(a_later_turn_with_a_picture_continues_the_scan),
    CASE(scans_without_grids_are_text),
    CASE(prompts_and_pictures_that_do_not_fit_are_refused),
    CASE(patches_and_grids_that_do_not_fit_are_refused),
    CASE(a_left_padded_batch_equals_single_prompts),
    CASE(a_right_padded_batch_equals_single_prompts),
};

}  // namespace
