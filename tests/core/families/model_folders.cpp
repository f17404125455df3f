// Model folders found on this machine, and the comparison of their files with listed hashes.
#include "core/families/model_folders.h"

#include <cstdlib>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/families/blip3o/folder.h"
#include "core/families/hash_list.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;
namespace fs = std::filesystem;

namespace {

const fs::path& tiny() {
  static const fs::path path = data_path("generation/tiny-blip3o");
  return path;
}

// A copy that a test may break.
fs::path copy_of_tiny(const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy(tiny(), to, fs::copy_options::recursive);
  return to;
}

std::vector<std::string> names(const std::vector<ModelFolder>& folders) {
  std::vector<std::string> out;
  for (const auto& folder : folders) out.push_back(folder.name);
  return out;
}

// A cache in the layout of the hub: blobs named by their SHA-256, linked to from the snapshot.
fs::path hub_snapshot(const fs::path& hub, const std::string& model, const std::string& revision) {
  const fs::path root = hub / model, snapshot = root / "snapshots" / revision;
  fs::create_directories(root / "blobs");
  for (const auto& entry : fs::recursive_directory_iterator(tiny())) {
    const fs::path relative = fs::relative(entry.path(), tiny());
    if (entry.is_directory()) continue;
    const bool large = entry.path().extension() == ".safetensors";
    const std::string blob =
        large ? sha256_hex_of_file(entry.path()) : sha256_hex(relative.string()).substr(0, 40);  // as git names it
    if (!fs::exists(root / "blobs" / blob)) fs::copy_file(entry.path(), root / "blobs" / blob);
    const fs::path link = snapshot / relative;
    fs::create_directories(link.parent_path());
    fs::create_symlink(fs::relative(root / "blobs" / blob, link.parent_path()), link);
  }
  return snapshot;
}

void a_whole_folder_says_what_it_can_do_and_how_large_it_is() {
  const ModelFolder folder = look_at_folder(tiny());
  check(folder.complete(), folder.problem);
  check(folder.can.chat && folder.can.see && folder.can.draw, "abilities");
  uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(tiny()))
    if (entry.is_regular_file()) bytes += entry.file_size();
  check_equal(folder.bytes, bytes, "bytes");
  const ModelFolder talks = look_at_folder(data_path("understanding/tiny-qwen2.5-vl"));
  check(talks.complete() && talks.can.chat && !talks.can.draw, talks.problem);
}

void missing_files_are_named() {
  const TemporaryFolder temporary;
  const fs::path folder = copy_of_tiny(temporary / "model");
  fs::remove(folder / "diffusion-decoder/scheduler/scheduler_config.json");
  ModelFolder looked = look_at_folder(folder);
  check_equal(looked.missing, std::vector<std::string>{"diffusion-decoder/scheduler/scheduler_config.json"}, "missing");
  check_contains(looked.problem, "A file is missing: diffusion-decoder/scheduler/scheduler_config.json");
  fs::remove(folder / "tokenizer.json");
  fs::remove(folder / "vocab.json");
  check_equal(look_at_folder(folder).missing.size(), 2u, "missing");
}

void missing_shards_are_named() {
  const TemporaryFolder temporary;
  const fs::path folder = copy_of_tiny(temporary / "model");
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("model")) fs::remove(entry.path());
  write_file(folder / "model.safetensors.index.json",
             R"({"weight_map":{"a":"model-00001-of-00003.safetensors","b":"model-00002-of-00003.safetensors",
                 "c":"model-00003-of-00003.safetensors"}})");
  write_file(folder / "model-00002-of-00003.safetensors", "here");
  const ModelFolder looked = look_at_folder(folder);
  check_equal(looked.missing,
              std::vector<std::string>{"model-00001-of-00003.safetensors", "model-00003-of-00003.safetensors"},
              "missing");
  check_contains(looked.problem, "2 files are missing");
  check(!looked.complete(), "complete");
}

void a_bad_folder_is_one_sentence() {
  const TemporaryFolder temporary;
  check_contains(look_at_folder(temporary / "nowhere").problem, "there is no such folder");
  check_contains(look_at_folder(temporary.path()).problem, "has no config.json");
  const fs::path folder = copy_of_tiny(temporary / "model");
  write_file(folder / "config.json", R"({"model_type":"bert"})");
  check_contains(look_at_folder(folder).problem, "expected blip3o_qwen");
  write_file(folder / "config.json", "{");
  const std::string broken = look_at_folder(folder).problem;
  check(!broken.empty() && broken.find('\n') == std::string::npos, broken);
  fs::remove(folder / "config.json");
  fs::create_symlink("/dev/zero", folder / "config.json");  // endless; never read
  check_contains(look_at_folder(folder).problem, "has no config.json");
}

