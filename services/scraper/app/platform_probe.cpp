// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/platform_probe.h"

#include <fmt/format.h>

#include <utility>

#include "common/platforms/detect.h"

namespace fails::scraper {

std::string ProbePlatform(const Fetch& fetch, const std::string& base_url,
                          const std::function<absl::Status()>& cut) {
  return platforms::DetectPlatform(
      [&](std::string_view path) -> std::optional<platforms::ProbeResult> {
        if (!cut().ok()) return std::nullopt;
        auto response = fetch({fmt::format("{}{}", base_url, path), "", "", ""});
        if (!response.ok()) return std::nullopt;
        return platforms::ProbeResult{response->status, std::move(response->content_type),
                                      std::move(response->headers), std::move(response->body)};
      });
}

}  // namespace fails::scraper
