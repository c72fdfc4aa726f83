// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/analytics/options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

namespace fails::bench {

Options ReadOptions(int argc, char** argv, const std::string& what) {
  Options options;
  CLI::App app(what);
  app.add_option("--incidents", options.incidents, "How many")->check(CLI::Range(1, 100'000'000));
  app.add_option("--seed", options.seed, "Equal seeds give equal data");
  app.add_option("--runs", options.runs, "Of each question")->check(CLI::Range(1, 100'000));
  app.add_option("--csv", options.csv, "Folder to write the data to, for other systems");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  return options;
}

}  // namespace fails::bench
