#include "core/train/understand_batch.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

#include "core/base/error.h"

namespace b3o::train {
namespace {

// How many tokens all readings of a group have in common: before anything that is learnt, and before the queries.
int64_t shared_length(const std::vector<Reading>& group) {
  const Reading& first = group.front();
  auto length = int64_t(first.ids.size());
  for (const Reading& r : group) {
    const int64_t most = std::min<int64_t>(length, r.learnt >= 0 ? r.learnt : int64_t(r.ids.size()));
    length = 0;
    while (length < most && r.ids[size_t(length)] == first.ids[size_t(length)] &&
           r.positions[size_t(length)] == first.positions[size_t(length)] && r.picture == first.picture)
      ++length;
  }
  return group.size() == 1 ? 0 : length;
}

struct Row {
  std::vector<size_t> groups;
  int64_t length = 0;
};

struct Packer {
  const std::vector<std::vector<Reading>>& groups;
  const Reader& reader;
  std::vector<int64_t> shared, lengths;
  std::vector<Row> rows;
  int64_t width = 0;

  void measure() {
    for (const auto& group : groups) {
      shared.push_back(shared_length(group));
      int64_t length = shared.back();
      for (const Reading& r : group) length += int64_t(r.positions.size()) - shared.back();
      lengths.push_back(length);
      width = std::max(width, length);
    }
  }

  // The longest first, each into the first row that has room.
  void place() {
    std::vector<size_t> order(groups.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return lengths[a] > lengths[b]; });
    for (const size_t g : order) {
      auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.length + lengths[g] <= width; });
      if (row == rows.end()) row = rows.insert(rows.end(), Row());
      row->groups.push_back(g);
      row->length += lengths[g];
    }
  }
};

// Collects looks while the readings are written.
struct LookList {
  std::vector<int64_t> tokens;
  std::vector<float> weights, shares;

  // token: in all rows. at: columns of what can be looked at, as many as there are shares.
  void add(int64_t token, float weight, const std::vector<float>& of, const std::vector<int64_t>& at, int64_t width) {
    ensure(of.size() == at.size(), "a share for every place that can be looked at");
    tokens.push_back(token), weights.push_back(weight);
    const size_t begin = shares.size();
    shares.resize(begin + size_t(width), 0);
    for (size_t i = 0; i < at.size(); ++i) shares[begin + size_t(at[i])] = of[i];
  }

  Looks done(int64_t width) const {
    return {at::tensor(tokens, at::kLong), at::tensor(weights, at::kFloat),
            at::tensor(shares, at::kFloat).view({int64_t(tokens.size()), width})};
  }
};

// Collects facts while the readings are written.
struct FactList {
  std::vector<int64_t> tokens, classes;

  void add(int64_t token, const Facts& facts) {
    if (facts.none()) return;
    tokens.push_back(token);
    classes.insert(classes.end(), facts.of.begin(), facts.of.end());
  }
};

}  // namespace

