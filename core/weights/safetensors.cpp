#include "core/weights/safetensors.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/utf8.h"

namespace b3o {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors data is used as it lies in the file");

constexpr uint64_t kReadWhole = 1u << 20;  // files up to this size are read, not mapped
constexpr size_t kMaxRank = 16;
constexpr char kMetadata[] = "__metadata__";

struct TypeName {
  std::string_view name;
  at::ScalarType type;
};
constexpr TypeName kTypes[] = {{"F32", at::kFloat}, {"F16", at::kHalf}, {"BF16", at::kBFloat16}, {"F64", at::kDouble},
                               {"I64", at::kLong},  {"I32", at::kInt},  {"I16", at::kShort},     {"I8", at::kChar},
                               {"U8", at::kByte},   {"BOOL", at::kBool}};

std::string shape_text(const Shape& shape) {
  std::string out = "[";
  for (const int64_t n : shape) out += cat(out.size() > 1 ? ", " : "", n);
  return out + "]";
}

at::ScalarType type_named(const std::string& name, const std::string& where) {
  std::string known;
  for (const auto& row : kTypes) {
    if (row.name == name) return row.type;
    known += cat(known.empty() ? "" : " ", row.name);
  }
  throw LoadError(cat(where, " has type '", for_message(name), "', expected one of ", known));
}

// Bytes of a tensor. The product is taken over max(size, 1), so that strides cannot overflow either.
uint64_t byte_size(const Shape& shape, at::ScalarType type, const std::string& where) {
  if (shape.size() > kMaxRank)
    throw LoadError(cat(where, " has ", shape.size(), " dimensions, at most ", kMaxRank, " are accepted"));
  int64_t bytes = int64_t(c10::elementSize(type));
  bool empty = false;
  for (const int64_t n : shape) {
    if (n < 0) throw LoadError(cat(where, " has shape ", shape_text(shape), ", expected no negative size"));
    empty = empty || n == 0;
    if (__builtin_mul_overflow(bytes, std::max<int64_t>(n, 1), &bytes))
      throw LoadError(cat(where, " has shape ", shape_text(shape), ", which is more than 2^63 bytes"));
  }
  return empty ? 0 : uint64_t(bytes);
}

void check_name(const std::string& name, const std::string& file) {
  const bool control = std::any_of(name.begin(), name.end(), [](char c) { return uint8_t(c) < 0x20 || c == 0x7f; });
  if (name.empty() || control)
    throw LoadError(cat(file, ": tensor name '", for_message(name), "' is empty or holds a control character"));
}

TensorEntry entry_from(const Fields& f) {
  for (const auto& [key, value] : f.json().items())
    if (key != "dtype" && key != "shape" && key != "data_offsets")
      throw LoadError(cat(f.where(), " has an unknown key '", for_message(key), "'"));
  TensorEntry entry{type_named(f.string("dtype"), f.where()), f.integers("shape"), 0, 0};
  const uint64_t bytes = byte_size(entry.shape, entry.type, f.where());
  const auto offsets = f.integers("data_offsets");
  if (offsets.size() != 2)
    throw LoadError(cat(f.where(), " has ", offsets.size(), " data_offsets, expected two: begin and end"));
  if (offsets[0] < 0 || offsets[1] < offsets[0])
    throw LoadError(
        cat(f.where(), " has data_offsets ", shape_text(offsets), ", expected begin <= end and none negative"));
  entry.begin = uint64_t(offsets[0]);
  entry.end = uint64_t(offsets[1]);
  if (entry.end - entry.begin != bytes)
    throw LoadError(cat(f.where(), " takes ", entry.end - entry.begin, " bytes, expected ", bytes, " for ",
                        f.string("dtype"), " ", shape_text(entry.shape)));
  return entry;
}

}  // namespace

std::string safetensors_type_name(at::ScalarType type) {
  for (const auto& row : kTypes)
    if (row.type == type) return std::string(row.name);
  return {};
}

