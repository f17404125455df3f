#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/image/codec.h"

namespace b3o::cli {

void add_encode(CLI::App& app, Common& common) {
  struct Options {
    std::string image, out = "tokens.safetensors";
  };
  auto* command = app.add_subcommand("encode", "Picture to CLIP tokens: tensor E in a safetensors file");
  auto o = std::make_shared<Options>();
  add_common(*command, common);
  command->add_option("--image", o->image, "the picture")->required();
  command->add_option("--out", o->out, "file of the tokens");
  command->callback([&common, o] {
    EncodeRequest request{std::make_shared<Image>(load_image(o->image))};
    Session session(common);
    session.load();
    session.run(std::move(request), [&](const Event& event) {
      const auto* ready = std::get_if<TokensReady>(&event);
      if (!ready) return;
      save_tokens(*ready, o->out);
      if (common.json)
        print_json({{"file", o->out}, {"tokens", ready->token_count}, {"width", ready->token_width}});
      else
        std::cout << o->out << std::endl;
    });
  });
}

}  // namespace b3o::cli
