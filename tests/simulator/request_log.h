// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "boost/json/value.hpp"
#include "tests/simulator/http.h"

namespace fails::simulator {

// Who asked for what, so that a test can say whether a poller is polite. Thread-safe.
class RequestLog {
 public:
  void Record(const Request& request, int status, absl::Time at);
  void Clear();

  // {"requests":[{host, path, total, conditional, status:{"200":n}, user_agents:{name:n}, first_at,
  // last_at,
  //   min_gap_ms}]}; `conditional` counts requests with If-None-Match or If-Modified-Since.
  boost::json::value ToJson() const;

 private:
  struct Entry {
    std::int64_t total = 0;
    std::int64_t conditional = 0;
    std::map<int, std::int64_t> by_status;
    std::map<std::string, std::int64_t> user_agents;
    absl::Time first_at;
    absl::Time last_at;
    absl::Duration min_gap = absl::InfiniteDuration();
  };

  mutable absl::Mutex mutex_;
  std::map<std::pair<std::string, std::string>, Entry> entries_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace fails::simulator
