// Bad files, one row each: every one must end in a LoadError whose sentence names the file. No row may crash, hang or
// allocate by a number from the file; the address sanitizer watches this program.
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/weights/folder.h"
#include "tests/core/weights/build_files.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::string repeated(const std::string& piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

// Wraps one tensor's description; its data part has 8 bytes.
std::string one(const std::string& description) { return safetensors("{\"w\":" + description + "}", 8); }
std::string typed(const std::string& type, const std::string& shape, const std::string& offsets) {
  return safetensors("{" + tensor("w", type, shape, offsets) + "}", 8);
}
const std::string kValid = safetensors("{" + tensor("w", "F32", "[2]", "[0,8]") + "}   ", 8);
const size_t kHeader = kValid.size() - 16;

struct Row {
  std::string name;
  std::string bytes;
  std::string part;  // of the sentence
};

const std::vector<Row> kFiles = {
    {"no_bytes", "", "has 0 bytes, expected at least the 8"},
    {"one_byte", kValid.substr(0, 1), "has 1 bytes"},
    {"seven_bytes", kValid.substr(0, 7), "has 7 bytes"},
    {"length_only", kValid.substr(0, 8), "but only 0 follow; the file is cut off"},
    {"first_byte_of_header", kValid.substr(0, 9), "but only 1 follow"},
    {"half_a_header", kValid.substr(0, 8 + kHeader / 2), "the file is cut off"},
    {"header_without_its_last_byte", kValid.substr(0, 8 + kHeader - 1), "the file is cut off"},
    {"header_without_data", kValid.substr(0, 8 + kHeader), "'w' ends at byte 8 of the data, but the file holds 0"},
    {"half_the_data", kValid.substr(0, 8 + kHeader + 4), "'w' ends at byte 8 of the data, but the file holds 4"},
    {"data_without_its_last_byte", kValid.substr(0, kValid.size() - 1), "but the file holds 7"},
    {"one_byte_too_many", kValid + "x", "holds 9 bytes of data, expected 8"},
    {"a_second_file_behind", kValid + kValid, "bytes of data, expected 8"},
    {"header_length_zero", with_length(0, "{}"), "is not a JSON object"},
    {"header_length_beyond_file", with_length(1000, kValid.substr(8)), "header length is 1000 bytes, but only"},
    {"header_length_16_mb_and_1", with_length((16u << 20) + 1, "{}"),
     "header length is 16777217 bytes, expected at most"},
    {"header_length_2_to_63", with_length(1ull << 63, "{}"), "header length is 9223372036854775808 bytes"},
    {"header_length_all_ones", with_length(~0ull, "{}"), "header length is 18446744073709551615 bytes"},
    {"header_length_wraps_with_8", with_length(~0ull - 7, "{}"), "this is not a safetensors file"},
    {"big_endian_length", with_length(__builtin_bswap64(kHeader), kValid.substr(8)), "not a safetensors file"},
    {"zip_of_pickles", "PK\x03\x04" + std::string(60, 'x'), "this is not a safetensors file"},
    {"pickle", "\x80\x02}q\x01(X\x05" + std::string(60, '\0'), "this is not a safetensors file"},
    {"text_file", "version https://git-lfs.github.com/spec/v1\n", "this is not a safetensors file"},
    {"all_zero", std::string(64, '\0'), "is not a JSON object"},
    {"header_is_a_list", safetensors("[1,2]"), "header is not a JSON object"},
    {"header_is_a_text", safetensors("\"{}\""), "header is not a JSON object"},
    {"header_starts_with_a_space", safetensors(" {}"), "header is not a JSON object"},
    {"header_starts_with_a_mark", safetensors("\xef\xbb\xbf{}"), "header is not a JSON object"},
    {"header_is_cut_json", safetensors("{\"w\":{\"dtype\":\"F32\"", 8), "header: not valid JSON"},
    {"header_has_text_behind", safetensors("{} x"), "header: not valid JSON"},
    {"header_is_padded_with_zeros", safetensors(std::string("{}\0\0", 4)),
     "header: not valid JSON (it holds a zero byte)"},
    {"second_object_behind_a_zero", safetensors(std::string("{}\0{}", 5)), "zero byte"},
    {"two_objects", safetensors("{}{}"), "header: not valid JSON"},
    {"name_is_not_utf8", safetensors("{\"\xff\":{}}"), "header: not valid JSON"},
    {"name_is_a_utf8_surrogate", safetensors("{\"\xed\xa0\x80\":{}}"), "header: not valid JSON"},
    {"name_is_a_lone_escape", safetensors(R"({"\ud800":{}})"), "header: not valid JSON"},
    {"metadata_is_not_utf8", safetensors("{\"__metadata__\":{\"a\":\"\xc3\"}}"), "header: not valid JSON"},
    {"name_is_empty", safetensors("{" + tensor("", "F32", "[2]", "[0,8]") + "}", 8), "tensor name '' is empty"},
    {"name_holds_a_zero", safetensors("{" + tensor("a\\u0000b", "F32", "[2]", "[0,8]") + "}", 8),
     "tensor name 'a\\x00b' is empty or holds a control character"},
    {"name_holds_a_line_end", safetensors("{" + tensor("a\\nb", "F32", "[2]", "[0,8]") + "}", 8),
     "tensor name 'a\\x0ab'"},
    {"name_is_huge", safetensors("{\"" + std::string(1 << 20, 'n') + "\":7}"), "nnn...': expected a JSON object"},
    {"name_twice",
     safetensors("{" + tensor("w", "F32", "[1]", "[0,4]") + "," + tensor("w", "F32", "[1]", "[4,8]") + "}", 8),
     "key 'w' appears twice"},
    {"name_twice_by_escape",
     safetensors("{" + tensor("w", "F32", "[1]", "[0,4]") + "," + tensor("\\u0077", "F32", "[1]", "[4,8]") + "}", 8),
     "key 'w' appears twice"},
    {"dtype_twice", one(R"({"dtype":"F32","dtype":"F16","shape":[2],"data_offsets":[0,8]})"),
     "key 'dtype' appears twice"},
    {"tensor_is_a_number", one("5"), "tensor 'w': expected a JSON object, got number"},
    {"tensor_is_null", one("null"), "tensor 'w': expected a JSON object, got null"},
    {"tensor_is_a_list", one("[\"F32\",[2],[0,8]]"), "tensor 'w': expected a JSON object, got array"},
    {"unknown_key", one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8],"strides":[1]})"),
     "'w' has an unknown key 'strides'"},
    {"no_dtype", one(R"({"shape":[2],"data_offsets":[0,8]})"), "tensor 'w': key 'dtype' is missing"},
    {"no_shape", one(R"({"dtype":"F32","data_offsets":[0,8]})"), "tensor 'w': key 'shape' is missing"},
    {"no_offsets", one(R"({"dtype":"F32","shape":[2]})"), "tensor 'w': key 'data_offsets' is missing"},
    {"dtype_is_a_number", one(R"({"dtype":32,"shape":[2],"data_offsets":[0,8]})"),
     "key 'dtype' is 32, expected a text"},
    {"dtype_unknown", typed("F31", "[2]", "[0,8]"), "tensor 'w' has type 'F31', expected one of F32 F16"},
    {"dtype_in_small_letters", typed("f32", "[2]", "[0,8]"), "has type 'f32'"},
    {"dtype_eight_bit_float", typed("F8_E4M3", "[8]", "[0,8]"), "has type 'F8_E4M3'"},
    {"dtype_empty", typed("", "[2]", "[0,8]"), "has type ''"},
    {"shape_is_a_number", typed("F32", "2", "[0,8]"), "key 'shape' is 2, expected a list of integers"},
    {"shape_is_an_object", typed("F32", "{}", "[0,8]"), "key 'shape' is {}, expected a list of integers"},
    {"shape_holds_a_fraction", typed("F32", "[2.5]", "[0,8]"), "key 'shape' is [2.5]"},
    {"shape_holds_a_whole_float", typed("F32", "[2.0]", "[0,8]"), "key 'shape' is [2.0]"},
    {"shape_holds_a_text", typed("F32", "[\"2\"]", "[0,8]"), "key 'shape' is [\"2\"]"},
    {"shape_holds_null", typed("F32", "[null]", "[0,8]"), "key 'shape' is [null]"},
    {"shape_is_negative", typed("F32", "[-2]", "[0,8]"), "has shape [-2], expected no negative size"},
    {"shape_is_negative_twice", typed("F32", "[-1,-2]", "[0,8]"), "has shape [-1, -2], expected no negative size"},
    {"shape_is_2_to_63", typed("F32", "[9223372036854775808]", "[0,8]"), "expected integers below 2^63"},
    {"shape_is_2_to_64", typed("F32", "[18446744073709551616]", "[0,8]"), "key 'shape' is"},
    {"shape_overflows_by_the_type", typed("F32", "[4611686018427387904]", "[0,8]"), "more than 2^63 bytes"},
    {"shape_product_overflows", typed("F32", "[4294967296,4294967296]", "[0,8]"), "more than 2^63 bytes"},
    {"shape_product_wraps_to_right", typed("U8", "[4294967296,4294967296,1]", "[0,0]"), "more than 2^63 bytes"},
    {"shape_overflows_beside_a_zero", typed("F32", "[0,4611686018427387904,4]", "[0,0]"), "more than 2^63 bytes"},
    {"seventeen_dimensions", typed("F32", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]", "[0,8]"), "has 17 dimensions"},
    {"a_million_dimensions", typed("F32", "[1" + repeated(",1", 999999) + "]", "[0,4]"), "has 1000000 dimensions"},
    {"offsets_are_three", typed("F32", "[2]", "[0,8,8]"), "has 3 data_offsets, expected two"},
    {"offsets_are_one", typed("F32", "[2]", "[8]"), "has 1 data_offsets, expected two"},
    {"offsets_are_none", typed("F32", "[2]", "[]"), "has 0 data_offsets, expected two"},
    {"offsets_are_texts", typed("F32", "[2]", "[\"0\",\"8\"]"), "key 'data_offsets' is [\"0\",\"8\"]"},
    {"offsets_are_floats", typed("F32", "[2]", "[0.0,8.0]"), "key 'data_offsets' is [0.0,8.0]"},
    {"offsets_are_an_object", typed("F32", "[2]", "{\"begin\":0}"), "key 'data_offsets' is {\"begin\":0}"},
    {"offsets_are_negative", typed("F32", "[2]", "[-8,0]"), "has data_offsets [-8, 0]"},
    {"offsets_run_backwards", typed("F32", "[2]", "[8,0]"), "has data_offsets [8, 0], expected begin <= end"},
    {"offsets_of_2_to_64", typed("F32", "[2]", "[18446744073709551608,18446744073709551615]"), "below 2^63"},
    {"offsets_too_few_bytes", typed("F32", "[2]", "[0,7]"), "tensor 'w' takes 7 bytes, expected 8 for F32 [2]"},
    {"offsets_too_many_bytes", typed("F32", "[1]", "[0,8]"), "tensor 'w' takes 8 bytes, expected 4 for F32 [1]"},
    {"offsets_of_no_bytes", typed("F32", "[2]", "[0,0]"), "tensor 'w' takes 0 bytes, expected 8"},
    {"bytes_for_an_empty_shape", typed("F32", "[0]", "[0,8]"), "tensor 'w' takes 8 bytes, expected 0"},
    {"offsets_past_the_file", typed("F32", "[4]", "[0,16]"), "ends at byte 16 of the data, but the file holds 8"},
    {"offsets_of_a_petabyte", typed("U8", "[1125899906842624]", "[0,1125899906842624]"), "but the file holds 8"},
    {"first_tensor_starts_late", typed("F32", "[1]", "[4,8]"),
     "begins at byte 4 of the data, expected 0; bytes are left out"},
    {"empty_tensor_past_the_end", typed("F32", "[0]", "[99,99]"), "begins at byte 99 of the data, expected 0"},
    {"two_tensors_in_one_place",
     safetensors("{" + tensor("a", "F32", "[2]", "[0,8]") + "," + tensor("b", "F32", "[2]", "[0,8]") + "}", 8),
     "tensor 'b' begins at byte 0 of the data, expected 8; tensors overlap"},
    {"tensors_overlap_by_a_byte",
     safetensors("{" + tensor("a", "F32", "[1]", "[0,4]") + "," + tensor("b", "U8", "[5]", "[3,8]") + "}", 8),
     "tensor 'b' begins at byte 3 of the data, expected 4; tensors overlap"},
    {"a_hole_between_tensors",
     safetensors("{" + tensor("b", "U8", "[3]", "[5,8]") + "," + tensor("a", "F32", "[1]", "[0,4]") + "}", 8),
     "tensor 'b' begins at byte 5 of the data, expected 4; bytes are left out"},
    {"empty_tensor_inside_another",
     safetensors("{" + tensor("a", "F32", "[2]", "[0,8]") + "," + tensor("e", "F32", "[0]", "[4,4]") + "}", 8),
     "tensor 'e' begins at byte 4 of the data, expected 8"},
    {"no_tensors_but_data", safetensors("{}", 8), "holds 8 bytes of data, expected 0"},
    {"metadata_is_a_text", safetensors(R"({"__metadata__":"pt"})"), "__metadata__ is string, expected object"},
    {"metadata_is_null", safetensors(R"({"__metadata__":null})"), "__metadata__ is null, expected object"},
    {"metadata_holds_a_number", safetensors(R"({"__metadata__":{"step":7}})"), "key 'step' is number, expected string"},
    {"metadata_holds_an_object", safetensors(R"({"__metadata__":{"a":{}}})"), "key 'a' is object, expected string"},
    {"metadata_twice", safetensors(R"({"__metadata__":{},"__metadata__":{}})"), "appears twice"},
    {"metadata_key_twice", safetensors(R"({"__metadata__":{"a":"1","a":"2"}})"), "key 'a' appears twice"},
    {"nested_65_deep", safetensors("{\"w\":" + repeated("[", 64) + repeated("]", 64) + "}"), "nested deeper than 64"},
    {"nested_a_million_deep", safetensors("{\"w\":" + repeated("{\"a\":", 1000000)), "nested deeper than 64"},
    {"a_million_metadata_keys_and_no_end", safetensors("{\"__metadata__\":{" + repeated("\"a\":\"\",", 1000000)),
     "not valid JSON"},
};

