// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/validator_book.h"

#include <algorithm>
#include <vector>

namespace fails::scraper {

const Validators* ValidatorBook::Find(const std::string& url) const {
  const auto it = entries_.find(url);
  return it == entries_.end() ? nullptr : &it->second;
}

void ValidatorBook::KeepChildren(const std::string& parent, const std::set<std::string>& urls) {
  std::vector<std::string> unwanted;
  for (const auto& [url, validators] : entries_) {
    if (validators.parent == parent && !urls.contains(url)) unwanted.push_back(url);
  }
  for (const std::string& url : unwanted) Forget(url);
}

std::optional<absl::Time> ValidatorBook::PageUpdatedAt() const {
  std::optional<absl::Time> newest;
  for (const auto& [url, validators] : entries_)
    newest = std::max(newest, validators.page_updated_at);
  return newest;
}

void ValidatorBook::Forget(const std::string& url) {
  if (entries_.erase(url) == 0) return;
  KeepChildren(url, {});
}

void ValidatorBook::Accepted(const std::string& url, Validators validators) {
  entries_[url] = std::move(validators);
}

void ValidatorBook::Defer(const std::string& url, const std::string& parent,
                          absl::Time not_before) {
  Validators& entry = entries_[url];
  entry.parent = parent;
  entry.not_before = not_before;
}

void ValidatorBook::Gone(const std::string& url, const std::string& parent, absl::Time not_before) {
  if (parent.empty() && not_before == absl::InfinitePast()) return;
  entries_[url] = Validators{.parent = parent, .not_before = not_before};
}

void ValidatorBook::Incomplete(const std::string& url, const std::string& parent) {
  if (parent.empty()) return;
  Forget(url);
  std::string above = parent;
  for (std::size_t level = 0; level < entries_.size() && !above.empty(); ++level) {
    const auto it = entries_.find(above);
    if (it == entries_.end()) break;
    it->second.etag.clear();
    it->second.last_modified.clear();
    above = it->second.parent;
  }
}

}  // namespace fails::scraper
