// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>

#include "absl/strings/ascii.h"
#include "common/base/time.h"
#include "common/wire/cloud_event.h"
#include "common/wire/document.h"
#include "common/wire/incident_proto.h"
#include "common/wire/json.h"
#include "common/wire/service_status_proto.h"
#include "common/wire/time_proto.h"
#include "fails/v1/analytics_service.pb.h"

namespace fails::wire {
namespace {

namespace json = boost::json;

const absl::Time kStart = *ParseTime("2026-03-02T08:10:00Z");

Incident SomeIncident() {
  IncidentContent content;
  content.page = PageId("openai");
  content.title = "Elevated errors";
  content.url = "https://status.openai.com/incidents/abc";
  content.impact = Impact::kMajor;
  content.status = IncidentStatus::kResolved;
  content.services = {ServiceId("openai/api")};
  content.updates = {{"u1", IncidentStatus::kInvestigating, kStart, "looking"},
                     {"u2", IncidentStatus::kResolved, kStart + absl::Minutes(30), "over"}};
  return *Incident::Make(ProviderId("openai"), "abc", content, 3, kStart, kStart + absl::Hours(1),
                         kStart);
}

TEST(WireTest, EnumsStandInTheSameOrderOnBothSides) {
  for (int i = v1::Impact_MIN; i <= v1::Impact_MAX; ++i) {
    const auto proto = static_cast<v1::Impact>(i);
    EXPECT_EQ(ToProto(FromProto(proto)), proto);
    const std::string word = i == 0 ? "UNSPECIFIED" : std::string(ToString(FromProto(proto)));
    EXPECT_EQ(absl::AsciiStrToUpper("IMPACT_" + word), v1::Impact_Name(proto));
  }
  for (int i = v1::IncidentStatus_MIN; i <= v1::IncidentStatus_MAX; ++i) {
    const auto proto = static_cast<v1::IncidentStatus>(i);
    EXPECT_EQ(ToProto(FromProto(proto)), proto);
    const std::string word = i == 0 ? "UNSPECIFIED" : std::string(ToString(FromProto(proto)));
    EXPECT_EQ(absl::AsciiStrToUpper("INCIDENT_STATUS_" + word), v1::IncidentStatus_Name(proto));
  }
  EXPECT_EQ(FromProto(static_cast<v1::Impact>(99)), Impact::kUnknown);
}

TEST(WireTest, ServiceStatesStandInTheSameOrderOnBothSides) {
  for (int i = v1::ServiceStatus_MIN; i <= v1::ServiceStatus_MAX; ++i) {
    const auto proto = static_cast<v1::ServiceStatus>(i);
    EXPECT_EQ(ToProto(FromProto(proto)), proto);
    const std::string word = i == 0 ? "UNSPECIFIED" : std::string(ToString(FromProto(proto)));
    EXPECT_EQ(absl::AsciiStrToUpper("SERVICE_STATUS_" + word), v1::ServiceStatus_Name(proto));
  }
  EXPECT_EQ(FromProto(static_cast<v1::ServiceStatus>(99)), ServiceStatus::kUnknown);
}

TEST(WireTest, AServiceEventIsACloudEventAsPromised) {
  v1::ServiceStatusEvent event;
  *event.mutable_time() = ToProto(kStart);
  event.mutable_state()->set_service("openai/api");
  event.mutable_state()->set_provider("openai");
  event.mutable_state()->set_status(v1::SERVICE_STATUS_MAJOR_OUTAGE);
  *event.mutable_state()->mutable_since() = ToProto(kStart);
  event.mutable_state()->set_page("openai");
  *event.mutable_state()->mutable_reported_at() = ToProto(kStart);
  event.mutable_state()->add_ongoing_incidents("openai/abc");
  event.set_previous(v1::SERVICE_STATUS_OPERATIONAL);
  event.set_revision(2);
  EXPECT_EQ(EventSubject(event), "fails.events.v1.service.openai.status_changed");
  const json::value expected = json::parse(R"({
    "specversion": "1.0", "id": "openai/api:2", "source": "/fails/normalizer",
    "type": "fails.service.status_changed", "subject": "openai/api", "time": "2026-03-02T08:10:00Z",
    "datacontenttype": "application/json",
    "data": {"service": "openai/api", "provider": "openai", "status": "major_outage",
             "since": "2026-03-02T08:10:00Z", "page": "openai", "reported_at": "2026-03-02T08:10:00Z",
             "ongoing_incidents": ["openai/abc"], "previous": "operational", "revision": 2}})");
  EXPECT_EQ(json::parse(ToCloudEvent(event)), expected) << ToCloudEvent(event);
}

TEST(WireTest, IntervalsBelongToTheDetailView) {
  IncidentContent content;
  content.impact_intervals = {
      {ServiceId("openai/api"), kStart, std::nullopt, ServiceStatus::kDegraded}};
  const Incident incident =
      *Incident::Make(ProviderId("openai"), "abc", content, 1, kStart, kStart, kStart);
  EXPECT_EQ(ToProto(incident, /*with_updates=*/false).impact_intervals_size(), 0);
  const json::value expected = json::parse(
      R"([{"service": "openai/api", "from": "2026-03-02T08:10:00Z", "level": "degraded"}])");
  EXPECT_EQ(ToJson(ToProto(incident, /*with_updates=*/true)).at("impact_intervals"), expected);
}

TEST(WireTest, AnIncidentReadsAsTheRestApiPromises) {
  const json::object object = ToJson(ToProto(SomeIncident(), /*with_updates=*/true));
  const json::value expected = json::parse(R"({
    "id": "openai/abc", "native_id": "abc", "provider": "openai", "page": "openai", "title": "Elevated errors",
    "url": "https://status.openai.com/incidents/abc", "impact": "major", "status": "resolved",
    "services": ["openai/api"],
    "stages": {"investigating": "2026-03-02T08:10:00Z", "resolved": "2026-03-02T08:40:00Z"},
    "started_at": "2026-03-02T08:10:00Z", "resolved_at": "2026-03-02T08:40:00Z",
    "closed_at": "2026-03-02T08:40:00Z", "duration_seconds": 1800, "ongoing": false, "flags": [], "revision": 3,
    "first_seen_at": "2026-03-02T08:10:00Z", "updated_at": "2026-03-02T09:10:00Z",
    "updates": [{"status": "resolved", "at": "2026-03-02T08:40:00Z", "body": "over"},
                {"status": "investigating", "at": "2026-03-02T08:10:00Z", "body": "looking"}],
    "impact_intervals": []})");
  EXPECT_EQ(json::value(object), expected) << json::serialize(object);
}

