// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/tests/fake_analytics.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "common/runtime/or_throw.h"

namespace fails::gateway {
namespace {

v1::Incident MakeIncident(int updates_bytes) {
  v1::Incident incident;
  incident.set_id("openai/8kb29fwgbp25");
  incident.set_native_id("8kb29fwgbp25");
  incident.set_provider("openai");
  incident.set_page("openai");
  incident.set_title("Elevated errors");
  incident.set_impact(v1::IMPACT_MAJOR);
  incident.set_status(v1::INCIDENT_STATUS_RESOLVED);
  incident.add_services("openai/api");
  incident.mutable_stages()->mutable_resolved()->set_seconds(1724868960);
  incident.set_duration_seconds(60);
  incident.set_revision(3);
  v1::IncidentUpdate* update = incident.add_updates();
  update->set_status(v1::INCIDENT_STATUS_RESOLVED);
  update->set_body(std::string(static_cast<std::size_t>(updates_bytes), 'u'));
  return incident;
}

v1::Service MakeService() {
  v1::Service service;
  service.set_id("openai/api");
  service.set_name("API");
  service.set_provider("openai");
  return service;
}

}  // namespace

template <class Portion>
grpc::Status FakeAnalytics::WritePortions(grpc::ServerContext* context, const Portion& portion,
                                          grpc::ServerWriter<Portion>& writer) {
  int portions;
  {
    absl::MutexLock lock(&mutex_);
    portions = portions_;
  }
  for (int i = 0; i < portions; ++i) {
    if (writer.Write(portion)) continue;
    absl::MutexLock lock(&mutex_);
    ++cancelled_;
    return grpc::Status::CANCELLED;
  }
  return Begin(context);
}

class FakeAnalytics::Incidents final : public v1::IncidentService::Service {
 public:
  explicit Incidents(FakeAnalytics& fake) : fake_(fake) {}

  grpc::Status ListProviders(grpc::ServerContext* context, const v1::ListProvidersRequest*,
                             v1::ListProvidersResponse* response) override {
    v1::Provider* provider = response->add_providers();
    provider->set_id("openai");
    provider->set_name("OpenAI");
    *provider->add_services() = MakeService();
    response->set_notice(fake_.notice);
    return fake_.Begin(context);
  }
  grpc::Status ListServices(grpc::ServerContext* context, const v1::ListServicesRequest* request,
                            v1::ListServicesResponse* response) override {
    if (request->provider() != "anthropic") *response->add_services() = MakeService();
    return fake_.Begin(context);
  }
  grpc::Status ListPages(grpc::ServerContext* context, const v1::ListPagesRequest*,
                         v1::ListPagesResponse* response) override {
    v1::Page* page = response->add_pages();
    page->set_id("openai");
    page->set_status(v1::PAGE_STATUS_ACTIVE);
    page->mutable_health()->set_state(v1::PAGE_HEALTH_STATE_RATE_LIMITED);
    return fake_.Begin(context);
  }
  grpc::Status ListIncidents(grpc::ServerContext* context, const v1::ListIncidentsRequest* request,
                             v1::ListIncidentsResponse* response) override {
    *response->add_incidents() = MakeIncident(fake_.updates_bytes);
    response->set_total(7);
    response->set_notice(fake_.notice);
    if (request->limit() == 1) response->set_next_cursor("next");
    {
      absl::MutexLock lock(&fake_.mutex_);
      fake_.last_list_ = *request;
    }
    return fake_.Begin(context);
  }
  grpc::Status GetIncident(grpc::ServerContext* context, const v1::GetIncidentRequest* request,
                           v1::GetIncidentResponse* response) override {
    if (request->id() != "openai/8kb29fwgbp25") {
      return {grpc::StatusCode::NOT_FOUND, fmt::format("unknown incident: {}", request->id())};
    }
    *response->mutable_incident() = MakeIncident(fake_.updates_bytes);
    {
      absl::MutexLock lock(&fake_.mutex_);
      if (fake_.flap_group_) *response->mutable_flap_group() = *fake_.flap_group_;
    }
    return fake_.Begin(context);
  }
  grpc::Status ListServiceStates(grpc::ServerContext* context,
                                 const v1::ListServiceStatesRequest* request,
                                 v1::ListServiceStatesResponse* response) override {
    for (const auto& [service, status] :
         {std::pair("openai/api", v1::SERVICE_STATUS_MAJOR_OUTAGE),
          std::pair("openai/chatgpt", v1::SERVICE_STATUS_UNSPECIFIED),
          std::pair("openai/dall-e", v1::SERVICE_STATUS_OPERATIONAL),
          std::pair("openai/playground", v1::SERVICE_STATUS_MAINTENANCE)}) {
      v1::ServiceState* state = response->add_states();
      state->set_service(service);
      state->set_provider("openai");
      state->set_status(status);
    }
    v1::ServiceState* first = response->mutable_states(0);
    first->mutable_since()->set_seconds(1724868960);
    first->add_ongoing_incidents("openai/b");
    first->add_ongoing_incidents("openai/a");
    {
      absl::MutexLock lock(&fake_.mutex_);
      fake_.last_states_ = *request;
    }
    return fake_.Begin(context);
  }
  grpc::Status ListServiceStatusChanges(grpc::ServerContext* context,
                                        const v1::ListServiceStatusChangesRequest* request,
                                        v1::ListServiceStatusChangesResponse* response) override {
    v1::ServiceStatusChange* change = response->add_changes();
    change->set_service("openai/api");
    change->set_status(v1::SERVICE_STATUS_DEGRADED);
    change->set_previous(v1::SERVICE_STATUS_OPERATIONAL);
    change->mutable_at()->set_seconds(1724868960);
    {
      absl::MutexLock lock(&fake_.mutex_);
      fake_.last_changes_ = *request;
    }
    return fake_.Begin(context);
  }
  grpc::Status ExportIncidents(grpc::ServerContext* context,
                               const v1::ExportIncidentsRequest* request,
                               grpc::ServerWriter<v1::ExportIncidentsResponse>* writer) override {
    {
      absl::MutexLock lock(&fake_.mutex_);
      fake_.last_export_ = *request;
    }
    v1::ExportIncidentsResponse portion;
    for (int i = 0; i < 2; ++i) *portion.add_incidents() = MakeIncident(fake_.updates_bytes);
    return fake_.WritePortions(context, portion, *writer);
  }
  grpc::Status ExportOutageDays(grpc::ServerContext* context,
                                const v1::ExportOutageDaysRequest* request,
                                grpc::ServerWriter<v1::ExportOutageDaysResponse>* writer) override {
    {
      absl::MutexLock lock(&fake_.mutex_);
      fake_.last_days_ = *request;
    }
    v1::ExportOutageDaysResponse portion;
    v1::OutageDay* day = portion.add_outage_days();
    day->set_service("openai/api");
    day->set_provider("openai");
    day->set_date("2024-01-31");
    day->set_partial_seconds(60);
    day->set_major_seconds(120);
    day->set_page("openai");
    return fake_.WritePortions(context, portion, *writer);
  }

