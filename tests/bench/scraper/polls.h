// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/scraper/page_site.h"

namespace fails::bench {

struct PollOptions {
  int pages = 1000;
  int requests = 20'000;  // a round
  int rounds = 7;
};

// Conditional requests answered 304 per second of processor time of this process, all of its
// threads and the kernel's work for them: medians of rounds taken in turn.
struct PollRates {
  double bare = 0;    // libcurl multi alone
  double client = 0;  // our HTTP client alone, without threads that wait for it
  // Poller, agenda, claims and leases, page polls, validators, health, metrics, fetcher, client;
  // the state is kept in memory.
  double scraper = 0;
  double scraper_to_bare = 0;  // median of the rounds' ratios
};

PollRates MeasurePolls(const PageSite& site, const PollOptions& options);

}  // namespace fails::bench
