// The program blip3o. Exit status: 0 done, 1 refused with one sentence on stderr, 2 wrong usage, 130 interrupted.
#include <csignal>
#include <iostream>

#include "app/cli/commands.h"
#include "core/base/process.h"
#include "core/families/default_model.h"

int main(int argc, char** argv) {
  b3o::start_with_sleeping_threads(argv);
  std::signal(SIGPIPE, SIG_IGN);
  using namespace b3o::cli;
  CLI::App app("BLIP3-o on the command line: chat about pictures, draw, edit.", "blip3o");
  app.require_subcommand(1);
  app.set_version_flag("--version", "blip3o " B3O_VERSION);
  app.option_defaults()->always_capture_default();
  Common common;
  common.model = b3o::default_model_folder().string();
  for (const auto add : {add_chat, add_generate, add_edit, add_reconstruct, add_encode, add_decode, add_tokenize,
                         add_inspect, add_synthesize, add_check, add_bench, add_evaluate, add_train, add_world})
    add(app, common);
  if (!common.model.empty())
    app.footer("Without --model the demonstration model of a small drawn world is used: " + common.model);
  try {
    app.parse(argc, argv);
    std::cout.flush();
    return std::cout ? 0 : 1;
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  } catch (const b3o::Stop&) {
    std::cerr << "Stopped." << std::endl;
    return 130;
  } catch (const std::bad_alloc&) {
    std::cerr << "There is not enough memory for this." << std::endl;
  } catch (const std::exception& e) {
    std::string text = e.what();
    std::cerr << text.substr(0, text.find('\n')) << std::endl;
  }
  return 1;
}