ReadingBatch packed(const std::vector<std::vector<Reading>>& groups, const Reader& reader) {
  Packer p{groups, reader, {}, {}, {}};
  p.measure();
  p.place();
  const auto rows = int64_t(p.rows.size());
  const int64_t width = p.width;
  std::vector<int64_t> first_reading(groups.size() + 1, 0);
  for (size_t g = 0; g < groups.size(); ++g) first_reading[g + 1] = first_reading[g] + int64_t(groups[g].size());

  ReadingBatch out;
  out.readings = first_reading.back();
  out.ids = at::zeros({rows, width}, at::kLong);
  out.positions = at::zeros({3, rows, width}, at::kLong);
  // Which group a token belongs to, and which reading (-1: the shared beginning). Padding is alone with itself.
  at::Tensor group_of = at::full({rows, width}, -1, at::kLong), part_of = at::full({rows, width}, -1, at::kLong);
  auto ids = out.ids.accessor<int64_t, 2>(), group_at = group_of.accessor<int64_t, 2>(),
       part_at = part_of.accessor<int64_t, 2>();
  auto position_at = out.positions.accessor<int64_t, 3>();
  std::vector<int64_t> picture_tokens, picture_rows, before, answers, reading;
  LookList first_looks, second_looks;
  FactList facts;
  int64_t drawings = 0;
  for (const auto& group : groups)
    for (const Reading& r : group) drawings = std::max(drawings, r.drawing + 1);
  std::vector<int64_t> queries(size_t(drawings * reader.queries()), -1);

  for (int64_t row = 0; row < rows; ++row) {
    int64_t column = 0;
    for (const size_t g : p.rows[size_t(row)].groups) {
      const int64_t shared = p.shared[g], beginning = column;
      std::vector<int64_t> places;  // columns of the first token and of the picture
      // Writes the tokens of a reading from `from`; token k of the reading stands at `column + k - from`.
      const auto write = [&](const Reading& r, int64_t from, int64_t to, int64_t part) {
        for (int64_t k = from; k < to; ++k, ++column) {
          const int64_t flat = row * width + column;
          for (int axis = 0; axis < 3; ++axis) position_at[axis][row][column] = r.positions[size_t(k)][size_t(axis)];
          group_at[row][column] = int64_t(g), part_at[row][column] = part;
          if (k == 0) places.push_back(column);
          const auto text = int64_t(r.ids.size());
          if (k >= text) {
            queries[size_t(r.drawing * reader.queries() + k - text)] = flat;
            continue;
          }
          ids[row][column] = r.ids[size_t(k)];
          if (r.ids[size_t(k)] == reader.image_pad() && r.picture >= 0) {
            const auto seen = std::count(r.ids.begin(), r.ids.begin() + k, reader.image_pad());
            picture_tokens.push_back(flat);
            places.push_back(column);
            picture_rows.push_back(r.picture * reader.rows() + seen);
          }
        }
      };
      const auto& group = groups[g];
      write(group.front(), 0, shared, -1);
      for (size_t i = 0; i < group.size(); ++i) {
        const Reading& r = group[i];
        const int64_t start = column;
        const std::vector<int64_t> before_it = places;
        write(r, shared, int64_t(r.positions.size()), int64_t(i));
        for (int64_t k = r.learnt; r.learnt >= 0 && k < int64_t(r.ids.size()); ++k) {
          const int64_t previous = k - 1;
          before.push_back(row * width + (previous < shared ? beginning + previous : start + previous - shared));
          answers.push_back(r.ids[size_t(k)]);
          reading.push_back(first_reading[g] + int64_t(i));
        }
        const int64_t before_answer = row * width + start + r.learnt - 1 - shared;
        if (r.learnt >= 0) facts.add(before_answer, r.facts);
        const auto look = [&](LookList& list, const std::vector<float>& shares) {
          if (shares.empty()) return;
          if (r.learnt >= 0) list.add(before_answer, 1, shares, places, width);
          for (int64_t q = 0; r.drawing >= 0 && q < reader.queries(); ++q)
            list.add(queries[size_t(r.drawing * reader.queries() + q)], 1 / float(reader.queries()), shares, places,
                     width);
        };
        look(first_looks, r.first_look);
        look(second_looks, r.second_look);
        places = before_it;
      }
    }
    out.tokens += column;
  }
  for (const int64_t q : queries) ensure(q >= 0, "every drawing is read once");

  const at::Tensor same = group_of.unsqueeze(2).eq(group_of.unsqueeze(1));  // [R, L, L]
  const at::Tensor part = part_of.unsqueeze(2).eq(part_of.unsqueeze(1)).logical_or(part_of.unsqueeze(1).eq(-1));
  const at::Tensor order = at::arange(width, at::kLong);
  const at::Tensor causal = order.unsqueeze(0) <= order.unsqueeze(1),
                   itself = order.unsqueeze(0).eq(order.unsqueeze(1));
  const at::Tensor real = group_of.ne(-1).unsqueeze(2);
  out.mask = same.logical_and(part).logical_and(causal).logical_and(real).logical_or(itself).unsqueeze(1);
  const auto list = [](const std::vector<int64_t>& v) { return at::tensor(v, at::kLong); };
  out.picture_tokens = list(picture_tokens), out.picture_rows = list(picture_rows);
  out.query_tokens = list(queries);
  out.before_answers = list(before), out.answers = list(answers), out.reading = list(reading);
  out.facts = {list(facts.tokens), list(facts.classes).view({-1, kFacts})};
  out.first_looks = first_looks.done(width), out.second_looks = second_looks.done(width);
  return out;
}

}  // namespace b3o::train
