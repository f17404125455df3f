#include "core/weights/safetensors.h"

#include <fstream>

#include "core/base/error.h"
#include "tests/support/goldens.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr at::ScalarType kAll[] = {at::kFloat, at::kHalf,  at::kBFloat16, at::kDouble, at::kLong,
                                   at::kInt,   at::kShort, at::kChar,     at::kByte,   at::kBool};

void check_same(const at::Tensor& got, const at::Tensor& wanted, const std::string& what) {
  check_equal(got.scalar_type(), wanted.scalar_type(), what + " type");
  check_shape(got, wanted.sizes(), what);
  check(at::equal(got, wanted), what + " has other values");
}

void every_type_survives_a_round_trip() {
  TemporaryFolder folder;
  std::vector<std::pair<std::string, at::Tensor>> written;
  for (const auto type : kAll) {
    const std::string name = safetensors_type_name(type);
    written.emplace_back(name + ".odd", at::arange(-3, 4).to(type));
    written.emplace_back(name + ".matrix", (at::arange(6).reshape({2, 3}) * 5).to(type));
    written.emplace_back(name + ".scalar", at::ones({}, at::TensorOptions().dtype(type)));
    written.emplace_back(name + ".none", at::empty({3, 0}, at::TensorOptions().dtype(type)));
  }
  write_safetensors(folder / "a.safetensors", written, {{"format", "pt"}, {"note", "ä \"quoted\""}});
  const auto file = SafetensorsFile::open(folder / "a.safetensors");
  check_equal(file->entries().size(), written.size(), "tensors");
  for (const auto& [name, tensor] : written) check_same(file->tensor(name), tensor, name);
  check_equal(file->metadata().at("note"), std::string("ä \"quoted\""));
  check_equal(file->header().size() % 8, size_t(0), "header size modulo 8");
}

void a_tensor_outlives_the_file_object_and_shares_its_memory() {
  TemporaryFolder folder;
  const at::Tensor big = at::arange(1 << 20).to(at::kFloat);  // 4 MB: mapped, not read
  write_safetensors(folder / "big.safetensors", {{"w", big}});
  at::Tensor first, second;
  {
    const auto file = SafetensorsFile::open(folder / "big.safetensors");
    first = file->tensor("w");
    second = file->tensor("w");
  }
  check_equal(first.data_ptr(), second.data_ptr(), "address");
  check_same(first, big, "w");
}

void unaligned_data_is_read_by_a_copy() {
  TemporaryFolder folder;
  const std::string header = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                             R"("w":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}})";
  const uint64_t length = header.size();
  const float values[2] = {1.5f, -2.25f};
  std::ofstream out(folder / "u.safetensors", std::ios::binary);
  out.write(reinterpret_cast<const char*>(&length), 8) << header << '\7';
  out.write(reinterpret_cast<const char*>(values), 8);
  out.close();
  const auto file = SafetensorsFile::open(folder / "u.safetensors");
  check_same(file->tensor("w"), at::tensor({1.5f, -2.25f}), "w");
  check_same(file->tensor("a"), at::tensor({7}, at::kByte), "a");
}

void an_absent_tensor_is_named() {
  TemporaryFolder folder;
  write_safetensors(folder / "a.safetensors", {{"x", at::ones({1})}});
  const auto file = SafetensorsFile::open(folder / "a.safetensors");
  check_contains(message_of<LoadError>([&] { file->tensor("y.weight"); }),
                 "a.safetensors: tensor 'y.weight' is missing");
}

void an_unfinished_writer_leaves_the_old_file() {
  TemporaryFolder folder;
  write_safetensors(folder / "a.safetensors", {{"x", at::ones({2})}});
  {
    SafetensorsWriter writer(folder / "a.safetensors", {{"x", at::kFloat, {2}}, {"y", at::kFloat, {2}}});
    writer.write("x", at::zeros({2}));
    message_of<Error>([&] { writer.finish(); });
  }
  check_same(SafetensorsFile::open(folder / "a.safetensors")->tensor("x"), at::ones({2}), "x");
  check_equal(std::distance(std::filesystem::directory_iterator(folder.path()), {}), std::ptrdiff_t(1), "files");
}

void the_writer_converts_to_the_declared_type() {
  TemporaryFolder folder;
  const at::Tensor w = values_by_name("w", {3, 5}, 1);
  SafetensorsWriter writer(folder / "a.safetensors", {{"w", at::kBFloat16, {5, 3}}});
  writer.write("w", w.t());  // not contiguous
  writer.finish();
  check_same(SafetensorsFile::open(folder / "a.safetensors")->tensor("w"), w.t().contiguous().to(at::kBFloat16), "w");
}

void the_writer_refuses_another_order_shape_or_a_second_name() {
  TemporaryFolder folder;
  const std::vector<SafetensorsWriter::Declared> two = {{"x", at::kFloat, {2}}, {"y", at::kFloat, {2}}};
  SafetensorsWriter order(folder / "a.safetensors", two), shape(folder / "b.safetensors", two);
  check_contains(message_of<Error>([&] { order.write("y", at::ones({2})); }), "order");
  check_contains(message_of<Error>([&] { shape.write("x", at::ones({3})); }), "shape");
  check_contains(message_of<Error>([&] { write_safetensors(folder / "c", {{"x", at::ones(1)}, {"x", at::ones(1)}}); }),
                 "name");
}

const Cases cases = {
    CASE(every_type_survives_a_round_trip),
    CASE(a_tensor_outlives_the_file_object_and_shares_its_memory),
    CASE(unaligned_data_is_read_by_a_copy),
    CASE(an_absent_tensor_is_named),
    CASE(an_unfinished_writer_leaves_the_old_file),
    CASE(the_writer_converts_to_the_declared_type),
    CASE(the_writer_refuses_another_order_shape_or_a_second_name),
};

}  // namespace
