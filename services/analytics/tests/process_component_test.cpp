// SPDX-License-Identifier: Apache-2.0
// The whole process but main(), on a real database and a real bus, asked over gRPC.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "common/bus/key_value.h"
#include "common/bus/publisher.h"
#include "common/rpc/client.h"
#include "common/runtime/runtime.h"
#include "common/testing/await.h"
#include "common/testing/private_nats.h"
#include "common/testing/private_postgres.h"
#include "common/testing/temp_dir.h"
#include "common/wire/time_proto.h"
#include "fails/v1/analytics_service.grpc.pb.h"
#include "fails/v1/incident_service.grpc.pb.h"
#include "services/analytics/config.h"
#include "services/analytics/tests/support/incident_writer.h"
#include "services/analytics/tests/support/rows.h"
#include "services/analytics/wiring.h"

namespace fails::analytics {
namespace {

using fails::testing::Await;
using fails::testing::PrivateNats;
using fails::testing::PrivatePostgres;
using testing::ContentOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IncidentWriter;
using testing::MakeIncident;

constexpr char kCatalog[] = R"(
version: 1
notice: "Demo data."
providers:
  - id: openai
    name: OpenAI
    color: "#10a37f"
    services: [{id: api, name: API}, {id: chatgpt, name: ChatGPT}]
    pages: [{id: openai, platform: statuspage, url: "https://status.openai.com"}]
)";

class ProcessTest : public ::testing::Test {
 protected:
  ~ProcessTest() override {
    if (!running_.joinable()) return;
    runtime_->RequestStop();
    running_.join();
  }

  void StartProcess() {
    const std::string catalog = folder_.path() / "catalog.yaml";
    std::ofstream(catalog) << kCatalog;
    Config config;
    config.log_level = "warn";
    config.grpc_address = "127.0.0.1:0";
    config.nats.url = nats_.url();
    config.nats_topology = std::string(FAILS_SOURCE_DIR) + "/deploy/nats/topology.yaml";
    config.catalog = catalog;
    config.database_url = database_.reader_url();
    runtime_ = std::make_unique<runtime::Runtime>(
        runtime::Runtime::Options{.process = "analytics", .admin_address = "127.0.0.1:0"});
    wiring_ = std::make_unique<Wiring>(config, *runtime_);
    running_ = std::thread([this] { exit_status_ = runtime_->RunUntilSignal(); });
    const auto channel = rpc::MakeChannel("127.0.0.1:" + std::to_string(wiring_->grpc_port()));
    incidents_ = v1::IncidentService::NewStub(channel);
    analytics_ = v1::AnalyticsService::NewStub(channel);
  }

  std::string Readyz() const {
    const auto answer = httplib::Client("http://" + runtime_->admin_address()).Get("/readyz");
    return answer ? answer->body : "";
  }
  bool AwaitReady() {
    return Await([&] { return Readyz() == R"({"ready":true,"waiting_for":[]})"; });
  }

  template <class Stub, class Request, class Response>
  grpc::Status Call(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response) {
    grpc::ClientContext context;
    rpc::Prepare(context, absl::Seconds(30));
    return (stub.*method)(&context, request, &response);
  }

  grpc::Status RunTtr(v1::Analysis& analysis, const v1::AnalysisQuery& query = {}) {
    v1::RunAnalysisRequest request;
    request.set_id("ttr-distribution");
    *request.mutable_query() = query;
    v1::RunAnalysisResponse response;
    const auto status =
        Call(*analytics_, &v1::AnalyticsService::Stub::RunAnalysis, request, response);
    analysis = response.analysis();
    return status;
  }
  bool AwaitVersion(std::int64_t version) {
    return Await([&] {
      v1::Analysis analysis;
      return RunTtr(analysis).ok() && analysis.data_version() == version;
    });
  }