std::vector<Case> file_cases() {
  std::vector<Case> cases;
  for (const auto& row : kFiles)
    cases.push_back({"file_is_refused_" + row.name, [row] {
                       const TemporaryFolder folder;
                       const auto file = folder / "bad.safetensors";
                       put_file(file, row.bytes);
                       const std::string message = message_of<LoadError>([&] { SafetensorsFile::open(file); });
                       check(message.starts_with(file.string() + ": "),
                             "'" + message + "' does not start with the file");
                       check_contains(message, row.part);
                       check(message.size() < 500, "the sentence is longer than 500 bytes");
                     }});
  return cases;
}

// Rows of model.safetensors.index.json in a folder with the shards a (x, y) and b (z).
const std::vector<Row> kIndexes = {
    {"empty", "", "not valid JSON"},
    {"a_list", "[]", "expected a JSON object, got array"},
    {"without_weight_map", R"({"metadata":{}})", "key 'weight_map' is missing"},
    {"map_is_a_list", R"({"weight_map":["a.safetensors"]})",
     "key 'weight_map' is [\"a.safetensors\"], expected an object"},
    {"map_is_null", R"({"weight_map":null})", "key 'weight_map' is missing"},
    {"map_is_empty", R"({"weight_map":{}})", "weight_map is empty"},
    {"shard_is_a_number", R"({"weight_map":{"x":1}})", "tensor 'x' maps to number, expected the name of a shard"},
    {"shard_is_a_list", R"({"weight_map":{"x":["a.safetensors"]}})", "tensor 'x' maps to array"},
    {"shard_is_absolute", R"({"weight_map":{"x":"/etc/x.safetensors"}})",
     "'/etc/x.safetensors', expected the plain name"},
    {"shard_is_above", R"({"weight_map":{"x":"../a.safetensors"}})", "'../a.safetensors', expected the plain name"},
    {"shard_is_below", R"({"weight_map":{"x":"sub/a.safetensors"}})", "expected the plain name"},
    {"shard_is_this_folder", R"({"weight_map":{"x":"./a.safetensors"}})", "expected the plain name"},
    {"shard_is_the_parent", R"({"weight_map":{"x":".."}})", "expected the plain name"},
    {"shard_is_empty", R"({"weight_map":{"x":""}})", "expected the plain name"},
    {"shard_has_backslashes", R"({"weight_map":{"x":"..\\a.safetensors"}})", "expected the plain name"},
    {"shard_has_a_drive", R"({"weight_map":{"x":"c:a.safetensors"}})", "expected the plain name"},
    {"shard_holds_a_zero", R"({"weight_map":{"x":"a.safetensors\u0000.safetensors"}})",
     "'a.safetensors\\x00.safetensors'"},
    {"shard_is_pickled", R"({"weight_map":{"x":"a.bin"}})", "expected the plain name of a .safetensors file"},
    {"shard_is_the_index", R"({"weight_map":{"x":"model.safetensors.index.json"}})", "expected the plain name"},
    {"shard_name_is_huge", R"({"weight_map":{"x":")" + std::string(5000, 'a') + R"(.safetensors"}})",
     "expected the plain"},
    {"shard_is_absent", R"({"weight_map":{"x":"c.safetensors"}})", "'c.safetensors', which is not in the folder"},
    {"shard_is_a_folder", R"({"weight_map":{"x":"folder.safetensors"}})", "folder.safetensors: is not a regular file"},
    {"shard_is_a_pipe", R"({"weight_map":{"x":"pipe.safetensors"}})", "pipe.safetensors: is not a regular file"},
    {"shard_is_broken", R"({"weight_map":{"x":"broken.safetensors"}})", "broken.safetensors: has 3 bytes"},
    {"tensor_is_not_in_its_shard", R"({"weight_map":{"x":"a.safetensors","y":"a.safetensors","q":"a.safetensors"}})",
     "a.safetensors: tensor 'q' is missing, but model.safetensors.index.json puts it there"},
    {"tensor_is_in_another_shard", R"({"weight_map":{"x":"b.safetensors","y":"a.safetensors","z":"b.safetensors"}})",
     "b.safetensors: tensor 'x' is missing"},
    {"shard_has_a_tensor_more", R"({"weight_map":{"x":"a.safetensors"}})",
     "a.safetensors: tensor 'y' is there, but model.safetensors.index.json does not put it there"},
    {"tensor_twice", R"({"weight_map":{"x":"a.safetensors","x":"b.safetensors"}})", "key 'x' appears twice"},
    {"metadata_is_a_text", R"({"metadata":"big","weight_map":{}})", "key 'metadata' is \"big\", expected an object"},
    {"total_size_is_a_text", R"({"metadata":{"total_size":"24"},"weight_map":{}})", "key 'total_size' is \"24\""},
    {"total_size_is_a_fraction", R"({"metadata":{"total_size":0.5},"weight_map":{}})", "key 'total_size' is 0.5"},
    {"total_size_is_negative", R"({"metadata":{"total_size":-1},"weight_map":{}})", "total_size is negative"},
    {"not_utf8", "{\"weight_map\":{\"\xff\":\"a.safetensors\"}}", "not valid JSON"},
    {"deep", R"({"weight_map":)" + repeated("[", 100000), "nested deeper than 64"},
};

