// SPDX-License-Identifier: Apache-2.0
#include "tools/catalog/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "common/catalog/catalog.h"
#include "common/http/client.h"
#include "tools/catalog/check.h"

namespace fails::tools {
namespace {

constexpr int kWrong = 1;
constexpr int kWrongArguments = 2;

int Check(const std::string& file, bool probe) {
  const auto catalog = catalog::Catalog::Load(file);
  if (!catalog.ok()) {
    std::cerr << std::string(catalog.status().message()) << "\n";
    return kWrong;
  }
  std::cout << Summary(*catalog);
  if (!probe) return 0;
  http::Client client("fails-catalog/" FAILS_VERSION);
  int moved = 0;
  for (const catalog::Page* page : catalog->Pages()) {
    if (page->status == catalog::PageStatus::kDormant) continue;
    const ProbeVerdict verdict = Probe(client, *page);
    if (verdict.moved) ++moved;
    std::cout << page->id.str() << ": " << verdict.words << std::endl;
  }
  return moved == 0 ? 0 : kWrong;
}

}  // namespace

int RunCatalog(int argc, char** argv) {
  CLI::App app("Looks after the catalog of providers, services and status pages.", "fails-catalog");
  app.set_version_flag("--version", FAILS_VERSION);
  app.require_subcommand(1);
  std::string file = "deploy/catalog/providers.yaml";
  bool probe = false;
  CLI::App* check = app.add_subcommand("check", "Reports every mistake in the file, and counts");
  check->add_option("FILE", file, "The catalog")->capture_default_str();
  check->add_flag("--probe", probe,
                  "Ask every active page which platform it is on; status 1 if one has moved");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongArguments;
  }
  return Check(file, probe);
}

}  // namespace fails::tools
