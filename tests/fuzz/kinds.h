// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "common/platforms/import_format.h"
#include "common/platforms/platform.h"

// Which documents of a platform are fuzzed. Headers alone, so that the platforms' own tests can
// write seeds.
namespace fails::fuzz {

inline constexpr std::string_view kFileKind = "file";  // of platforms that ask no page
inline constexpr std::string_view kBaseUrl = "https://status.example.com";

// Kinds that only another document leads to. The harness fails on one that is missing here.
inline constexpr std::array kFollowedKinds = {
    std::pair{"cloudflare_status", "incident"}, std::pair{"incidentio", "component_impacts"},
    std::pair{"incidentio", "proxy_incidents"}, std::pair{"statusio", "status"},
    std::pair{"statuspage", "history_feed"},    std::pair{"statuspage", "incident"},
    std::pair{"statuspage", "uptime_showcase"},
};

inline absl::Time Now() {
  return absl::FromUnixSeconds(1'790'000'000);  // 2026-09-21
}

// One request of each kind, in an order that changes only with the platform.
inline std::vector<platforms::DocumentRequest> RequestsOfEachKind(
    const platforms::Platform& platform) {
  std::vector<platforms::DocumentRequest> requests;
  const auto add = [&requests](platforms::DocumentRequest request) {
    for (const auto& known : requests) {
      if (known.kind == request.kind) return;
    }
    requests.push_back(std::move(request));
  };
  // Platforms that read one feed take its address for a page's.
  constexpr std::array<std::string_view, 2> kBases = {kBaseUrl, "https://status.example.com/x.rss"};
  for (const std::string_view base : kBases) {
    for (const auto purpose : {platforms::Purpose::kPoll, platforms::Purpose::kBackfill}) {
      for (auto& request : platform.FirstRequests(base, purpose, Now())) add(std::move(request));
    }
  }
  for (const auto& [id, kind] : kFollowedKinds) {
    if (platform.id() == id) add({kind, std::string(kBaseUrl) + "/incidents/abc.json", "", "1 0"});
  }
  if (requests.empty()) add({std::string(kFileKind), std::string(kBaseUrl), ""});
  return requests;
}

// The content types that an input chooses from by its second byte.
inline constexpr std::array<std::string_view, 5> kContentTypes = {
    "application/json; charset=utf-8", "text/html", "application/rss+xml", "application/atom+xml",
    "text/csv"};

}  // namespace fails::fuzz
