// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "common/bus/connection.h"
#include "common/bus/key_value.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// The key-value buckets page_state (ours alone) and page_health (read by analytics). An entry that
// cannot be read counts as a fresh one and is written over.
class NatsStateStore final : public StateStore {
 public:
  static constexpr const char* kStateBucket = "page_state";
  static constexpr const char* kHealthBucket = "page_health";

  explicit NatsStateStore(bus::Connection& connection)
      : state_(connection, kStateBucket), health_(connection, kHealthBucket) {}

  absl::StatusOr<std::optional<Entry>> Get(const std::string& page) override;
  absl::StatusOr<std::uint64_t> CompareAndSet(const std::string& page, const PageState& state,
                                              std::uint64_t expected) override;
  absl::Status PublishHealth(const std::string& page, const Health& health,
                             const std::optional<BackfillProgress>& backfill) override;

  // What a follower of page_state is told, in our words.
  static std::optional<PageState> Read(const std::string& page,
                                       const std::optional<std::string>& value);

 private:
  bus::KeyValue state_;
  bus::KeyValue health_;
};

}  // namespace fails::scraper