 private:
  FakeAnalytics& fake_;
};

class FakeAnalytics::Analytics final : public v1::AnalyticsService::Service {
 public:
  explicit Analytics(FakeAnalytics& fake) : fake_(fake) {}

  grpc::Status ListAnalyses(grpc::ServerContext* context, const v1::ListAnalysesRequest*,
                            v1::ListAnalysesResponse* response) override {
    v1::AnalysisDescriptor* analysis = response->add_analyses();
    analysis->set_id("ttr-distribution");
    analysis->set_shape(v1::ANALYSIS_SHAPE_DISTRIBUTION);
    v1::AnalysisParameter* tz = analysis->add_parameters();
    tz->set_name("tz");
    tz->set_type(v1::PARAMETER_TYPE_TIME_ZONE);
    tz->set_default_value("UTC");
    analysis->add_parameters()->set_name("from");
    return fake_.Begin(context);
  }
  grpc::Status RunAnalysis(grpc::ServerContext* context, const v1::RunAnalysisRequest* request,
                           v1::RunAnalysisResponse* response) override {
    if (request->id() != "ttr-distribution") {
      return {grpc::StatusCode::NOT_FOUND, fmt::format("unknown analysis: {}", request->id())};
    }
    v1::Analysis* analysis = response->mutable_analysis();
    analysis->set_id(request->id());
    (*analysis->mutable_excluded())["no_service"] = 2;
    v1::DistributionGroup* group = analysis->mutable_distribution()->add_groups();
    group->set_group("openai/api");
    group->mutable_ecdf()->add_x(std::numeric_limits<double>::quiet_NaN());
    response->set_notice(fake_.notice);
    {
      absl::MutexLock lock(&fake_.mutex_);
      fake_.last_run_ = *request;
    }
    return fake_.Begin(context);
  }
  grpc::Status RunAnalyses(grpc::ServerContext* context, const v1::RunAnalysesRequest* request,
                           v1::RunAnalysesResponse* response) override {
    for (const std::string& id : request->ids()) response->add_analyses()->set_id(id);
    response->set_notice(fake_.notice);
    {
      absl::MutexLock lock(&fake_.mutex_);
      fake_.last_run_many_ = *request;
    }
    return fake_.Begin(context);
  }
  grpc::Status ListCellIncidents(grpc::ServerContext* context,
                                 const v1::ListCellIncidentsRequest* request,
                                 v1::ListCellIncidentsResponse* response) override {
    *response->add_incidents() = MakeIncident(fake_.updates_bytes);
    response->set_total(2);
    response->set_data_version(4711);
    response->set_notice(fake_.notice);
    if (request->cursor().empty()) response->set_next_cursor("next");
    {
      absl::MutexLock lock(&fake_.mutex_);
      fake_.last_cell_ = *request;
    }
    return fake_.Begin(context);
  }

