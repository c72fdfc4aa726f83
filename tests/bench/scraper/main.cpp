// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "tests/bench/scraper/memory.h"
#include "tests/bench/scraper/polls.h"

int main(int argc, char** argv) {
  fails::bench::PollOptions options;
  int watched = 10'000;
  std::uint16_t port = 0;
  CLI::App app("What a poll costs, and a page that is watched", "fails-bench-scraper");
  app.add_option("--requests", options.requests, "A round")->check(CLI::Range(1000, 10'000'000));
  app.add_option("--rounds", options.rounds)->check(CLI::Range(1, 1000));
  app.add_option("--watched", watched, "Pages for the memory; 0: not measured")
      ->check(CLI::Range(0, 65'536));
  app.add_option("--serve", port, "Be the page site")->group("");
  CLI11_PARSE(app, argc, argv);
  if (port != 0) fails::bench::ServePages(port);
  spdlog::set_level(spdlog::level::err);  // rounds end in the middle of polls
  setenv("no_proxy", "*", 1);

  const fails::bench::PageSite site;
  if (watched > 0) {  // first: what comes after would count
    const auto use = fails::bench::MeasureMemory(site, watched);
    fmt::print("{} pages watched   {:.1f} MB resident, at most {:.1f} ({:.1f} without any)\n",
               watched, use.now_mb, use.most_mb, use.before_mb);
  }
  const auto rates = fails::bench::MeasurePolls(site, options);
  fmt::print("bare libcurl       {:>8.0f} /s and core\n", rates.bare);
  fmt::print("HTTP client        {:>8.0f} /s and core\n", rates.client);
  fmt::print("scraper            {:>8.0f} /s and core   ratio {:.2f}\n", rates.scraper,
             rates.scraper_to_bare);
}
