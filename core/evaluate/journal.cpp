#include "core/evaluate/journal.h"

#include "core/base/error.h"
#include "core/base/file.h"

namespace b3o::evaluate {
namespace {

constexpr size_t kLargest = size_t(1) << 30;  // bytes of a journal

std::string line_of(const Json& record) { return record.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

Journal::Journal(const std::filesystem::path& file) : file_(file) {
  if (file.empty()) return;
  if (std::filesystem::exists(file)) {
    const std::string text = read_file(file, kLargest);
    size_t from = 0, number = 0;
    for (size_t end = 0; (end = text.find('\n', from)) != std::string::npos; from = end + 1) {
      const std::string where = cat(file.string(), ": line ", ++number);
      Json record = parse_json(std::string_view(text).substr(from, end - from), where);
      std::string id = Fields(record, where).string("id");
      records_.insert_or_assign(std::move(id), std::move(record));
    }
    if (from < text.size()) write_file(file, std::string_view(text).substr(0, from));
  }
  out_.open(file, std::ios::app | std::ios::binary);
  if (!out_) throw Error(cat(file.string(), ": cannot be opened for writing"));
}

const Json* Journal::find(const std::string& id) const {
  const auto it = records_.find(id);
  return it == records_.end() ? nullptr : &it->second;
}

void Journal::add(Json record) {
  if (!file_.empty()) {
    out_ << line_of(record) << std::flush;
    if (!out_) throw Error(cat(file_.string(), ": cannot be written; is the disk full?"));
  }
  std::string id = record.at("id");
  records_.insert_or_assign(std::move(id), std::move(record));
}

void claim_folder(const std::filesystem::path& file, const Json& run) {
  if (!std::filesystem::exists(file)) return write_file(file, run.dump(2) + "\n");
  const Json old = parse_json(read_file(file, 1 << 20), file.string());
  for (const auto& [key, value] : run.items())
    if (!old.is_object() || !old.contains(key) || old[key] != value)
      throw RequestError(cat(file.parent_path().string(), " holds results of another run: '", key, "' is ",
                             old.is_object() && old.contains(key) ? old[key].dump() : "missing", " there and ",
                             value.dump(), " now; choose another folder for --out."));
}

}  // namespace b3o::evaluate