TEST(WireTest, JsonKeepsNumbersFiniteAndTextValid) {
  v1::Incident incident;
  incident.set_title("bad \xFF title");
  const json::object object = ToJson(incident);
  EXPECT_EQ(object.at("title").as_string(), "bad \xEF\xBF\xBD title");
  EXPECT_EQ(object.at("impact").as_string(), "unknown");
  EXPECT_FALSE(object.contains("started_at"));
  EXPECT_TRUE(object.at("services").as_array().empty());

  v1::Analysis analysis;
  (*analysis.mutable_excluded())["ongoing"] = 4;
  auto* group = analysis.mutable_distribution()->add_groups();
  group->mutable_ecdf()->add_x(std::nan(""));
  group->mutable_ecdf()->add_x(1.5);
  const json::object run = ToJson(analysis);
  EXPECT_EQ(run.at("excluded").at("ongoing").as_int64(), 4);
  const auto& shown = run.at("result").at("groups").at(0).as_object();
  EXPECT_TRUE(shown.at("ecdf").at("x").at(0).is_null());
  EXPECT_EQ(shown.at("ecdf").at("x").at(1).as_double(), 1.5);
  EXPECT_FALSE(shown.contains("mean"));
}

TEST(WireTest, TimesGoBothWays) {
  for (const char* text :
       {"1969-12-31T23:59:59.25Z", "1970-01-01T00:00:00Z", "2026-03-02T08:10:00.123456789Z"}) {
    EXPECT_EQ(FromProto(ToProto(*ParseTime(text))), *ParseTime(text)) << text;
  }
}

TEST(WireTest, DocumentsKeepTheirBytes) {
  v1::RawDocument document;
  document.set_page("openai");
  document.set_platform("statuspage");
  document.set_url("https://x");
  const std::string body = std::string("\0\xFF{}", 4) + std::string(100'000, 'a');
  SetBody(document, body);
  EXPECT_LT(document.body_zstd().size(), 1000u);
  EXPECT_EQ(*Body(document), body);
  EXPECT_EQ(RawSubject(document), "fails.raw.v1.statuspage.openai");
  EXPECT_EQ(Body(document, 1000).status().code(), absl::StatusCode::kResourceExhausted);

  v1::RawDocument broken = document;
  broken.mutable_body_zstd()->resize(20);
  EXPECT_EQ(Body(broken).status().code(), absl::StatusCode::kDataLoss);
  v1::RawDocument swapped = document;
  swapped.set_body_sha256("no");
  EXPECT_EQ(Body(swapped).status().code(), absl::StatusCode::kDataLoss);
  v1::RawDocument lying = document;
  lying.set_body_size(5);
  EXPECT_EQ(Body(lying).status().code(), absl::StatusCode::kDataLoss);
}

TEST(WireTest, TheSameFetchIsOneMessageAndALaterOneAnother) {
  v1::RawDocument document;
  document.set_page("openai");
  document.set_url("https://x");
  SetBody(document, "body");
  *document.mutable_fetched_at() = ToProto(kStart);
  const std::string id = MessageId(document);
  EXPECT_EQ(MessageId(document), id);
  v1::RawDocument later = document;
  *later.mutable_fetched_at() = ToProto(kStart + absl::Seconds(60));
  EXPECT_NE(MessageId(later), id);
  v1::RawDocument other = document;
  SetBody(other, "other");
  EXPECT_NE(MessageId(other), id);
}

TEST(WireTest, CloudEventsCarryTheIncidentAndWhatChanged) {
  v1::IncidentEvent event;
  event.set_type(v1::INCIDENT_EVENT_TYPE_RESOLVED);
  *event.mutable_time() = ToProto(kStart);
  *event.mutable_incident() = ToProto(SomeIncident(), true);
  event.add_changed("status");
  EXPECT_EQ(EventSubject(event), "fails.events.v1.incident.openai.resolved");
  const std::string text = ToCloudEvent(event);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  const json::value value = json::parse(text);
  EXPECT_EQ(value.at("specversion").as_string(), "1.0");
  EXPECT_EQ(value.at("id").as_string(), "openai/abc:3");
  EXPECT_EQ(value.at("source").as_string(), "/fails/normalizer");
  EXPECT_EQ(value.at("type").as_string(), "fails.incident.resolved");
  EXPECT_EQ(value.at("subject").as_string(), "openai/abc");
  EXPECT_EQ(value.at("time").as_string(), "2026-03-02T08:10:00Z");
  EXPECT_EQ(value.at("data").at("changed").at(0).as_string(), "status");
  EXPECT_EQ(value.at("data").at("updates").as_array().size(), 2u);
}

}  // namespace
}  // namespace fails::wire
