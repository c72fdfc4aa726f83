// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/agenda.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/base/text.h"

namespace fails::scraper {

Agenda::Agenda(int max_running, int max_per_host)
    : max_running_(max_running), max_per_host_(max_per_host) {}

void Agenda::Add(const std::string& page, const std::string& host, absl::Time due) {
  const auto [it, added] = pages_.try_emplace(page);
  if (!added) return SetDue(page, due);
  Entry& entry = it->second;
  entry.host = &hosts_[host];
  entry.due = due;
  entry.host->waiting.insert({due, &it->first});
  Offer(*entry.host);
}

void Agenda::Offer(Host& host) {
  if (host.offered) open_.erase(*host.offered);
  host.offered.reset();
  if (host.running >= max_per_host_ || host.waiting.empty()) return;
  host.offered = *host.waiting.begin();
  open_.insert(*host.offered);
}

void Agenda::SetDue(const std::string& page, absl::Time due) {
  const auto it = pages_.find(page);
  if (it == pages_.end()) return;
  Entry& entry = it->second;
  if (entry.running) {
    entry.due_while_running = due;
    return;
  }
  entry.host->waiting.erase({entry.due, &it->first});
  entry.due = due;
  entry.host->waiting.insert({due, &it->first});
  Offer(*entry.host);
}

std::optional<std::string> Agenda::Start(absl::Time now) {
  const auto next = NextStart();
  if (!next || *next > now) return std::nullopt;
  const Place place = *open_.begin();
  Entry& entry = pages_.find(*place.page)->second;
  entry.running = true;
  entry.due_while_running.reset();
  entry.host->waiting.erase(place);
  ++entry.host->running;
  ++running_;
  Offer(*entry.host);
  return *place.page;
}

void Agenda::Finish(const std::string& page, absl::Time due) {
  const auto it = pages_.find(page);
  if (it == pages_.end() || !it->second.running) return;
  Entry& entry = it->second;
  entry.running = false;
  entry.due = std::min(due, entry.due_while_running.value_or(due));
  entry.host->waiting.insert({entry.due, &it->first});
  --entry.host->running;
  --running_;
  Offer(*entry.host);
}

std::optional<absl::Time> Agenda::NextStart() const {
  if (running_ >= max_running_ || open_.empty()) return std::nullopt;
  return open_.begin()->due;
}

bool Agenda::IsRunning(const std::string& page) const {
  const auto it = pages_.find(page);
  return it != pages_.end() && it->second.running;
}

std::string HostOf(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return "";
  std::string_view authority = url.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos) {
    authority.remove_prefix(user + 1);
  }
  return absl::AsciiStrToLower(Absl(authority));
}

}  // namespace fails::scraper
