// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spdlog/spdlog.h"

// JSON logs, one object a line on standard error: {"time","level","process","message","trace_id"?}.
// Use spdlog's calls:
//   spdlog::info("page {} answers again", page);
// Messages may hold untrusted text: it is escaped, so a line stays one line and valid UTF-8 JSON.
namespace fails::obs {

// Sets spdlog's default logger. `level` is one of trace, debug, info, warn, error. Call once, first
// thing.
void InitLog(const std::string& process, const std::string& level);

// The W3C trace that this thread works for; written into every log line of the thread while the
// object lives.
class TraceScope {
 public:
  explicit TraceScope(std::string_view traceparent);
  ~TraceScope();
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  std::string previous_;
};

// The thread's traceparent ("00-<trace>-<span>-01"), empty outside a scope.
const std::string& CurrentTraceparent();
// A fresh one with a random trace id.
std::string NewTraceparent();
// True for a well-formed version 00 traceparent.
bool ValidTraceparent(std::string_view text);

}  // namespace fails::obs
