// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "services/gateway/events/source.h"

namespace fails::gateway {

// A stream of events in memory that can lose its oldest, go away, and begin anew. Thread-safe;
// outlives its readers.
class FakeEventSource final : public EventSource {
 public:
  // Returns the sequence.
  std::uint64_t Publish(const std::string& provider = "openai",
                        const std::string& type = "fails.incident.updated",
                        const std::vector<std::string>& services = {});
  void PublishRaw(std::string payload);
  // Forgets what is older.
  void TrimBefore(std::uint64_t sequence);
  void SetAvailable(bool available);
  // Empty, and counting from 1 again.
  void BeginAnew();
  int opened() const;

  absl::StatusOr<bus::StreamBounds> Bounds() override;
  std::unique_ptr<EventReader> Open(std::uint64_t first_sequence) override;

 private:
  class Reader;

  mutable absl::Mutex mutex_;
  std::map<std::uint64_t, std::string> messages_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t last_ ABSL_GUARDED_BY(mutex_) = 0;
  bool available_ ABSL_GUARDED_BY(mutex_) = true;
  int opened_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace fails::gateway
