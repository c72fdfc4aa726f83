// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "services/scraper/domain/page_state.h"

namespace fails::scraper {

// The validators of a page's documents, which form a tree: a first request leads to follow-ups,
// these to others. Keeps the promise that a document which would be answered "not modified" has led
// to nothing that is missing here, since such an answer has no body to follow.
class ValidatorBook {
 public:
  explicit ValidatorBook(SharedValidators entries) : entries_(std::move(entries)) {}

  // Null when the document was never accepted, or has to be asked for anew.
  const Validators* Find(const std::string& url) const;

  // The platform's first requests, or a document's follow-ups: what is no longer among them is
  // forgotten, with all below.
  void KeepRoots(const std::set<std::string_view>& urls) { KeepChildren("", urls); }
  void KeepChildren(const std::string& parent, const std::set<std::string_view>& urls);

  void Accepted(const std::string& url, Validators validators);
  // The document need not be asked for before then.
  void Defer(const std::string& url, const std::string& parent, absl::Time not_before);
  // A follow-up that is not there: asked for again only when its parent changes. A first request is
  // simply asked again, but not before `not_before`.
  void Gone(const std::string& url, const std::string& parent,
            absl::Time not_before = absl::InfinitePast());
  // The document could not be had: a follow-up is forgotten, and those above it will be asked for
  // without conditions.
  void Incomplete(const std::string& url, const std::string& parent);

  // The last change of the page as its documents say; absent where none does.
  std::optional<absl::Time> PageUpdatedAt() const;

  // Those it was made of, if nothing has changed.
  SharedValidators Take() &&;

 private:
  const ValidatorMap& entries() const { return changed_ ? *changed_ : *entries_; }
  ValidatorMap& Change();
  void Forget(const std::string& url);

  SharedValidators entries_;
  std::optional<ValidatorMap> changed_;  // takes the place of entries_
};

}  // namespace fails::scraper
