// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/agenda.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/base/text.h"

namespace fails::scraper {

Agenda::Agenda(int max_running, int max_per_host)
    : max_running_(max_running), max_per_host_(max_per_host) {}

void Agenda::Add(const std::string& page, const std::string& host, absl::Time due) {
  pages_[page] = Entry{.host = host, .due = due, .running = false, .due_while_running = {}};
}

void Agenda::SetDue(const std::string& page, absl::Time due) {
  const auto it = pages_.find(page);
  if (it == pages_.end()) return;
  if (it->second.running) {
    it->second.due_while_running = due;
  } else {
    it->second.due = due;
  }
}

const std::pair<const std::string, Agenda::Entry>* Agenda::Earliest() const {
  if (running_ >= max_running_) return nullptr;
  const std::pair<const std::string, Entry>* earliest = nullptr;
  for (const auto& candidate : pages_) {
    const Entry& entry = candidate.second;
    if (entry.running || (earliest && earliest->second.due <= entry.due)) continue;
    const auto host = running_by_host_.find(entry.host);
    if (host != running_by_host_.end() && host->second >= max_per_host_) continue;
    earliest = &candidate;
  }
  return earliest;
}

std::optional<std::string> Agenda::Start(absl::Time now) {
  const auto* earliest = Earliest();
  if (!earliest || earliest->second.due > now) return std::nullopt;
  Entry& entry = pages_[earliest->first];
  entry.running = true;
  entry.due_while_running.reset();
  ++running_;
  ++running_by_host_[entry.host];
  return earliest->first;
}

void Agenda::Finish(const std::string& page, absl::Time due) {
  const auto it = pages_.find(page);
  if (it == pages_.end() || !it->second.running) return;
  Entry& entry = it->second;
  entry.running = false;
  entry.due = std::min(due, entry.due_while_running.value_or(due));
  --running_;
  if (--running_by_host_[entry.host] == 0) running_by_host_.erase(entry.host);
}

std::optional<absl::Time> Agenda::NextStart() const {
  const auto* earliest = Earliest();
  if (!earliest) return std::nullopt;
  return earliest->second.due;
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
