// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/http/client.h"
#include "common/testing/child_process.h"
#include "common/testing/temp_dir.h"
#include "services/scraper/app/watched_page.h"

namespace fails::bench {

// Answers for every status page of this machine's 127.0.0.0/8, with a small Statuspage document
// under one ETag, until the process is killed. One thread.
[[noreturn]] void ServePages(std::uint16_t port);

// The same in a process of its own, whose time is not ours.
class PageSite {
 public:
  inline static const std::string kEtag = "\"0123456789abcdef0123456789abcdef\"";

  PageSite();

  // Statuspage pages spread over that many hosts; at most 2^16.
  std::vector<scraper::WatchedPage> Pages(int count, int hosts, absl::Duration interval) const;
  // Requests that were answered 304 so far.
  std::int64_t NotModified() const;

 private:
  absl::StatusOr<http::Response> AskNotModified() const;

  std::uint16_t port_;
  testing::TempDir folder_{"fails-bench-scraper"};
  testing::ChildProcess process_;
  // Does nothing while nobody asks.
  std::unique_ptr<http::Client> client_ = std::make_unique<http::Client>("fails-bench");
};

}  // namespace fails::bench
