// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "boost/json/value.hpp"
#include "tests/simulator/http.h"

namespace fails::simulator {

enum class FaultKind {
  kStatus,
  kSlow,
  kTruncated,
  kWrongContentType,
  kHtml200,
  kRedirect,
  kFrozen,
  kTooManyRequests,
  kIncidentRemoved,
};

// Documents as they were when a freeze began, by path and query.
struct FrozenDocuments {
  absl::Mutex mutex;
  std::map<std::string, Response> by_path ABSL_GUARDED_BY(mutex);
};

// One thing that goes wrong at a host. The README lists what each field means for each kind.
struct Fault {
  std::int64_t id = 0;
  std::string host;  // "*": every host
  std::string path_prefix = "/";
  FaultKind kind = FaultKind::kStatus;
  int status = 0;  // 0: the kind's own
  absl::Duration delay;
  std::optional<int> retry_after;  // seconds
  std::string location;
  std::string content_type;
  std::string incident;
  bool cut_connection = false;
  std::optional<std::int64_t> times;  // requests still to hit; none: until cleared
  std::shared_ptr<FrozenDocuments> frozen = std::make_shared<FrozenDocuments>();
};

// INVALID_ARGUMENT names the field.
absl::StatusOr<Fault> ParseFault(const boost::json::value& value);
boost::json::value ToJson(const Fault& fault);

// The faults in force. Thread-safe.
class FaultBook {
 public:
  Fault Add(Fault fault);
  void Clear();
  std::vector<Fault> List() const;

  // Those that hit this request, oldest first; each uses up one of its `times`.
  std::vector<Fault> Take(const Request& request);

 private:
  mutable absl::Mutex mutex_;
  std::vector<Fault> faults_ ABSL_GUARDED_BY(mutex_);
  std::int64_t last_id_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace fails::simulator
