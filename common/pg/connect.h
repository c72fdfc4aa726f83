// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <pqxx/pqxx>
#include <string>

#include "absl/time/time.h"

namespace fails::pg {

struct SessionSettings {
  std::string application_name;
  absl::Duration statement_timeout = absl::Seconds(30);
  bool read_only = false;
};

// `url` with libpq parameters that notice a server which is silently gone, unless it has its own.
std::string WithTimeouts(const std::string& url);

// A connection with UTC, ISO dates and the settings. It does not come back by itself when it
// breaks, since it would come back without them. Throws pqxx::broken_connection. For this folder
// only.
std::unique_ptr<pqxx::connection> Connect(const std::string& url, const SessionSettings& settings);

}  // namespace fails::pg
