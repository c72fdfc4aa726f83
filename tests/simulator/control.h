// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/simulator/faults.h"
#include "tests/simulator/http.h"
#include "tests/simulator/request_log.h"

namespace fails::simulator {

struct NewIncident {
  std::string host;
  std::string name;
  std::string impact;
  std::vector<std::string> components;  // names
  std::string body;                     // of its first update
};

// What the control API may do to a demo's incidents. Thread-safe.
class IncidentControl {
 public:
  virtual ~IncidentControl() = default;

  // Opens an incident now and returns its code. INVALID_ARGUMENT names an unknown host, impact or
  // component.
  virtual absl::StatusOr<std::string> Open(const NewIncident& incident) = 0;

  // Adds an update now; what was still to come of that incident by itself will not come. NOT_FOUND,
  // INVALID_ARGUMENT.
  virtual absl::Status AddUpdate(const std::string& code, const std::string& status,
                                 const std::string& body) = 0;
};

// The REST API below /_control. Thread-safe.
class ControlApi {
 public:
  // `demo` is null where incidents cannot be steered. All outlive this.
  ControlApi(FaultBook& faults, RequestLog& log, IncidentControl* demo)
      : faults_(faults), log_(log), demo_(demo) {}

  Response Handle(const Request& request);

 private:
  Response Faults(const Request& request);
  Response Requests(const Request& request);
  Response OpenIncident(const Request& request);
  Response UpdateIncident(const Request& request, const std::string& code);

  FaultBook& faults_;
  RequestLog& log_;
  IncidentControl* const demo_;
};

}  // namespace fails::simulator
