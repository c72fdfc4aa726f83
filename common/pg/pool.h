// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <pqxx/pqxx>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pg/query.h"

namespace fails::pg {

// Connections to one database. Thread-safe. Connects on demand, so the server need not be there
// yet.
class Pool {
 public:
  struct Options {
    std::string url;  // postgresql://… (libpq URI); never logged
    int size = 4;     // most connections at once; more callers wait
    std::string application_name{};
    absl::Duration acquire_timeout = absl::Seconds(5);
    absl::Duration statement_timeout = absl::Seconds(30);
    bool read_only = false;
  };

  explicit Pool(Options options);
  ~Pool();

  // Runs `body(pqxx::work&)` in a transaction and commits when it returns OK; any other status
  // rolls back and is returned. `body` returns absl::Status or absl::StatusOr<T> and may run again
  // (serialization failure, deadlock, connection lost before commit: up to 3 times). Errors:
  // UNAVAILABLE for no connection, for a missing table or privilege (a migration that is still to
  // come) and for a commit whose outcome is in doubt (never repeated here); RESOURCE_EXHAUSTED when
  // no connection becomes free; DEADLINE_EXCEEDED for statement_timeout; ABORTED for a conflict
  // that outlived the repeats; INVALID_ARGUMENT for data that a type, constraint or limit refuses;
  // INTERNAL for the rest. `name` labels fails_pg_transaction_seconds{name,code}.
  template <class Body>
  std::invoke_result_t<Body, pqxx::work&> Transact(const char* name, Body&& body) {
    using Result = std::invoke_result_t<Body, pqxx::work&>;
    if constexpr (std::is_same_v<Result, absl::Status>) {
      return RunErased(name, [&](pqxx::work& tx) { return body(tx); });
    } else {
      Result result = absl::UnknownError("transaction body did not run");
      absl::Status status = RunErased(name, [&](pqxx::work& tx) {
        result = body(tx);
        return result.status();
      });
      if (!status.ok()) return status;
      return result;
    }
  }

  // OK when a connection can be had and answers a trivial query.
  absl::Status Probe();

  const Options& options() const;

 private:
  absl::Status RunErased(const char* name, const std::function<absl::Status(pqxx::work&)>& body);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::pg