void every_place_is_looked_through_once() {
  const TemporaryFolder temporary;
  const fs::path shipped = copy_of_tiny(temporary / "shipped"), own = copy_of_tiny(temporary / "app/mine"),
                 other = copy_of_tiny(temporary / "elsewhere");
  fs::create_directories(temporary / "app/no-model");
  ModelPlaces places{shipped, temporary / "app", {temporary / "no-hub"}, {own, other, temporary / "gone"}};
  const auto found = find_model_folders(places);
  check_equal(names(found), std::vector<std::string>{"shipped", "mine", "elsewhere", "gone"}, "names");
  check(found[0].place == FolderPlace::shipped && found[1].place == FolderPlace::app &&
            found[2].place == FolderPlace::recent,
        "places");
  check_contains(found[3].problem, "there is no such folder");
}

void a_hub_cache_lists_its_models_and_no_others() {
  const TemporaryFolder temporary;
  const fs::path hub = temporary / "hub";
  const std::string revision = "0123456789abcdef0123456789abcdef01234567",
                    older = "fedcba9876543210fedcba9876543210fedcba98";
  const fs::path snapshot = hub_snapshot(hub, "models--BLIP3o--Tiny--Model", revision);
  fs::create_directories(hub / "models--google--bert/snapshots/aa");
  write_file(hub / "models--google--bert/snapshots/aa/config.json", R"({"model_type":"bert"})");
  fs::create_directories(hub / "datasets--x--y/snapshots/aa");
  auto found = find_model_folders({{}, {}, {hub}, {}});
  check_equal(names(found), std::vector<std::string>{"BLIP3o/Tiny--Model"}, "names");
  check(found[0].complete() && found[0].can.draw, found[0].problem);
  check(found[0].folder == snapshot, "the snapshot is what is loaded");
  check_equal(look_at_folder(snapshot).name, "BLIP3o/Tiny--Model", "name of a chosen snapshot");
  check_equal(read_folder(snapshot / "").name, "BLIP3o/Tiny--Model", "name of the loaded model");
  hub_snapshot(hub, "models--BLIP3o--Tiny--Model", older);
  fs::create_directories(hub / "models--BLIP3o--Tiny--Model/refs");
  write_file(hub / "models--BLIP3o--Tiny--Model/refs/main", older);
  found = find_model_folders({{}, {}, {hub}, {}});
  check_equal(names(found), std::vector<std::string>{"BLIP3o/Tiny--Model @ fedcba9", "BLIP3o/Tiny--Model @ 0123456"},
              "the revision that main names first");
}

void a_blob_that_was_not_fetched_is_missing() {
  const TemporaryFolder temporary;
  const fs::path snapshot = hub_snapshot(temporary / "hub", "models--a--b", "01");
  const fs::path weights = snapshot / "model-00001-of-00002.safetensors";
  check(fs::exists(weights), "the tiny model has shards");
  fs::remove(snapshot / fs::read_symlink(weights));
  const auto found = find_model_folders({{}, {}, {temporary / "hub"}, {}});
  check_equal(found.at(0).missing, std::vector<std::string>{"model-00001-of-00002.safetensors"}, "missing");
}

void the_environment_names_the_caches() {
  const TemporaryFolder temporary;
  for (const char* name : {"cache", "home/hub", "xdg/huggingface/hub", "user/.cache/huggingface/hub"})
    fs::create_directories(temporary / name);
  const auto set = [](const char* name, const fs::path& value) { ::setenv(name, value.c_str(), 1); };
  for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"}) ::unsetenv(name);
  const std::string home = std::getenv("HOME") ? std::getenv("HOME") : "";
  set("HOME", temporary / "user");
  check_equal(hub_caches(), std::vector<fs::path>{temporary / "user/.cache/huggingface/hub"}, "by HOME");
  set("XDG_CACHE_HOME", temporary / "xdg");
  check_equal(hub_caches(), std::vector<fs::path>{temporary / "xdg/huggingface/hub"}, "by XDG_CACHE_HOME");
  set("HF_HOME", temporary / "home");
  check_equal(hub_caches(), std::vector<fs::path>{temporary / "home/hub"}, "by HF_HOME");
  set("HF_HUB_CACHE", temporary / "cache");
  check_equal(hub_caches(), (std::vector<fs::path>{temporary / "cache", temporary / "home/hub"}), "by HF_HUB_CACHE");
  for (const char* name : {"HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"}) ::unsetenv(name);
  set("HOME", home);
}

HashReport verified(const fs::path& folder) {
  return verify_hashes(folder, [](uint64_t, uint64_t) {});
}

