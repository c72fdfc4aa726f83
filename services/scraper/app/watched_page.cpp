// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/watched_page.h"

#include <fmt/format.h>

namespace fails::scraper {

absl::StatusOr<std::vector<WatchedPage>> PagesToWatch(const catalog::Catalog& catalog,
                                                      const FindPlatform& find) {
  std::vector<WatchedPage> pages;
  for (const catalog::Page* page : catalog.Pages()) {
    const platforms::Platform* platform = find(page->platform);
    if (!platform) {
      return absl::FailedPreconditionError(
          fmt::format("page {}: unknown platform '{}'", page->id.str(), page->platform));
    }
    pages.push_back({.id = page->id.str(),
                     .provider = page->provider.str(),
                     .url = page->url,
                     .platform = platform,
                     .interval = page->interval,
                     .dormant = page->status == catalog::PageStatus::kDormant});
  }
  return pages;
}

}  // namespace fails::scraper
