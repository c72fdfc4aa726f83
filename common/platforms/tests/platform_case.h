// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/base/time.h"
#include "common/platforms/platform.h"
#include "tests/fuzz/seed.h"

namespace fails::platforms {

inline absl::Time T(const char* text) {
  return *ParseTime(text);
}

// An empty result, and a failure, when the document is refused.
inline Parsed MustParse(const Platform& platform, const DocumentView& document) {
  fuzz::KeepSeed(platform, document);
  EXPECT_TRUE(platform.Recognize(document).ok()) << platform.Recognize(document);
  auto parsed = platform.Parse(document);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? *std::move(parsed) : Parsed{};
}

inline std::string Why(const absl::Status& status) {
  return std::string(status.message());
}

// "kind url" of each request.
inline std::vector<std::string> Asked(const std::vector<DocumentRequest>& requests) {
  std::vector<std::string> asked;
  for (const DocumentRequest& request : requests) asked.push_back(request.kind + " " + request.url);
  return asked;
}

}  // namespace fails::platforms
