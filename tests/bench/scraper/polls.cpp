// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/scraper/polls.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <stdexcept>

#include "absl/synchronization/notification.h"
#include "common/base/clock.h"
#include "common/http/client.h"
#include "services/scraper/adapters/http_fetcher.h"
#include "services/scraper/app/poller.h"
#include "services/scraper/tests/fakes.h"
#include "tests/bench/scraper/bare.h"

namespace fails::bench {
namespace {

using scraper::WatchedPage;

constexpr int kHosts = 16;  // times two of each: as many at once as the poller does
constexpr int kAtOnce = 32;

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double PerCpuSecond(int count, const std::function<void()>& work) {
  const double began = CpuSeconds();
  work();
  return count / (CpuSeconds() - began);
}

double Median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

// The documents that the scraper asks a page for, all pages.
std::vector<std::string> DocumentUrls(const std::vector<WatchedPage>& pages) {
  std::vector<std::string> urls;
  for (const WatchedPage& page : pages) {
    for (const auto& request :
         page.platform->FirstRequests(page.url, platforms::Purpose::kPoll, absl::Now())) {
      if (request.every == absl::ZeroDuration()) urls.push_back(request.url);
    }
  }
  return urls;
}

// Our HTTP client, fed from its own callbacks.
class ClientAlone {
 public:
  explicit ClientAlone(std::vector<std::string> urls) : urls_(std::move(urls)) {}

  void Get(int count) {
    absl::Notification done;
    to_begin_ = count;
    to_end_ = count;
    done_ = &done;
    for (int i = 0; i < kAtOnce; ++i) Begin();
    done.WaitForNotification();
    if (wrong_) throw std::runtime_error("the client alone: not every answer is 304");
  }

 private:
  void Begin() {
    if (to_begin_.fetch_sub(1) <= 0) return;
    client_.Fetch({.url = urls_[next_++ % urls_.size()],
                   .headers = {{"Accept", "application/json"}, {"If-None-Match", PageSite::kEtag}}},
                  [this](const absl::StatusOr<http::Response>& answer) {
                    if (!answer.ok() || answer->status != 304) wrong_ = true;
                    Begin();
                    if (to_end_.fetch_sub(1) == 1) done_->Notify();
                  });
  }

  const std::vector<std::string> urls_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<int> to_begin_ = 0, to_end_ = 0;
  std::atomic<bool> wrong_ = false;
  absl::Notification* done_ = nullptr;
  http::Client client_{"fails-bench"};
};

// The scraper as its wiring puts it together; pages, their state and connections stay from one
// round to the next.
class ScraperInMemory {
 public:
  explicit ScraperInMemory(std::vector<WatchedPage> pages) : pages_(std::move(pages)) {}

  // Until that many requests were answered 304; returns how many were, per second of processor
  // time.
  double Poll(int count) {
    scraper::HttpFetcher fetcher(client_);
    absl::Notification enough;
    std::atomic<int> unchanged = 0;
    const scraper::Fetch fetch = [&](const scraper::FetchRequest& request) {
      return fetcher.Get(request);
    };
    const auto ahead = [&](std::vector<scraper::FetchRequest> requests, absl::Time last_start) {
      auto run = fetcher.GetWhileUnchanged(std::move(requests), last_start);
      const int before = unchanged.fetch_add(static_cast<int>(run.unchanged));
      if (before < count && before + static_cast<int>(run.unchanged) >= count) enough.Notify();
      return run;
    };
    const scraper::PagePoll page_poll(clock_, fetch, sink_, ahead);
    scraper::Claims claims(states_, clock_, "bench", absl::Seconds(15));
    scraper::LeaseKeeper keeper(absl::Seconds(5));
    scraper::Poller poller(pages_, {},
                           {clock_, claims, keeper, page_poll, board_, metrics_, [] { return 0.5; },
                            nullptr, [&] { fetcher.Cancel(); }});
    const double began = CpuSeconds();
    poller.Start();
    enough.WaitForNotification();
    const double rate = unchanged.load() / (CpuSeconds() - began);
    poller.Stop(absl::Now() + absl::Seconds(10));
    return rate;
  }

 private:
  const std::vector<WatchedPage> pages_;
  SystemClock clock_;
  scraper::MemoryStateStore states_;
  scraper::MemoryBackfillStore backfills_;
  scraper::HealthBoard board_{states_, backfills_};
  scraper::RecordingSink sink_;
  scraper::PollMetrics metrics_{pages_, clock_};
  http::Client client_{"fails-bench"};
};

}  // namespace

PollRates MeasurePolls(const PageSite& site, const PollOptions& options) {
  // Due again at once: there is always a page to poll.
  const auto pages = site.Pages(options.pages, kHosts, absl::Milliseconds(1));
  const auto urls = DocumentUrls(pages);
  BareCurl bare(urls, PageSite::kEtag, kAtOnce);
  ClientAlone client(urls);
  ScraperInMemory scraper(pages);
  // Connections are made, pages known.
  bare.Get(options.requests / 4);
  client.Get(options.requests / 4);
  scraper.Poll(static_cast<int>(urls.size()));

  std::vector<double> bares, clients, scrapers, ratios;
  for (int round = 0; round < options.rounds; ++round) {
    bares.push_back(PerCpuSecond(options.requests, [&] { bare.Get(options.requests); }));
    clients.push_back(PerCpuSecond(options.requests, [&] { client.Get(options.requests); }));
    scrapers.push_back(scraper.Poll(options.requests));
    ratios.push_back(scrapers.back() / bares.back());
  }
  return {Median(bares), Median(clients), Median(scrapers), Median(ratios)};
}

}  // namespace fails::bench