std::shared_ptr<const SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
  std::shared_ptr<SafetensorsFile> file(new SafetensorsFile);
  file->path_ = path;
  std::error_code unknown;
  const uint64_t size = std::filesystem::file_size(path, unknown);
  if (!unknown && size <= kReadWhole) {
    file->copied_ = read_file(path, kReadWhole);
    file->bytes_ = std::as_bytes(std::span(file->copied_.data(), file->copied_.size()));
  } else {
    file->mapped_ = MappedFile::open(path);
    file->bytes_ = file->mapped_->bytes();
  }
  file->read_header();
  file->check_layout();
  return file;
}

void SafetensorsFile::read_header() {
  const std::string name = path_.string();
  if (bytes_.size() < 8)
    throw LoadError(
        cat(name, ": has ", bytes_.size(), " bytes, expected at least the 8 of a safetensors header length"));
  uint64_t length = 0;
  std::memcpy(&length, bytes_.data(), 8);
  if (length > kMaxHeader)
    throw LoadError(cat(name, ": header length is ", length, " bytes, expected at most ", kMaxHeader,
                        "; this is not a safetensors file"));
  if (length > bytes_.size() - 8)
    throw LoadError(cat(name, ": header length is ", length, " bytes, but only ", bytes_.size() - 8,
                        " follow; the file is cut off"));
  const std::string_view text(reinterpret_cast<const char*>(bytes_.data()) + 8, length);
  if (text.empty() || text[0] != '{') throw LoadError(cat(name, ": header is not a JSON object"));
  data_begin_ = size_t(8 + length);
  const Json header = parse_json(text, name + ": header");
  for (const auto& [key, value] : header.items()) {
    if (key == kMetadata) {
      if (!value.is_object())
        throw LoadError(cat(name, ": ", kMetadata, " is ", value.type_name(), ", expected object"));
      for (const auto& [k, v] : value.items()) {
        if (!v.is_string())
          throw LoadError(
              cat(name, ": ", kMetadata, ": key '", for_message(k), "' is ", v.type_name(), ", expected string"));
        metadata_[k] = v.get<std::string>();
      }
    } else {
      check_name(key, name);
      entries_.emplace(key, entry_from(Fields(value, cat(name, ": tensor '", for_message(key), "'"))));
    }
  }
}

void SafetensorsFile::check_layout() const {
  std::vector<const std::pair<const std::string, TensorEntry>*> order;
  for (const auto& item : entries_) order.push_back(&item);
  std::sort(order.begin(), order.end(), [](auto* a, auto* b) {
    return std::pair(a->second.begin, a->second.end) < std::pair(b->second.begin, b->second.end);
  });
  const uint64_t size = bytes_.size() - data_begin_;
  uint64_t at = 0;
  for (const auto* item : order) {
    const TensorEntry& e = item->second;
    const std::string where = cat(path_.string(), ": tensor '", for_message(item->first), "'");
    if (e.begin != at)
      throw LoadError(cat(where, " begins at byte ", e.begin, " of the data, expected ", at,
                          e.begin < at ? "; tensors overlap" : "; bytes are left out"));
    if (e.end > size)
      throw LoadError(
          cat(where, " ends at byte ", e.end, " of the data, but the file holds ", size, "; the file is cut off"));
    at = e.end;
  }
  if (at != size)
    throw LoadError(cat(path_.string(), ": holds ", size, " bytes of data, expected ", at, " by its header"));
}

const TensorEntry& SafetensorsFile::entry(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) throw LoadError(cat(path_.string(), ": tensor '", for_message(name), "' is missing"));
  return found->second;
}

std::span<const std::byte> SafetensorsFile::bytes_of(const std::string& name) const {
  const TensorEntry& e = entry(name);
  return bytes_.subspan(data_begin_ + size_t(e.begin), size_t(e.end - e.begin));
}

