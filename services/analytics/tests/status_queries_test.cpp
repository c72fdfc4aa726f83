// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/status_queries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "common/testing/await.h"
#include "common/testing/fake_clock.h"
#include "common/wire/time_proto.h"
#include "services/analytics/tests/support/rows.h"
#include "services/analytics/tests/support/rows_in_memory.h"

namespace fails::analytics {
namespace {

using testing::At;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Ongoing;
using testing::Resolved;

constexpr char kCatalog[] = R"(
version: 1
notice: "Demo data."
providers:
  - id: openai
    name: OpenAI
    color: "#10a37f"
    services: [{id: api, name: API}, {id: chatgpt, name: ChatGPT}]
    pages:
      - {id: openai, platform: statuspage, url: "https://status.openai.com", interval_seconds: 60}
      - {id: openai-old, platform: statuspage, url: "https://old.openai.com", interval_seconds: 60, status: dormant}
  - id: anthropic
    name: Anthropic
    color: "#d97757"
    services: [{id: claude, name: Claude}]
    pages:
      - {id: anthropic, platform: statuspage, url: "https://status.anthropic.com", interval_seconds: 300}
)";

class FakeStates final : public StatusReader {
 public:
  absl::StatusOr<std::vector<v1::ServiceState>> States() override {
    if (!status.ok()) return status;
    return states;
  }
  absl::StatusOr<std::vector<v1::ServiceStatusChange>> Changes(const StatusChangeFilter& filter,
                                                               int limit) override {
    asked = filter;
    asked_limit = limit;
    return std::vector<v1::ServiceStatusChange>(2);
  }
  absl::Status status;
  std::vector<v1::ServiceState> states;
  StatusChangeFilter asked;
  int asked_limit = 0;
};

class FakeHealth final : public PageHealthSource {
 public:
  std::optional<v1::PageHealth> Get(const std::string& page) const override {
    const auto it = pages.find(page);
    if (it == pages.end()) return std::nullopt;
    return it->second;
  }
  std::map<std::string, v1::PageHealth> pages;
};

class StatusQueriesTest : public ::testing::Test {
 protected:
  void Load(std::vector<IncidentRow> rows) {
    source_ = std::make_unique<testing::RowsInMemory>(std::move(rows));
    keeper_ = std::make_unique<SnapshotKeeper>(*source_, testing::StudyNames(),
                                               SnapshotKeeper::Options{.idle = absl::Hours(1)});
    keeper_->Start();
    ASSERT_TRUE(fails::testing::Await([&] { return keeper_->Current() != nullptr; }));
  }
  StatusQueries Queries() { return {reader_, catalog_, health_, *keeper_, clock_}; }
  v1::ListServiceStatesResponse List(const std::string& provider = "") {
    v1::ListServiceStatesRequest request;
    request.set_provider(provider);
    auto response = Queries().ListStates(request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : v1::ListServiceStatesResponse();
  }
  void Say(const std::string& service, v1::ServiceStatus status, const std::string& page) {
    v1::ServiceState& state = reader_.states.emplace_back();
    state.set_service(service);
    state.set_status(status);
    *state.mutable_since() = wire::ToProto(At("2024-08-01T00:00:00Z"));
    state.set_page(page);
    *state.mutable_reported_at() = wire::ToProto(At("2024-08-20T00:00:00Z"));
  }
  void ReadAt(const std::string& page, const std::string& time) {
    *health_.pages[page].mutable_last_success_at() = wire::ToProto(At(time));
  }

  catalog::Catalog catalog_ = *catalog::Catalog::Parse(kCatalog);
  FakeStates reader_;
  FakeHealth health_;
  fails::testing::FakeClock clock_{At("2024-09-01T12:00:00Z")};
  std::unique_ptr<testing::RowsInMemory> source_;
  std::unique_ptr<SnapshotKeeper> keeper_;
};

TEST_F(StatusQueriesTest, EveryServiceOfTheCatalogInItsOrder) {
  Load({});
  Say("anthropic/claude", v1::SERVICE_STATUS_DEGRADED, "anthropic");
  Say("openai/forgotten", v1::SERVICE_STATUS_OPERATIONAL, "openai");
  ReadAt("anthropic", "2024-09-01T11:59:00Z");
  const auto response = List();
  ASSERT_EQ(response.states_size(), 3);
  EXPECT_EQ(response.notice(), "Demo data.");
  EXPECT_EQ(response.states(0).service(), "openai/api");
  EXPECT_EQ(response.states(0).provider(), "openai");
  EXPECT_EQ(response.states(0).status(), v1::SERVICE_STATUS_UNSPECIFIED);
  EXPECT_EQ(response.states(0).page(), "");
  EXPECT_FALSE(response.states(0).has_since());
  EXPECT_EQ(response.states(1).service(), "openai/chatgpt");
  EXPECT_EQ(response.states(2).service(), "anthropic/claude");
  EXPECT_EQ(response.states(2).status(), v1::SERVICE_STATUS_DEGRADED);
  EXPECT_EQ(wire::FromProto(response.states(2).since()), At("2024-08-01T00:00:00Z"));
  EXPECT_EQ(wire::FromProto(response.states(2).reported_at()), At("2024-08-20T00:00:00Z"));
  EXPECT_EQ(List("anthropic").states_size(), 1);
}

TEST_F(StatusQueriesTest, WhatNobodyVouchesForIsUnknown) {
  Load({});
  Say("openai/api", v1::SERVICE_STATUS_OPERATIONAL, "openai");
  const auto api = [&] { return List().states(0); };
  EXPECT_EQ(api().status(), v1::SERVICE_STATUS_UNSPECIFIED) << "never heard of its page";
  EXPECT_EQ(api().page(), "openai");
  EXPECT_EQ(wire::FromProto(api().since()), At("2024-08-20T00:00:00Z"));
  ReadAt("openai", "2024-09-01T11:50:00Z");
  EXPECT_EQ(api().status(), v1::SERVICE_STATUS_OPERATIONAL) << "ten minutes";
  ReadAt("openai", "2024-09-01T11:49:59Z");
  EXPECT_EQ(api().status(), v1::SERVICE_STATUS_UNSPECIFIED);
  EXPECT_EQ(wire::FromProto(api().since()), At("2024-09-01T11:49:59Z")) << "when it was last read";
  // A failure of which the scraper tells all the time is no better.
  health_.pages["openai"].set_state(v1::PAGE_HEALTH_STATE_UNREACHABLE);
  *health_.pages["openai"].mutable_last_attempt_at() = wire::ToProto(clock_.Now());
  EXPECT_EQ(api().status(), v1::SERVICE_STATUS_UNSPECIFIED);
}

TEST_F(StatusQueriesTest, PatienceGrowsWithTheIntervalAndADormantPageSaysNothing) {
  Load({});
  Say("anthropic/claude", v1::SERVICE_STATUS_OPERATIONAL, "anthropic");
  Say("openai/api", v1::SERVICE_STATUS_OPERATIONAL, "openai-old");
  ReadAt("anthropic", "2024-09-01T11:10:00Z");
  ReadAt("openai-old", "2024-09-01T11:59:59Z");
  EXPECT_EQ(List().states(2).status(), v1::SERVICE_STATUS_OPERATIONAL) << "ten times five minutes";
  EXPECT_EQ(List().states(0).status(), v1::SERVICE_STATUS_UNSPECIFIED);
}

TEST_F(StatusQueriesTest, NamesOngoingIncidentsNewestFirst) {
  Load({Ongoing("openai/old", {"openai/api"}, "2024-03-01T00:00:00Z"),
        Resolved("openai/over", {"openai/api"}, "2024-08-01T00:00:00Z", 5),
        Ongoing("openai/b", {"openai/api", "openai/chatgpt"}, "2024-08-01T00:00:00Z"),
        Ongoing("openai/a", {"openai/api"}, "2024-08-01T00:00:00Z")});
  const auto response = List();
  EXPECT_THAT(response.states(0).ongoing_incidents(),
              ElementsAre("openai/a", "openai/b", "openai/old"));
  EXPECT_THAT(response.states(1).ongoing_incidents(), ElementsAre("openai/b"));
  EXPECT_THAT(response.states(2).ongoing_incidents(), IsEmpty());
}

TEST_F(StatusQueriesTest, RefusesAndFailsInWords) {
  Load({});
  v1::ListServiceStatesRequest unknown;
  unknown.set_provider("nobody");
  EXPECT_EQ(Queries().ListStates(unknown).status().code(), absl::StatusCode::kInvalidArgument);
  reader_.status = absl::UnavailableError("no database");
  EXPECT_TRUE(absl::IsUnavailable(Queries().ListStates({}).status()));
  v1::ListServiceStatusChangesRequest bad;
  bad.add_services("openai/none");
  bad.set_limit(1001);
  bad.mutable_from()->set_seconds(100);
  bad.mutable_to()->set_seconds(100);
  const std::string message(Queries().ListChanges(bad).status().message());
  EXPECT_THAT(message, HasSubstr("services: 'openai/none'"));
  EXPECT_THAT(message, HasSubstr("limit: '1001'"));
  EXPECT_THAT(message, HasSubstr("from: '1970-01-01T00:01:40Z'"));
}

TEST_F(StatusQueriesTest, AsksForChangesAsTheClientDoes) {
  Load({});
  v1::ListServiceStatusChangesRequest request;
  request.add_services("openai/api");
  request.mutable_to()->set_seconds(100);
  const auto response = Queries().ListChanges(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->changes_size(), 2);
  EXPECT_EQ(response->notice(), "Demo data.");
  EXPECT_THAT(reader_.asked.services, ElementsAre("openai/api"));
  EXPECT_FALSE(reader_.asked.from);
  EXPECT_EQ(reader_.asked.to, absl::FromUnixSeconds(100));
  EXPECT_EQ(reader_.asked_limit, 200);
}

}  // namespace
}  // namespace fails::analytics