  PrivatePostgres::Database database_ = PrivatePostgres::Get().NewDatabase();
  const fails::testing::TempDir folder_{"analytics"};
  PrivateNats nats_;
  IncidentWriter writer_{database_.normalizer_url()};
  std::unique_ptr<runtime::Runtime> runtime_;
  std::unique_ptr<Wiring> wiring_;
  std::thread running_;
  int exit_status_ = -1;
  std::unique_ptr<v1::IncidentService::Stub> incidents_;
  std::unique_ptr<v1::AnalyticsService::Stub> analytics_;
};

Incident Minutes(const std::string& id, int minutes) {
  return MakeIncident("openai", id,
                      ContentOf("openai", {"openai/api"}, "2024-03-01T00:00:00Z", minutes));
}

TEST_F(ProcessTest, AnswersAnalysesAndFollowsTheData) {
  writer_.Write({Minutes("a", 30), Minutes("b", 60)});
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  v1::Analysis analysis;
  ASSERT_TRUE(RunTtr(analysis).ok());
  EXPECT_EQ(analysis.n(), 2);
  EXPECT_EQ(analysis.data_version(), 1);
  EXPECT_EQ(analysis.distribution().groups(0).mean(), 2700);

  writer_.Write({Minutes("c", 90)});
  // The announcement is what wakes it; what it says does not matter.
  const auto connection =
      bus::Connection::Open({.url = nats_.url(), .client_name = "test"}).value();
  bus::Publisher publisher(*connection);
  EXPECT_TRUE(
      publisher
          .Publish(
              {.subject = "fails.events.v1.incident.openai.opened", .payload = "{}", .id = "1"},
              absl::Now() + absl::Seconds(30))
          .ok());
  ASSERT_TRUE(AwaitVersion(2));
  ASSERT_TRUE(RunTtr(analysis).ok());
  EXPECT_EQ(analysis.n(), 3);
  EXPECT_EQ(analysis.distribution().groups(0).mean(), 3600);

  // The timer is the net under lost events.
  writer_.Write({Minutes("a", 120)});
  EXPECT_TRUE(AwaitVersion(3));
}

TEST_F(ProcessTest, ListsWhatItCanDo) {
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  v1::ListAnalysesResponse list;
  ASSERT_TRUE(Call(*analytics_, &v1::AnalyticsService::Stub::ListAnalyses, {}, list).ok());
  ASSERT_GE(list.analyses_size(), 1);
  v1::RunAnalysesRequest request;
  request.mutable_query()->set_now("2024-09-01T00:00:00Z");
  for (const auto& descriptor : list.analyses()) request.add_ids(descriptor.id());
  request.add_ids("ttr-distribution");
  v1::RunAnalysesResponse response;
  ASSERT_TRUE(Call(*analytics_, &v1::AnalyticsService::Stub::RunAnalyses, request, response).ok());
  ASSERT_EQ(response.analyses_size(), request.ids_size());
  for (int i = 0; i < request.ids_size(); ++i) EXPECT_EQ(response.analyses(i).id(), request.ids(i));
  EXPECT_EQ(response.notice(), "Demo data.");
  request.clear_ids();
  ASSERT_TRUE(Call(*analytics_, &v1::AnalyticsService::Stub::RunAnalyses, request, response).ok());
  EXPECT_EQ(response.analyses_size(), list.analyses_size());
}

TEST_F(ProcessTest, RefusesAnswersThatNoMessageHolds) {
  writer_.Write({Minutes("a", 30)});
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  v1::RunAnalysesRequest request;
  request.mutable_query()->set_from("0500-01-01T00:00:00Z");
  request.mutable_query()->set_now("2024-09-01T00:00:00Z");
  for (int i = 0; i < 10; ++i) request.add_ids("daily-availability");
  v1::RunAnalysesResponse response;
  const auto status =
      Call(*analytics_, &v1::AnalyticsService::Stub::RunAnalyses, request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("ask for fewer at once"));
}

TEST_F(ProcessTest, RefusesInWords) {
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  v1::RunAnalysisRequest unknown;
  unknown.set_id("none");
  v1::RunAnalysisResponse response;
  auto status = Call(*analytics_, &v1::AnalyticsService::Stub::RunAnalysis, unknown, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(status.error_message(), HasSubstr("unknown analysis: none"));
  v1::AnalysisQuery query;
  query.set_tz("Mars/Olympus");
  v1::Analysis analysis;
  status = RunTtr(analysis, query);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("tz: 'Mars/Olympus'"));
  query.Clear();
  query.set_basis("outages");
  status = RunTtr(analysis, query);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("basis: 'outages'"));
  v1::GetIncidentRequest get;
  get.set_id("openai/none");
  v1::GetIncidentResponse incident;
  status = Call(*incidents_, &v1::IncidentService::Stub::GetIncident, get, incident);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(status.error_message(), HasSubstr("openai/none"));
}

TEST_F(ProcessTest, ShowsIncidentsAndTheCatalog) {
  writer_.Write({Minutes("a", 30)});
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  v1::ListIncidentsResponse list;
  ASSERT_TRUE(Call(*incidents_, &v1::IncidentService::Stub::ListIncidents, {}, list).ok());
  ASSERT_EQ(list.incidents_size(), 1);
  EXPECT_EQ(list.incidents(0).id(), "openai/a");
  EXPECT_EQ(list.incidents(0).updates_size(), 0);
  EXPECT_EQ(list.notice(), "Demo data.");
  v1::GetIncidentRequest get;
  get.set_id("openai/a");
  v1::GetIncidentResponse one;
  ASSERT_TRUE(Call(*incidents_, &v1::IncidentService::Stub::GetIncident, get, one).ok());
  EXPECT_EQ(one.incident().updates_size(), 2);
  v1::ListProvidersResponse providers;
  ASSERT_TRUE(Call(*incidents_, &v1::IncidentService::Stub::ListProviders, {}, providers).ok());
  EXPECT_EQ(providers.providers_size(), 1);
  v1::ListServicesResponse services;
  ASSERT_TRUE(Call(*incidents_, &v1::IncidentService::Stub::ListServices, {}, services).ok());
  EXPECT_EQ(services.services_size(), 2);
}