std::vector<Case> index_cases() {
  std::vector<Case> cases;
  for (const auto& row : kIndexes)
    cases.push_back({"index_is_refused_" + row.name, [row] {
                       const TemporaryFolder folder;
                       put_file(folder / "a.safetensors", small_file({"x", "y"}));
                       put_file(folder / "b.safetensors", small_file({"z"}));
                       put_file(folder / "broken.safetensors", "abc");
                       std::filesystem::create_directory(folder / "folder.safetensors");
                       ::mkfifo((folder / "pipe.safetensors").c_str(), 0600);
                       put_file(folder / "model.safetensors.index.json", row.bytes);
                       const std::string message =
                           message_of<LoadError>([&] { CheckpointFiles::of_model(folder.path()); });
                       check(message.starts_with(folder.path().string()), "'" + message + "' does not name the file");
                       check_contains(message, row.part);
                       check(message.size() < 700, "the sentence is longer than 700 bytes");
                     }});
  return cases;
}

// Rows of config.json, read as a network's config is.
const std::vector<Row> kConfigs = {
    {"empty", "", "not valid JSON"},
    {"a_list", "[1]", "expected a JSON object, got array"},
    {"without_width", R"({"inner":{"depth":1}})", "key 'width' is missing"},
    {"width_is_null", R"({"width":null})", "key 'width' is missing"},
    {"width_is_a_text", R"({"width":"64"})", "key 'width' is \"64\", expected an integer"},
    {"width_is_a_list", R"({"width":[64]})", "key 'width' is [64], expected an integer"},
    {"width_is_a_bool", R"({"width":true})", "key 'width' is true, expected an integer"},
    {"width_is_a_fraction", R"({"width":63.5})", "key 'width' is 63.5, expected an integer"},
    {"width_is_negative", R"({"width":-64})", "key 'width' is -64, expected an integer from 1 to 65536"},
    {"width_is_zero", R"({"width":0})", "key 'width' is 0, expected an integer from 1 to 65536"},
    {"width_is_huge", R"({"width":1000000000000})",
     "key 'width' is 1000000000000, expected an integer from 1 to 65536"},
    {"width_is_beyond_int64", R"({"width":18446744073709551615})", "key 'width' is 18446744073709551615"},
    {"width_is_a_huge_float", R"({"width":1e300})", "key 'width' is 1e+300, expected an integer"},
    {"width_twice", R"({"width":64,"width":32})", "key 'width' appears twice"},
    {"inner_is_a_list", R"({"width":64,"inner":[]})", "key 'inner' is [], expected an object"},
    {"inner_lacks_depth", R"({"width":64,"inner":{}})", "inner: key 'depth' is missing"},
    {"inner_depth_is_a_text", R"({"width":64,"inner":{"depth":"x"}})", "inner: key 'depth' is \"x\""},
    {"blocks_are_a_number", R"({"width":64,"inner":{"depth":1},"blocks":7})",
     "key 'blocks' is 7, expected a list of integers"},
    {"blocks_hold_a_text", R"({"width":64,"inner":{"depth":1},"blocks":[1,"2"]})", "key 'blocks' is [1,\"2\"]"},
    {"eps_is_a_text", R"({"width":64,"inner":{"depth":1},"blocks":[1],"eps":"1e-6"})", "key 'eps' is \"1e-6\""},
    {"tied_is_a_number", R"({"width":64,"inner":{"depth":1},"blocks":[1],"eps":1e-6,"tied":1})",
     "expected true or false"},
    {"value_is_long", R"({"width":")" + std::string(1 << 20, 'x') + "\"}", "xxx..., expected an integer"},
};

