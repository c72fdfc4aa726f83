// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "common/platforms/platform.h"

// The kinds of documents of a Statuspage, each recognized and read.
namespace fails::platforms {

struct StatuspageEndpoint {
  std::string_view kind;
  std::string_view path;
  std::string_view list;  // the array that makes the document what it claims to be
};

// The lists of /api/v2.
std::span<const StatuspageEndpoint> StatuspageEndpoints();

// As Platform::Recognize() and Platform::Parse(). Besides the lists: "history", "incident",
// "history_feed", "uptime", "uptime_showcase".
absl::Status RecognizeStatuspage(const DocumentView& document);
absl::StatusOr<Parsed> ParseStatuspage(const DocumentView& document);

bool LooksLikeHtml(std::string_view body);

}  // namespace fails::platforms
