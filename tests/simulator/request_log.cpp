// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/request_log.h"

#include <algorithm>

#include "boost/json.hpp"
#include "common/base/time.h"

namespace fails::simulator {
namespace json = boost::json;

void RequestLog::Record(const Request& request, int status, absl::Time at) {
  std::string path = request.path;
  if (const std::string page = request.Query("page"); !page.empty()) path += "?page=" + page;

  absl::MutexLock lock(&mutex_);
  Entry& entry = entries_[{request.host, path}];
  if (entry.total == 0) {
    entry.first_at = at;
  } else {
    entry.min_gap = std::min(entry.min_gap, at - entry.last_at);
  }
  entry.last_at = at;
  ++entry.total;
  ++entry.by_status[status];
  ++entry.user_agents[request.Header("user-agent")];
  const bool conditional =
      !request.Header("if-none-match").empty() || !request.Header("if-modified-since").empty();
  if (conditional) ++entry.conditional;
}

void RequestLog::Clear() {
  absl::MutexLock lock(&mutex_);
  entries_.clear();
}

json::value RequestLog::ToJson() const {
  absl::MutexLock lock(&mutex_);
  json::array requests;
  for (const auto& [key, entry] : entries_) {
    json::object status;
    for (const auto& [code, count] : entry.by_status) status[std::to_string(code)] = count;
    json::object agents;
    for (const auto& [name, count] : entry.user_agents) agents[name] = count;
    json::object request{{"host", key.first},
                         {"path", key.second},
                         {"total", entry.total},
                         {"conditional", entry.conditional},
                         {"status", std::move(status)},
                         {"user_agents", std::move(agents)},
                         {"first_at", ToRfc3339(entry.first_at)},
                         {"last_at", ToRfc3339(entry.last_at)}};
    if (entry.total > 1) request["min_gap_ms"] = absl::ToInt64Milliseconds(entry.min_gap);
    requests.push_back(std::move(request));
  }
  return json::object{{"requests", std::move(requests)}};
}

}  // namespace fails::simulator