std::vector<Case> config_cases() {
  std::vector<Case> cases;
  for (const auto& row : kConfigs)
    cases.push_back({"config_is_refused_" + row.name, [row] {
                       const TemporaryFolder folder;
                       const auto file = folder / "config.json";
                       put_file(file, row.bytes);
                       const std::string message = message_of<LoadError>([&] {
                         const Json json = parse_json(read_file(file, 16u << 20), file.string());
                         const Fields f(json, file.string());
                         f.integer_in("width", 1, 65536);
                         f.object("inner").integer("depth");
                         f.integers("blocks");
                         f.number("eps");
                         f.boolean("tied");
                       });
                       check(message.starts_with(file.string() + ": "),
                             "'" + message + "' does not start with the file");
                       check_contains(message, row.part);
                       check(message.size() < 500, "the sentence is longer than 500 bytes");
                     }});
  return cases;
}

std::string refusal_of_model(const TemporaryFolder& folder) {
  const std::string message = message_of<LoadError>([&] { CheckpointFiles::of_model(folder.path()); });
  check(message.starts_with(folder.path().string()), "'" + message + "' does not name the folder");
  return message;
}

void a_folder_in_place_of_the_file_is_refused() {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "model.safetensors");
  check_contains(refusal_of_model(folder), "model.safetensors: is not a regular file");
}

