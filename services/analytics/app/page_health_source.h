// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "fails/v1/catalog.pb.h"

namespace fails::analytics {

// What the scraper says about the collection of a page. Thread-safe.
class PageHealthSource {
 public:
  virtual ~PageHealthSource() = default;
  // Absent when nothing was said yet.
  virtual std::optional<v1::PageHealth> Get(const std::string& page) const = 0;
};

}  // namespace fails::analytics
