// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/cli.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/simulator/catalog_rewrite.h"
#include "tests/simulator/serve.h"

namespace fails::simulator {
namespace {

constexpr int kWrongArguments = 2;

struct RewriteOptions {
  std::string file;
  std::string base;
  std::optional<int> interval_seconds;
};

void ReadAddress(const std::string& text, ServeOptions& options) {
  const std::size_t colon = text.rfind(':');
  const bool split = colon != std::string::npos && colon > 0;
  if (!split || !absl::SimpleAtoi(text.substr(colon + 1), &options.port) || options.port < 0 ||
      options.port > 65535) {
    throw CLI::ValidationError("--listen", absl::StrCat("\"", text, "\" is not HOST:PORT"));
  }
  options.address = text.substr(0, colon);
}

CLI::App* AddServe(CLI::App& app, ServeOptions& options) {
  CLI::App* serve = app.add_subcommand("serve", "Serve status pages until SIGINT or SIGTERM");
  serve
      ->add_option_function<std::string>(
          "--listen", [&options](const std::string& text) { ReadAddress(text, options); },
          "Where to listen; port 0 takes a free one and prints it")
      ->type_name("HOST:PORT")
      ->required();
  CLI::Option* pages =
      serve->add_option("--pages", options.pages, "Serve DIR/<host>/site/ as files below /<host>/")
          ->type_name("DIR");
  CLI::Option* demo =
      serve->add_flag("--demo")->description("Serve invented incidents of four providers");
  pages->excludes(demo);
  DemoOptions& settings = options.demo;
  serve->add_option("--seed", settings.seed, "Of everything invented")
      ->capture_default_str()
      ->needs(demo);
  serve
      ->add_option(
          "--speed", settings.speed,
          "Pace of the live incidents; 1: one every 20 to 30 s, resolved within 1 to 3 min")
      ->check(CLI::Range(0.01, 100.0))
      ->capture_default_str()
      ->needs(demo);
  serve->add_option("--years", settings.years, "Of history before now")
      ->check(CLI::Range(1, 20))
      ->capture_default_str()
      ->needs(demo);
  serve
      ->add_option("--state", settings.state_file,
                   "Remember the live incidents here, so that a restart still tells of them")
      ->type_name("FILE")
      ->needs(demo);
  serve->add_flag("--quiet-demo", settings.quiet, "Nothing happens by itself, only by /_control")
      ->needs(demo);
  serve->callback([pages, demo] {
    if (pages->count() + demo->count() == 0) throw CLI::RequiredError("--pages DIR or --demo");
  });
  return serve;
}

CLI::App* AddRewrite(CLI::App& app, RewriteOptions& options) {
  CLI::App* rewrite = app.add_subcommand("rewrite-catalog",
                                         "Print a catalog with its pages pointed at a simulator");
  rewrite->add_option("file", options.file, "The catalog")->required()->type_name("FILE");
  rewrite->add_option("--base", options.base, "The simulator's address, http://HOST:PORT")
      ->required()
      ->type_name("URL")
      ->check([](const std::string& url) {
        const bool http = absl::StartsWith(url, "http://") || absl::StartsWith(url, "https://");
        return http ? "" : absl::StrCat("\"", url, "\" does not begin with http:// or https://");
      });
  rewrite
      ->add_option("--interval-seconds", options.interval_seconds, "Polling interval of every page")
      ->check(CLI::Range(1, 86'400));
  return rewrite;
}

int Rewrite(const RewriteOptions& options) {
  std::ifstream in(options.file);
  if (!in) {
    std::cerr << "fails-simulator: cannot read " << options.file << '\n';
    return 1;
  }
  const std::string yaml(std::istreambuf_iterator<char>(in), {});
  const absl::StatusOr<std::string> rewritten =
      RewriteCatalog(yaml, options.base, options.interval_seconds);
  if (!rewritten.ok()) {
    std::cerr << "fails-simulator: " << options.file << ": " << rewritten.status().message()
              << '\n';
    return 1;
  }
  std::cout << *rewritten << std::flush;
  return std::cout ? 0 : 1;
}

}  // namespace

int RunCommandLine(int argc, const char* const* argv) {
  CLI::App app("A stand-in for the providers' status pages: for tests and for the demo.",
               "fails-simulator");
  app.require_subcommand(1);
  app.set_version_flag("--version", "fails-simulator " FAILS_VERSION);
  ServeOptions serve_options;
  RewriteOptions rewrite_options;
  const CLI::App* serve = AddServe(app, serve_options);
  AddRewrite(app, rewrite_options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongArguments;  // prints the help or what is wrong
  }
  return serve->parsed() ? Serve(serve_options) : Rewrite(rewrite_options);
}

}  // namespace fails::simulator