void a_pipe_in_place_of_the_file_is_refused_without_waiting() {
  const TemporaryFolder folder;
  check(::mkfifo((folder / "model.safetensors").c_str(), 0600) == 0, "a pipe is made");
  check_contains(refusal_of_model(folder), "model.safetensors: is not a regular file");
}

void a_device_in_place_of_the_file_is_refused() {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/zero", folder / "model.safetensors");
  check_contains(refusal_of_model(folder), "model.safetensors: is not a regular file");
}

void a_file_that_may_not_be_read_is_refused() {
  const TemporaryFolder folder;
  const auto file = folder / "model.safetensors";
  put_file(file, kValid);
  check(::chmod(file.c_str(), 0) == 0, "the file is locked");
  // root reads everything; where it cannot become somebody else, a link to itself stands in.
  const bool root = ::geteuid() == 0, nobody = root && ::seteuid(65534) == 0;
  if (root && !nobody) {
    std::filesystem::remove(file);
    std::filesystem::create_symlink("model.safetensors", file);
  }
  std::string message;
  try {
    message = message_of<LoadError>([&] { SafetensorsFile::open(file); });
  } catch (const CheckFailed& e) {
    message = e.what();
  }
  if (nobody) check(::seteuid(0) == 0, "root is root again");
  check_contains(message, file.string() + ": cannot be opened (");
}

