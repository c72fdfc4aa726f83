// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "common/bus/connection.h"
#include "common/bus/key_value.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// The key-value bucket page_backfill, ours alone. An entry that cannot be read counts as a walk
// that has to begin, and is written over.
class NatsBackfillStore final : public BackfillStore {
 public:
  static constexpr const char* kBucket = "page_backfill";

  explicit NatsBackfillStore(bus::Connection& connection) : bucket_(connection, kBucket) {}

  absl::StatusOr<std::optional<Entry>> Get(const std::string& page) override;
  absl::StatusOr<std::uint64_t> CompareAndSet(const std::string& page, const BackfillState& state,
                                              std::uint64_t expected) override;

  // What a follower of the bucket is told, in our words.
  static std::optional<BackfillState> Read(const std::string& page,
                                           const std::optional<std::string>& value);

 private:
  bus::KeyValue bucket_;
};

}  // namespace fails::scraper