 private:
  FakeAnalytics& fake_;
};

FakeAnalytics::FakeAnalytics()
    : incidents_(std::make_unique<Incidents>(*this)),
      analytics_(std::make_unique<Analytics>(*this)),
      server_(runtime::OrThrow(
          rpc::Server::Start("127.0.0.1:0", {incidents_.get(), analytics_.get()}))) {}

FakeAnalytics::~FakeAnalytics() {
  Hang(false);
  StopServing();
}

std::string FakeAnalytics::address() const {
  return fmt::format("127.0.0.1:{}", server_->port());
}

void FakeAnalytics::StopServing() {
  server_->Stop(absl::Now());
}

void FakeAnalytics::Fail(grpc::Status status) {
  absl::MutexLock lock(&mutex_);
  status_ = std::move(status);
}

void FakeAnalytics::ExportPortions(int portions) {
  absl::MutexLock lock(&mutex_);
  portions_ = portions;
}

void FakeAnalytics::Flap(v1::FlapGroup group) {
  absl::MutexLock lock(&mutex_);
  flap_group_ = std::move(group);
}

void FakeAnalytics::Hang(bool hang) {
  absl::MutexLock lock(&mutex_);
  hang_ = hang;
}

int FakeAnalytics::cancelled() const {
  absl::MutexLock lock(&mutex_);
  return cancelled_;
}

int FakeAnalytics::waiting() const {
  absl::MutexLock lock(&mutex_);
  return waiting_;
}

v1::ListIncidentsRequest FakeAnalytics::last_list() const {
  absl::MutexLock lock(&mutex_);
  return last_list_;
}

v1::RunAnalysisRequest FakeAnalytics::last_run() const {
  absl::MutexLock lock(&mutex_);
  return last_run_;
}

v1::RunAnalysesRequest FakeAnalytics::last_run_many() const {
  absl::MutexLock lock(&mutex_);
  return last_run_many_;
}

v1::ListCellIncidentsRequest FakeAnalytics::last_cell() const {
  absl::MutexLock lock(&mutex_);
  return last_cell_;
}

v1::ListServiceStatesRequest FakeAnalytics::last_states() const {
  absl::MutexLock lock(&mutex_);
  return last_states_;
}

v1::ListServiceStatusChangesRequest FakeAnalytics::last_changes() const {
  absl::MutexLock lock(&mutex_);
  return last_changes_;
}

v1::ExportIncidentsRequest FakeAnalytics::last_export() const {
  absl::MutexLock lock(&mutex_);
  return last_export_;
}

v1::ExportOutageDaysRequest FakeAnalytics::last_days() const {
  absl::MutexLock lock(&mutex_);
  return last_days_;
}

std::string FakeAnalytics::last_traceparent() const {
  absl::MutexLock lock(&mutex_);
  return last_traceparent_;
}

grpc::Status FakeAnalytics::Begin(grpc::ServerContext* context) {
  absl::MutexLock lock(&mutex_);
  const auto trace = context->client_metadata().find("traceparent");
  if (trace != context->client_metadata().end()) {
    last_traceparent_.assign(trace->second.data(), trace->second.size());
  }
  ++waiting_;
  const auto free = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !hang_; };
  // A cancelled call tells nobody: it is looked at every few milliseconds.
  while (!mutex_.AwaitWithTimeout(absl::Condition(&free), absl::Milliseconds(5))) {
    if (!context->IsCancelled()) continue;
    ++cancelled_;
    break;
  }
  --waiting_;
  return status_;
}

}  // namespace fails::gateway
