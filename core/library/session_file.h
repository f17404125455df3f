// A whole editing session in one file, .b3o: a zip with session.json (title, tree, recipes), mask.png (the mask that is
// being drawn), pictures/ and masks/ (PNG, named by their SHA-256). The same session always gives the same bytes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/library/edit_document.h"

namespace b3o {

inline constexpr const char* kSessionEnding = ".b3o";
inline constexpr int64_t kMostSessionFiles = 20'000;
inline constexpr uint64_t kMostSessionBytes = uint64_t(2) << 30;  // of the file, and of all that is in it

struct SessionFile {
  std::string title;
  EditDocument document;  // without pixels, but with its masks
};

// Every picture and mask must have a file's name, by which `bytes` gives its PNG; one at a time is in memory. Error
// when one is missing, when it is too much, or when the disk refuses; then what was there stays.
void write_session_file(const std::filesystem::path& file, const EditDocument& document, const std::string& title,
                        const KeptBytes& bytes);

// Checks everything before anything is kept, and takes nothing that it does not expect. LoadError of one sentence
// otherwise. keep() then gets the PNG of every picture and mask and returns its name, made of its SHA-256.
using KeepBytes = std::function<std::string(std::string_view png)>;
SessionFile read_session_file(const std::filesystem::path& file, const KeepBytes& keep);

}  // namespace b3o
