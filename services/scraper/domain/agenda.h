// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace fails::scraper {

// Which page is to be looked at when, and which of them may run together: at most `max_running` in
// all and `max_per_host` of one host. Knows no clock and no thread.
class Agenda {
 public:
  Agenda(int max_running, int max_per_host);

  // A page that is known already keeps its host.
  void Add(const std::string& page, const std::string& host, absl::Time due);

  // Somebody says that the page is due then. While the page runs this is kept and the earlier of it
  // and Finish's counts.
  void SetDue(const std::string& page, absl::Time due);

  // The page that has been due the longest and may run; it counts as running until Finish.
  std::optional<std::string> Start(absl::Time now);
  void Finish(const std::string& page, absl::Time due);

  // When Start may have something to give, if nothing finishes before; absent: not before something
  // does.
  std::optional<absl::Time> NextStart() const;

  bool Knows(const std::string& page) const { return pages_.count(page) > 0; }
  bool IsRunning(const std::string& page) const;
  int running() const { return running_; }

 private:
  // A page in its place in a queue.
  struct Place {
    absl::Time due;
    const std::string* page;  // a key of pages_

    bool operator<(const Place& other) const {
      return due != other.due ? due < other.due : *page < *other.page;
    }
  };
  struct Host {
    int running = 0;
    std::set<Place> waiting;
    std::optional<Place> offered;  // its entry in open_
  };
  struct Entry {
    Host* host;
    absl::Time due;
    bool running = false;
    std::optional<absl::Time> due_while_running;
  };

  // Brings open_ up to date with a host.
  void Offer(Host& host);

  int max_running_;
  int max_per_host_;
  int running_ = 0;
  std::map<std::string, Host> hosts_;
  std::map<std::string, Entry> pages_;
  // Of every host that has room the page that has been due the longest: with ten thousand pages
  // nobody looks through all of them.
  std::set<Place> open_;
};

// "status.openai.com" or "127.0.0.1:8081" of a URL, in lower case; empty when it has none.
std::string HostOf(std::string_view url);

}  // namespace fails::scraper
