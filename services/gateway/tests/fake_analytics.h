// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/synchronization/mutex.h"
#include "common/rpc/server.h"
#include "fails/v1/analytics_service.grpc.pb.h"
#include "fails/v1/incident_service.grpc.pb.h"

namespace fails::gateway {

// The analytics process as a test needs it: answers what it was told to, and remembers the last
// question. Thread-safe.
class FakeAnalytics {
 public:
  FakeAnalytics();
  ~FakeAnalytics();

  std::string address() const;
  void StopServing();

  // What every call answers from now on, unless it is OK.
  void Fail(grpc::Status status);
  // Calls answer only once this is set to false again, or they are cancelled.
  void Hang(bool hang);
  // How many portions an export has, before it ends as every call does.
  void ExportPortions(int portions);
  // The incident belongs to that group from now on.
  void Flap(v1::FlapGroup group);
  int cancelled() const;
  int waiting() const;

  v1::ListIncidentsRequest last_list() const;
  v1::RunAnalysisRequest last_run() const;
  v1::RunAnalysesRequest last_run_many() const;
  v1::ListCellIncidentsRequest last_cell() const;
  v1::ListServiceStatesRequest last_states() const;
  v1::ListServiceStatusChangesRequest last_changes() const;
  v1::ExportIncidentsRequest last_export() const;
  v1::ExportOutageDaysRequest last_days() const;
  std::string last_traceparent() const;

  // Set before the first request.
  std::string notice;
  int updates_bytes = 0;  // length of the one update of the incident

 private:
  class Incidents;
  class Analytics;
  grpc::Status Begin(grpc::ServerContext* context);
  template <class Portion>
  grpc::Status WritePortions(grpc::ServerContext* context, const Portion& portion,
                             grpc::ServerWriter<Portion>& writer);

  mutable absl::Mutex mutex_;
  grpc::Status status_ ABSL_GUARDED_BY(mutex_);
  bool hang_ ABSL_GUARDED_BY(mutex_) = false;
  int cancelled_ ABSL_GUARDED_BY(mutex_) = 0;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  std::optional<v1::FlapGroup> flap_group_ ABSL_GUARDED_BY(mutex_);
  v1::ListIncidentsRequest last_list_ ABSL_GUARDED_BY(mutex_);
  v1::RunAnalysisRequest last_run_ ABSL_GUARDED_BY(mutex_);
  v1::RunAnalysesRequest last_run_many_ ABSL_GUARDED_BY(mutex_);
  v1::ListCellIncidentsRequest last_cell_ ABSL_GUARDED_BY(mutex_);
  int portions_ ABSL_GUARDED_BY(mutex_) = 1;
  v1::ListServiceStatesRequest last_states_ ABSL_GUARDED_BY(mutex_);
  v1::ListServiceStatusChangesRequest last_changes_ ABSL_GUARDED_BY(mutex_);
  v1::ExportIncidentsRequest last_export_ ABSL_GUARDED_BY(mutex_);
  v1::ExportOutageDaysRequest last_days_ ABSL_GUARDED_BY(mutex_);
  std::string last_traceparent_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<Incidents> incidents_;
  std::unique_ptr<Analytics> analytics_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace fails::gateway