TEST_F(ProcessTest, ShowsThePagesHealthAsTheScraperWritesIt) {
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  const auto state = [&] {
    v1::ListPagesResponse pages;
    EXPECT_TRUE(Call(*incidents_, &v1::IncidentService::Stub::ListPages, {}, pages).ok());
    return pages.pages(0).health();
  };
  EXPECT_EQ(state().state(), v1::PAGE_HEALTH_STATE_UNSPECIFIED);
  const auto connection =
      bus::Connection::Open({.url = nats_.url(), .client_name = "test"}).value();
  bus::KeyValue bucket(*connection, "page_health");
  v1::PageHealth health;
  health.set_page("openai");
  health.set_state(v1::PAGE_HEALTH_STATE_RATE_LIMITED);
  health.set_last_error("429");
  *health.mutable_last_attempt_at() = wire::ToProto(absl::Now());
  EXPECT_TRUE(Await([&] { return bucket.Put("openai", health.SerializeAsString()).ok(); }));
  EXPECT_TRUE(Await([&] { return state().state() == v1::PAGE_HEALTH_STATE_RATE_LIMITED; }));
  EXPECT_EQ(state().last_error(), "429");
  EXPECT_TRUE(bucket.Put("openai", "not a message \xff\xff").ok());
  EXPECT_TRUE(Await([&] { return state().state() == v1::PAGE_HEALTH_STATE_UNSPECIFIED; }));
}

