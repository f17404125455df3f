// What the tests of this room share: the real vocabulary, golden files, small folders to break.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/text/tokenizer.h"
#include "tests/support/case.h"

namespace b3o::test {

using Ids = std::vector<int64_t>;

// The 22 added tokens of understanding.md 2.5, then [IMG], [/IMG], <image>: ids from 151643.
std::vector<AddedToken> qwen_added_tokens();
std::vector<AddedToken> blip3o_added_tokens();
// The real vocabulary with those tokens, 151,936 embedding rows. Read once.
const Tokenizer& qwen_tokenizer();
const Tokenizer& blip3o_tokenizer();

Json golden_json(const std::string& relative);
Ids ids_of(const Json& list);
// One int64 tensor, flattened, of a safetensors file.
Ids golden_ids(const std::string& relative, const std::string& name);
// The file without its gzip packing.
std::string inflated(const std::string& relative);

// file name -> bytes
using Files = std::map<std::string, std::string>;
// A whole small tokenizer in both forms: 256 bytes, two merges ("h" "e", then "l" "l"), <|im_end|> as id 258.
Files small_folder();
void write_files(const TemporaryFolder& folder, const Files& files);

}  // namespace b3o::test
