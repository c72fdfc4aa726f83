// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/catalog/catalog.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// A page of the catalog with the platform that reads it. There is one of each, which all parts look
// at.
struct WatchedPage {
  std::string id;
  std::string provider;
  std::string url;  // no trailing slash
  const platforms::Platform* platform = nullptr;
  absl::Duration interval;
  bool dormant = false;  // known, but not polled
};

// All pages, in catalog order. FAILED_PRECONDITION names a platform that `find` does not know.
absl::StatusOr<std::vector<WatchedPage>> PagesToWatch(const catalog::Catalog& catalog,
                                                      const FindPlatform& find);

}  // namespace fails::scraper
