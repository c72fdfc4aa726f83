// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/validator_book.h"

#include <algorithm>
#include <vector>

namespace fails::scraper {

const Validators* ValidatorBook::Find(const std::string& url) const {
  const auto it = entries().find(url);
  return it == entries().end() ? nullptr : &it->second;
}

ValidatorMap& ValidatorBook::Change() {
  if (!changed_) changed_ = *entries_;
  return *changed_;
}

SharedValidators ValidatorBook::Take() && {
  if (!changed_) return std::move(entries_);
  return SharedValidators(*std::move(changed_));
}

void ValidatorBook::KeepChildren(const std::string& parent,
                                 const std::set<std::string_view>& urls) {
  std::vector<std::string> unwanted;
  for (const auto& [url, validators] : entries()) {
    if (validators.parent == parent && !urls.contains(url)) unwanted.push_back(url);
  }
  for (const std::string& url : unwanted) Forget(url);
}

std::optional<absl::Time> ValidatorBook::PageUpdatedAt() const {
  std::optional<absl::Time> newest;
  for (const auto& [url, validators] : entries()) {
    newest = std::max(newest, validators.page_updated_at);
  }
  return newest;
}

void ValidatorBook::Forget(const std::string& url) {
  if (!Find(url)) return;
  Change().erase(url);
  KeepChildren(url, {});
}

void ValidatorBook::Accepted(const std::string& url, Validators validators) {
  Change()[url] = std::move(validators);
}

void ValidatorBook::Defer(const std::string& url, const std::string& parent,
                          absl::Time not_before) {
  const Validators* known = Find(url);
  if (known && known->parent == parent && known->not_before == not_before) return;
  Validators& entry = Change()[url];
  entry.parent = parent;
  entry.not_before = not_before;
}

void ValidatorBook::Gone(const std::string& url, const std::string& parent, absl::Time not_before) {
  if (parent.empty() && not_before == absl::InfinitePast()) return;
  Change()[url] = Validators{.parent = parent, .not_before = not_before};
}

void ValidatorBook::Incomplete(const std::string& url, const std::string& parent) {
  if (parent.empty()) return;
  Forget(url);
  std::string above = parent;
  for (std::size_t level = 0; level < entries().size() && !above.empty(); ++level) {
    if (!Find(above)) break;
    Validators& entry = Change()[above];
    entry.etag.clear();
    entry.last_modified.clear();
    above = entry.parent;
  }
}

}  // namespace fails::scraper