void a_link_to_itself_is_refused() {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("x.safetensors", folder / "x.safetensors");
  check_contains(message_of<LoadError>([&] { SafetensorsFile::open(folder / "x.safetensors"); }), "cannot be opened (");
}

void an_absent_folder_and_a_file_in_its_place_are_refused() {
  const TemporaryFolder folder;
  put_file(folder / "file", "x");
  for (const char* name : {"absent", "file"})
    check_contains(message_of<LoadError>([&] { CheckpointFiles::of_model(folder / name); }),
                   std::string(name) + ": is not a folder");
}

void an_empty_folder_names_the_file_it_lacks() {
  const TemporaryFolder folder;
  check_contains(refusal_of_model(folder), "has no model.safetensors and no model.safetensors.index.json");
}

void pickled_weights_are_named_and_never_opened() {
  const TemporaryFolder folder;
  check(::mkfifo((folder / "pytorch_model.bin").c_str(), 0600) == 0, "opening it would block");
  check_contains(refusal_of_model(folder), "holds pickled weights ('pytorch_model.bin'), which are never opened");
}

void shards_without_an_index_are_not_guessed() {
  const TemporaryFolder folder;
  put_file(folder / "model-00001-of-00002.safetensors", small_file({"x"}));
  check_contains(refusal_of_model(folder), "'model-00001-of-00002.safetensors' is there, but no index that names it");
}