TEST_F(ProcessTest, ListsTheIncidentsBehindANumber) {
  writer_.Write({Minutes("a", 30), Minutes("b", 60), Minutes("c", 20)});
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  v1::ListCellIncidentsRequest request;
  request.set_id("ttr-distribution");
  request.set_cell("group:openai/api;le:1800");
  request.set_limit(1);
  v1::ListCellIncidentsResponse response;
  ASSERT_TRUE(
      Call(*analytics_, &v1::AnalyticsService::Stub::ListCellIncidents, request, response).ok());
  ASSERT_EQ(response.incidents_size(), 1);
  EXPECT_EQ(response.incidents(0).id(), "openai/a");
  EXPECT_EQ(response.incidents(0).title(), "Elevated errors") << "as the database has it";
  EXPECT_EQ(response.incidents(0).updates_size(), 0);
  EXPECT_EQ(response.total(), 2);
  EXPECT_EQ(response.data_version(), 1);
  EXPECT_EQ(response.notice(), "Demo data.");
  // An incident that is added meanwhile, older than the page's end, is on the next one.
  writer_.Write({MakeIncident("openai", "older",
                              ContentOf("openai", {"openai/api"}, "2024-02-01T00:00:00Z", 10))});
  ASSERT_TRUE(AwaitVersion(2));
  request.set_cursor(response.next_cursor());
  request.set_limit(10);
  ASSERT_TRUE(
      Call(*analytics_, &v1::AnalyticsService::Stub::ListCellIncidents, request, response).ok());
  ASSERT_EQ(response.incidents_size(), 2);
  EXPECT_EQ(response.incidents(0).id(), "openai/c");
  EXPECT_EQ(response.incidents(1).id(), "openai/older");
  EXPECT_EQ(response.total(), 3);
  request.set_cell("group:openai/none");
  EXPECT_EQ(Call(*analytics_, &v1::AnalyticsService::Stub::ListCellIncidents, request, response)
                .error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(ProcessTest, StreamsExports) {
  writer_.Write({Minutes("a", 30), Minutes("b", 60)});
  writer_.WriteDays({{"openai/api", "2024-03-01", 60, 0}});
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  grpc::ClientContext context;
  rpc::Prepare(context, absl::Seconds(30));
  const auto reader = incidents_->ExportIncidents(&context, {});
  std::vector<std::string> ids;
  for (v1::ExportIncidentsResponse portion; reader->Read(&portion);) {
    for (const auto& incident : portion.incidents()) ids.push_back(incident.id());
  }
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_THAT(ids, ElementsAre("openai/a", "openai/b"));

  grpc::ClientContext days_context;
  rpc::Prepare(days_context, absl::Seconds(30));
  const auto days = incidents_->ExportOutageDays(&days_context, {});
  v1::ExportOutageDaysResponse portion;
  ASSERT_TRUE(days->Read(&portion));
  EXPECT_EQ(portion.outage_days(0).date(), "2024-03-01");
  EXPECT_FALSE(days->Read(&portion));
  EXPECT_TRUE(days->Finish().ok());

  grpc::ClientContext bad_context;
  rpc::Prepare(bad_context, absl::Seconds(30));
  v1::ExportIncidentsRequest bad;
  bad.mutable_filter()->add_services("openai/none");
  const auto refused = incidents_->ExportIncidents(&bad_context, bad);
  v1::ExportIncidentsResponse none;
  EXPECT_FALSE(refused->Read(&none));
  EXPECT_EQ(refused->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(ProcessTest, SaysHowServicesDoAsLongAsTheirPageIsRead) {
  IncidentContent going_on = ContentOf("openai", {"openai/api"}, "2024-03-01T00:00:00Z", 5);
  going_on.status = IncidentStatus::kIdentified;
  for (Update& update : going_on.updates) update.status = IncidentStatus::kIdentified;
  writer_.Write({MakeIncident("openai", "now", going_on)});
  writer_.Execute(
      "INSERT INTO incidents.service_status (service, provider, status, previous, since, page, "
      "reported_at, source_at, revision, version) VALUES ('openai/api', 'openai', 'degraded', "
      "'operational', now(), 'openai', now(), now(), 2, 1);"
      " INSERT INTO incidents.service_status_change (service, revision, status, previous, at, page)"
      " VALUES ('openai/api', 2, 'degraded', 'operational', now(), 'openai')");
  StartProcess();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  const auto states = [&] {
    v1::ListServiceStatesResponse response;
    EXPECT_TRUE(
        Call(*incidents_, &v1::IncidentService::Stub::ListServiceStates, {}, response).ok());
    return response;
  };
  ASSERT_EQ(states().states_size(), 2);
  EXPECT_EQ(states().states(0).status(), v1::SERVICE_STATUS_UNSPECIFIED) << "its page is not read";
  EXPECT_THAT(states().states(0).ongoing_incidents(), ElementsAre("openai/now"));
  const auto connection =
      bus::Connection::Open({.url = nats_.url(), .client_name = "test"}).value();
  bus::KeyValue bucket(*connection, "page_health");
  v1::PageHealth health;
  health.set_page("openai");
  health.set_state(v1::PAGE_HEALTH_STATE_OK);
  *health.mutable_last_success_at() = wire::ToProto(absl::Now());
  EXPECT_TRUE(Await([&] { return bucket.Put("openai", health.SerializeAsString()).ok(); }));
  EXPECT_TRUE(Await([&] { return states().states(0).status() == v1::SERVICE_STATUS_DEGRADED; }));
  EXPECT_EQ(states().states(1).status(), v1::SERVICE_STATUS_UNSPECIFIED);
  v1::ListServiceStatusChangesResponse changes;
  ASSERT_TRUE(
      Call(*incidents_, &v1::IncidentService::Stub::ListServiceStatusChanges, {}, changes).ok());
  ASSERT_EQ(changes.changes_size(), 1);
  EXPECT_EQ(changes.changes(0).previous(), v1::SERVICE_STATUS_OPERATIONAL);
}

TEST_F(ProcessTest, WaitsForItsServersAndSaysSo) {
  writer_.Write({Minutes("a", 30)});
  PrivatePostgres::Get().Kill();
  nats_.Kill();
  StartProcess();
  EXPECT_TRUE(Await([&] {
    const std::string waiting = Readyz();
    return waiting.find("postgresql") != std::string::npos &&
           waiting.find("snapshot") != std::string::npos &&
           waiting.find("nats") != std::string::npos;
  })) << Readyz();
  v1::Analysis analysis;
  EXPECT_EQ(RunTtr(analysis).error_code(), grpc::StatusCode::UNAVAILABLE);
  v1::ListIncidentsResponse list;
  EXPECT_EQ(Call(*incidents_, &v1::IncidentService::Stub::ListIncidents, {}, list).error_code(),
            grpc::StatusCode::UNAVAILABLE);
  PrivatePostgres::Get().Start();
  nats_.Start();
  ASSERT_TRUE(AwaitReady()) << Readyz();
  EXPECT_TRUE(RunTtr(analysis).ok());
  EXPECT_EQ(analysis.n(), 1);
  runtime_->RequestStop();
  running_.join();
  EXPECT_EQ(exit_status_, 0);
}

}  // namespace
}  // namespace fails::analytics