void a_list_of_sums_is_compared() {
  const TemporaryFolder temporary;
  const fs::path folder = copy_of_tiny(temporary / "model");
  check_equal(verified(folder).listed, 0, "no list");
  const std::string config = sha256_hex_of_file(folder / "config.json"),
                    weights = sha256_hex_of_file(folder / "model-00001-of-00002.safetensors");
  write_file(folder / "SHA256SUMS", cat("# made by sha256sum\n", config, "  config.json\r\n", weights,
                                        " *./model-00001-of-00002.safetensors\n"));
  HashReport report = verified(folder);
  check(report.good() && report.listed == 2, "a good folder is bad");
  check(!report.unlisted.empty() && report.unlisted[0].starts_with("diffusion-decoder/"), "weights without a hash");
  write_file(folder / "config.json", read_file(folder / "config.json", 1 << 20) + " ");
  report = verified(folder);
  check_equal(report.wrong, std::vector<std::string>{"config.json"}, "wrong");
  fs::remove(folder / "model-00001-of-00002.safetensors");
  check_equal(verified(folder).missing, std::vector<std::string>{"model-00001-of-00002.safetensors"}, "missing");
}

void blob_names_and_download_notes_are_lists_too() {
  const TemporaryFolder temporary;
  const fs::path snapshot = hub_snapshot(temporary / "hub", "models--a--b", "01");
  HashReport report = verified(snapshot);
  check(report.good() && report.listed >= 2 && report.unlisted.empty(), "a good snapshot is bad");
  const fs::path blob = snapshot / fs::read_symlink(snapshot / "model-00001-of-00002.safetensors");
  write_file(blob, read_file(blob, 64 << 20) + " ");
  check_equal(verified(snapshot).wrong, std::vector<std::string>{"model-00001-of-00002.safetensors"}, "wrong");

  const fs::path folder = copy_of_tiny(temporary / "plain");
  const fs::path notes = folder / ".cache/huggingface/download";
  fs::create_directories(notes);
  write_file(notes / "model-00001-of-00002.safetensors.metadata",
             cat("0123\n", sha256_hex_of_file(folder / "model-00001-of-00002.safetensors"), "\n1.5\n"));
  write_file(notes / "config.json.metadata", "0123\n0123456789012345678901234567890123456789\n1.5\n");
  report = verified(folder);
  check(report.good() && report.listed == 1, "the note is not used");
}

void a_broken_list_is_one_sentence_and_leads_nowhere_else() {
  const TemporaryFolder temporary;
  const fs::path folder = copy_of_tiny(temporary / "model");
  const std::string hash(64, 'a');
  for (const std::string& line : {hash + "  ../outside", hash + "  /etc/passwd", hash + "  a/../../b"}) {
    write_file(folder / "SHA256SUMS", line + "\n");
    check_contains(message_of<LoadError>([&] { verified(folder); }), "line 1 names");
  }
  for (const std::string& line : {std::string("nonsense"), hash, hash + " x", hash.substr(1) + "g  file"}) {
    write_file(folder / "SHA256SUMS", "\n" + line + "\n");
    check_contains(message_of<LoadError>([&] { verified(folder); }), "line 2 is");
  }
}

void a_comparison_tells_how_far_it_is_and_stops_when_asked() {
  const TemporaryFolder temporary;
  const fs::path folder = temporary / "model";
  fs::create_directories(folder);
  write_file(folder / "large.safetensors", std::string(5 << 20, 'x'));
  write_file(folder / "SHA256SUMS", sha256_hex_of_file(folder / "large.safetensors") + "  large.safetensors\n");
  std::vector<uint64_t> seen;
  verify_hashes(folder, [&](uint64_t done, uint64_t total) {
    check_equal(total, uint64_t(5) << 20, "total");
    seen.push_back(done);
  });
  check(seen.size() >= 6 && std::is_sorted(seen.begin(), seen.end()) && seen.back() == uint64_t(5) << 20, "progress");
  int calls = 0;
  bool stopped = false;
  try {
    verify_hashes(folder, [&](uint64_t done, uint64_t) {
      ++calls;
      if (done > 0) throw Stop();
    });
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped && calls == 2, "not stopped after the first megabyte");
}

const Cases cases = {
    CASE(a_whole_folder_says_what_it_can_do_and_how_large_it_is),
    CASE(missing_files_are_named),
    CASE(missing_shards_are_named),
    CASE(a_bad_folder_is_one_sentence),
    CASE(every_place_is_looked_through_once),
    CASE(a_hub_cache_lists_its_models_and_no_others),
    CASE(a_blob_that_was_not_fetched_is_missing),
    CASE(the_environment_names_the_caches),
    CASE(a_list_of_sums_is_compared),
    CASE(blob_names_and_download_notes_are_lists_too),
    CASE(a_broken_list_is_one_sentence_and_leads_nowhere_else),
    CASE(a_comparison_tells_how_far_it_is_and_stops_when_asked),
};

}  // namespace
