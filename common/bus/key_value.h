// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/bus/connection.h"

namespace fails::bus {

// A key-value bucket of the topology. Thread-safe. Every call: UNAVAILABLE without a server or
// before the bucket exists.
class KeyValue {
 public:
  struct Entry {
    std::string value;
    std::uint64_t revision = 0;
  };

  KeyValue(Connection& connection, std::string bucket);
  ~KeyValue();

  absl::StatusOr<std::optional<Entry>> Get(const std::string& key);
  // ALREADY_EXISTS when the key is there. Returns the revision.
  absl::StatusOr<std::uint64_t> Create(const std::string& key, const std::string& value);
  // ABORTED when the key's revision is no longer `revision`: somebody else was faster.
  absl::StatusOr<std::uint64_t> Update(const std::string& key, const std::string& value,
                                       std::uint64_t revision);
  absl::StatusOr<std::uint64_t> Put(const std::string& key, const std::string& value);
  absl::StatusOr<std::vector<std::string>> Keys();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Follows a bucket: calls `changed` on a thread of its own for every key there is and for each
// change after, and starts over after a reconnect. `value` is absent for a deleted key.
class KeyValueWatcher {
 public:
  using Changed = std::function<void(const std::string& key, std::optional<std::string> value)>;
  KeyValueWatcher(Connection& connection, std::string bucket, Changed changed);
  ~KeyValueWatcher();
  void Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::bus