at::Tensor SafetensorsFile::tensor(const std::string& name) const {
  const TensorEntry& e = entry(name);
  const std::span<const std::byte> data = bytes_of(name);
  const auto options = at::TensorOptions().dtype(e.type);
  if (e.type == at::kBool) {  // a byte other than 0 and 1 is no bool for the compiler
    const auto* bytes = reinterpret_cast<const uint8_t*>(data.data());
    at::Tensor truth = at::empty(e.shape, options);
    std::transform(bytes, bytes + data.size(), truth.data_ptr<bool>(), [](uint8_t b) { return b != 0; });
    return truth;
  }
  const bool aligned = reinterpret_cast<uintptr_t>(data.data()) % c10::elementSize(e.type) == 0;
  if (aligned && !data.empty())
    return at::from_blob(const_cast<std::byte*>(data.data()), e.shape, [file = shared_from_this()](void*) {}, options);
  at::Tensor copy = at::empty(e.shape, options);
  if (!data.empty()) std::memcpy(copy.data_ptr(), data.data(), data.size());
  return copy;
}

namespace {

std::string header_for(const std::vector<SafetensorsWriter::Declared>& tensors,
                       const std::map<std::string, std::string>& metadata) {
  std::string text = "{";
  if (!metadata.empty()) text += cat("\"", kMetadata, "\":", Json(metadata).dump(), ",");
  std::set<std::string> names;
  uint64_t at = 0;
  for (const auto& t : tensors) {
    ensure(names.insert(t.name).second && t.name != kMetadata, "every tensor to write has a name of its own");
    const std::string type = safetensors_type_name(t.type);
    ensure(!type.empty(), "every tensor to write has a type that safetensors knows");
    const uint64_t end = at + byte_size(t.shape, t.type, t.name);
    text += cat(Json(t.name).dump(), ":{\"dtype\":\"", type, "\",\"shape\":", Json(t.shape).dump(),
                ",\"data_offsets\":[", at, ",", end, "]},");
    at = end;
  }
  if (text.back() == ',') text.pop_back();
  text += "}";
  text.append((8 - text.size() % 8) % 8, ' ');
  ensure(text.size() <= SafetensorsFile::kMaxHeader, "the header to write is within the limit of the reader");
  return text;
}

}  // namespace

SafetensorsWriter::SafetensorsWriter(std::filesystem::path target, std::vector<Declared> tensors,
                                     const std::map<std::string, std::string>& metadata)
    : tensors_(std::move(tensors)), file_(std::move(target)) {
  const std::string header = header_for(tensors_, metadata);
  const uint64_t length = header.size();
  file_.write(std::as_bytes(std::span(&length, 1)));
  file_.write(header);
}

void SafetensorsWriter::write(const std::string& name, const at::Tensor& tensor) {
  ensure(next_ < tensors_.size() && tensors_[next_].name == name, "tensors are written in the declared order");
  const Declared& wanted = tensors_[next_++];
  ensure(tensor.sizes() == at::IntArrayRef(wanted.shape), "a written tensor has its declared shape");
  const at::Tensor plain = tensor.detach().to(at::kCPU, wanted.type).contiguous();
  file_.write(std::span(static_cast<const std::byte*>(plain.data_ptr()), size_t(plain.nbytes())));
}

void SafetensorsWriter::finish() {
  ensure(next_ == tensors_.size(), "every declared tensor was written");
  file_.finish();
}

void write_safetensors(const std::filesystem::path& target,
                       const std::vector<std::pair<std::string, at::Tensor>>& tensors,
                       const std::map<std::string, std::string>& metadata) {
  std::vector<size_t> order(tensors.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return tensors[a].second.element_size() > tensors[b].second.element_size();
  });
  std::vector<SafetensorsWriter::Declared> declared;
  for (const size_t i : order)
    declared.push_back({tensors[i].first, tensors[i].second.scalar_type(), tensors[i].second.sizes().vec()});
  SafetensorsWriter writer(target, std::move(declared), metadata);
  for (const size_t i : order) writer.write(tensors[i].first, tensors[i].second);
  writer.finish();
}

}  // namespace b3o
