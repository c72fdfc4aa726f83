// SPDX-License-Identifier: Apache-2.0
#include "tools/catalog/check.h"

#include <fmt/format.h>

#include <map>

#include "common/platforms/detect.h"

namespace fails::tools {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(15);

}  // namespace

std::string Summary(const catalog::Catalog& catalog) {
  std::map<std::string, int> by_platform;
  int active = 0;
  for (const catalog::Page* page : catalog.Pages()) {
    ++by_platform[page->platform];
    if (page->status == catalog::PageStatus::kActive) ++active;
  }
  int without_page = 0;
  for (const catalog::Provider& provider : catalog.providers()) {
    if (provider.pages.empty()) ++without_page;
  }
  const auto pages = static_cast<int>(catalog.Pages().size());
  std::string text = fmt::format(
      "{} providers ({} without a page), {} services, {} pages ({} active, {} dormant)\n",
      catalog.providers().size(), without_page, catalog.Services().size(), pages, active,
      pages - active);
  for (const auto& [platform, count] : by_platform) {
    text += fmt::format("  {:<20} {}\n", platform, count);
  }
  return text;
}

ProbeVerdict Probe(http::Client& client, const catalog::Page& page) {
  std::string last_error = "no answer";
  bool answered = false;
  const std::string found = platforms::DetectPlatform(
      [&](std::string_view path) -> std::optional<platforms::ProbeResult> {
        auto response =
            client.FetchAndWait({.url = fmt::format("{}{}", page.url, path), .timeout = kTimeout});
        if (!response.ok()) {
          last_error = std::string(response.status().message());
          return std::nullopt;
        }
        answered = true;
        std::string content_type = response->Header("content-type");
        return platforms::ProbeResult{response->status, std::move(content_type),
                                      response->headers.All(), std::move(response->body)};
      });
  if (found == page.platform) return {false, fmt::format("{}, as the catalog says", found)};
  if (!found.empty()) {
    return {true, fmt::format("moved: on {} now, the catalog says {}", found, page.platform)};
  }
  if (!answered) return {false, fmt::format("unreachable: {}", last_error)};
  return {false, fmt::format("answers, but does not give away whether it is on {}", page.platform)};
}

}  // namespace fails::tools