void a_decoder_without_weights_names_the_folder() {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "unet");
  put_file(folder / "unet" / "diffusion_pytorch_model.bin", "x");
  const auto refusal = [&](const char* part) {
    return message_of<LoadError>([&] { CheckpointFiles::of_decoder(folder.path(), part); });
  };
  check_contains(refusal("unet"), "unet: has no diffusion_pytorch_model.bf16.safetensors");
  check_contains(refusal("unet"), "pickled weights");
  check_contains(refusal("vae"), "vae: is not a folder");
}

void every_cut_of_a_valid_file_is_refused() {
  const TemporaryFolder folder;
  const auto file = folder / "cut.safetensors";
  const std::string whole = small_file({"a", "b"});
  for (size_t size = 0; size < whole.size(); ++size) {
    put_file(file, whole.substr(0, size));
    check(message_of<LoadError>([&] { SafetensorsFile::open(file); }).starts_with(file.string()),
          shown(size) + " bytes");
  }
  put_file(file, whole);
  check_equal(SafetensorsFile::open(file)->entries().size(), size_t(2), "tensors of the whole file");
}

void a_mapped_file_is_checked_like_a_small_one() {
  const TemporaryFolder folder;
  const auto file = folder / "big.safetensors";
  const std::string big = safetensors("{" + tensor("w", "U8", "[2000000]", "[0,2000000]") + "}", 2000000);
  put_file(file, big);
  check_equal(SafetensorsFile::open(file)->tensor("w").numel(), int64_t(2000000), "elements");
  put_file(file, big.substr(0, big.size() - 1));
  check_contains(message_of<LoadError>([&] { SafetensorsFile::open(file); }), "but the file holds 1999999");
  put_file(file, big + "x");
  check_contains(message_of<LoadError>([&] { SafetensorsFile::open(file); }), "holds 2000001 bytes of data");
}

const Cases files(file_cases()), indexes(index_cases()), configs(config_cases());
const Cases cases = {
    CASE(a_folder_in_place_of_the_file_is_refused),
    CASE(a_pipe_in_place_of_the_file_is_refused_without_waiting),
    CASE(a_device_in_place_of_the_file_is_refused),
    CASE(a_file_that_may_not_be_read_is_refused),
    CASE(a_link_to_itself_is_refused),
    CASE(an_absent_folder_and_a_file_in_its_place_are_refused),
    CASE(an_empty_folder_names_the_file_it_lacks),
    CASE(pickled_weights_are_named_and_never_opened),
    CASE(shards_without_an_index_are_not_guessed),
    CASE(a_decoder_without_weights_names_the_folder),
    CASE(every_cut_of_a_valid_file_is_refused),
    CASE(a_mapped_file_is_checked_like_a_small_one),
};

}  // namespace
