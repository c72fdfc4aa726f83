// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "tests/simulator/site.h"

namespace fails::simulator {

// Status pages kept as files: DIR/<host>/site/... A file is read anew for every request, so that a
// test may change it.
class StaticSite final : public Site {
 public:
  // NOT_FOUND when `root` is not a folder that holds a <host>/site.
  static absl::StatusOr<StaticSite> Open(const std::filesystem::path& root);

  bool Knows(const std::string& host) const override;
  Response Get(const Request& request) override;

 private:
  explicit StaticSite(std::filesystem::path root) : root_(std::move(root)) {}

  std::filesystem::path root_;  // canonical
};

}  // namespace fails::simulator
