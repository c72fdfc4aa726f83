// SPDX-License-Identifier: Apache-2.0
// openapi.yaml says what the program does: the same paths and methods, and schemas with exactly the
// fields that common/wire/json.h writes.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "common/rpc/client.h"
#include "fails/v1/analytics_service.pb.h"
#include "fails/v1/catalog.pb.h"
#include "fails/v1/incident_service.pb.h"
#include "fails/v1/scraper_service.pb.h"
#include "services/gateway/openapi_document.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/tests/fake_event_source.h"

namespace fails::gateway {
namespace {

namespace pb = google::protobuf;
using Names = std::set<std::string>;

YAML::Node Document() {
  static const YAML::Node kDocument = YAML::Load(std::string(OpenApiDocument()));
  return YAML::Clone(kDocument);
}

Names Keys(const YAML::Node& map) {
  Names keys;
  for (const auto& entry : map) keys.insert(entry.first.as<std::string>());
  return keys;
}

Names Strings(const YAML::Node& list) {
  Names strings;
  for (const auto& each : list) strings.insert(each.as<std::string>());
  return strings;
}

TEST(OpenApi, HasThePathsAndMethodsOfTheRegistry) {
  AnalyticsClient analytics(rpc::MakeChannel("127.0.0.1:1"), absl::Seconds(1));
  FakeEventSource source;
  Hub hub(source, Hub::Options());
  ReplayPool replays(source, 1);
  Names routes;
  ScraperClient scraper(rpc::MakeChannel("127.0.0.1:1"), absl::Seconds(1));
  for (const routing::Route& route :
       AllRoutes({.analytics = analytics, .scraper = scraper, .hub = hub, .replays = replays})) {
    EXPECT_TRUE(routes.insert(absl::AsciiStrToLower(route.method) + " " + route.pattern).second)
        << route.pattern << " is there twice";
  }
  Names documented;
  for (const auto& path : Document()["paths"]) {
    for (const std::string& method : Keys(path.second)) {
      documented.insert(method + " " + path.first.as<std::string>());
    }
  }
  EXPECT_EQ(documented, routes);
}

TEST(OpenApi, EveryPathParameterIsDescribed) {
  for (const auto& path : Document()["paths"]) {
    const auto pattern = path.first.as<std::string>();
    const std::size_t open = pattern.find('{');
    if (open == std::string::npos) continue;
    const std::string name = pattern.substr(open + 1, pattern.find('}') - open - 1);
    bool described = false;
    for (const auto& parameter : path.second.begin()->second["parameters"]) {
      if (parameter["$ref"]) continue;  // those that several paths share
      described |= parameter["in"].as<std::string>() == "path" &&
                   parameter["name"].as<std::string>() == name;
    }
    EXPECT_TRUE(described) << pattern;
  }
}

TEST(OpenApi, SaysWhichRoutesNeedTheKey) {
  AnalyticsClient analytics(rpc::MakeChannel("127.0.0.1:1"), absl::Seconds(1));
  ScraperClient scraper(rpc::MakeChannel("127.0.0.1:1"), absl::Seconds(1));
  FakeEventSource source;
  Hub hub(source, Hub::Options());
  ReplayPool replays(source, 1);
  for (const routing::Route& route :
       AllRoutes({.analytics = analytics, .scraper = scraper, .hub = hub, .replays = replays})) {
    const YAML::Node operation =
        Document()["paths"][route.pattern][absl::AsciiStrToLower(route.method)];
    EXPECT_EQ(operation["security"].IsDefined(), route.needs_key) << route.pattern;
    EXPECT_EQ(Keys(operation["responses"]).contains("401"), route.needs_key) << route.pattern;
    EXPECT_EQ(operation["requestBody"].IsDefined(), route.body_bytes > 0) << route.pattern;
  }
}

TEST(OpenApi, EveryAnswerSaysWhatCanGoWrong) {
  for (const auto& path : Document()["paths"]) {
    for (const auto& operation : path.second) {
      const Names answers = Keys(operation.second["responses"]);
      EXPECT_TRUE(answers.contains("200") || answers.contains("202")) << path.first;
      for (const char* status : {"400", "429"}) {
        EXPECT_TRUE(answers.contains(status)) << path.first << " has no " << status;
      }
    }
  }
}

// How a field shows in JSON: by its own name, or as the oneof "result".
std::string JsonName(const pb::FieldDescriptor& field) {
  const auto* oneof = field.real_containing_oneof();
  return oneof && oneof->name() == "result" ? "result" : field.name();
}

struct Pair {
  const pb::Descriptor* message;
  std::string schema;
  Names added;                              // by the gateway
  std::set<std::string> sometimes_removed;  // by the gateway, when empty
  Names renamed_from;                       // of the message, replaced by one of `added`
};

const std::vector<Pair>& Pairs() {
  static const std::vector<Pair> kPairs = {
      {v1::Service::descriptor(), "Service", {}, {}, {}},
      {v1::Provider::descriptor(), "Provider", {}, {}, {}},
      {v1::PageHealth::descriptor(), "PageHealth", {}, {}, {}},
      {v1::BackfillProgress::descriptor(), "BackfillProgress", {}, {}, {}},
      {v1::ImportResponse::descriptor(), "ImportSummary", {}, {}, {}},
      {v1::Page::descriptor(), "Page", {}, {}, {}},
      {v1::Stages::descriptor(), "Stages", {}, {}, {}},
      {v1::IncidentUpdate::descriptor(), "Update", {}, {}, {}},
      {v1::ImpactInterval::descriptor(), "ImpactInterval", {}, {}, {}},
      {v1::Incident::descriptor(), "Incident", {}, {"updates", "impact_intervals"}, {}},
      {v1::GetIncidentResponse::descriptor(), "IncidentDetail", {}, {}, {"incident"}},
      {v1::FlapGroup::descriptor(), "FlapGroup", {}, {}, {}},
      {v1::Flap::descriptor(), "Flap", {}, {}, {}},
      {v1::ListProvidersResponse::descriptor(), "ProviderList", {}, {"notice"}, {}},
      {v1::ListServicesResponse::descriptor(), "ServiceList", {}, {"notice"}, {}},
      {v1::ListPagesResponse::descriptor(), "PageList", {}, {"notice"}, {}},
      {v1::ListIncidentsResponse::descriptor(), "IncidentList", {}, {"notice", "next_cursor"}, {}},
      {v1::ServiceState::descriptor(), "ServiceState", {}, {}, {}},
      {v1::ListServiceStatesResponse::descriptor(),
       "StatusList",
       {"services", "summary"},
       {"notice"},
       {"states"}},
      {v1::ServiceStatusChange::descriptor(), "ServiceStatusChange", {}, {}, {}},
      {v1::ListServiceStatusChangesResponse::descriptor(), "StatusChangeList", {}, {"notice"}, {}},
      {v1::OutageDay::descriptor(), "OutageDay", {}, {}, {}},
      {v1::AnalysisParameter::descriptor(),
       "AnalysisParameter",
       {"default"},
       {},
       {"default_value"}},
      {v1::AnalysisDescriptor::descriptor(), "AnalysisDescriptor", {}, {}, {}},
      {v1::ListAnalysesResponse::descriptor(), "AnalysisList", {}, {}, {}},
      {v1::EffectiveQuery::descriptor(), "EffectiveQuery", {}, {}, {}},
      {v1::Analysis::descriptor(), "Analysis", {"notice"}, {}, {}},
      {v1::DistributionResult::descriptor(), "DistributionResult", {}, {}, {}},
      {v1::DistributionGroup::descriptor(), "DistributionGroup", {}, {}, {}},
      {v1::Interval::descriptor(), "Interval", {}, {}, {}},
      {v1::Ecdf::descriptor(), "Ecdf", {}, {}, {}},
      {v1::Threshold::descriptor(), "Threshold", {}, {}, {}},
      {v1::Bin::descriptor(), "Bin", {}, {}, {}},
      {v1::KaplanMeier::descriptor(), "KaplanMeier", {}, {}, {}},
      {v1::HistogramResult::descriptor(), "HistogramResult", {}, {}, {}},
      {v1::HistogramGroup::descriptor(), "HistogramGroup", {}, {}, {}},
      {v1::HistogramSeries::descriptor(), "HistogramSeries", {}, {}, {}},
      {v1::ChiSquare::descriptor(), "ChiSquare", {}, {}, {}},
      {v1::BoxplotResult::descriptor(), "BoxplotResult", {}, {}, {}},
      {v1::BoxplotGroup::descriptor(), "BoxplotGroup", {}, {}, {}},
      {v1::StagesResult::descriptor(), "StagesResult", {}, {}, {}},
      {v1::StagesGroup::descriptor(), "StagesGroup", {}, {}, {}},
      {v1::StageDuration::descriptor(), "StageDuration", {}, {}, {}},
      {v1::CombinationsResult::descriptor(), "CombinationsResult", {}, {}, {}},
      {v1::CombinationsGroup::descriptor(), "CombinationsGroup", {}, {}, {}},
      {v1::Combination::descriptor(), "Combination", {}, {}, {}},
      {v1::AvailabilityResult::descriptor(), "AvailabilityResult", {}, {}, {}},
      {v1::AvailabilityGroup::descriptor(), "AvailabilityGroup", {}, {}, {}},
      {v1::MatrixResult::descriptor(), "MatrixResult", {}, {}, {}},
      {v1::MatrixRow::descriptor(), "MatrixRow", {}, {}, {}},
      {v1::ServiceSetsResult::descriptor(), "ServiceSetsResult", {}, {}, {}},
      {v1::ServiceSetsGroup::descriptor(), "ServiceSetsGroup", {}, {}, {}},
      {v1::ServiceSet::descriptor(), "ServiceSet", {}, {}, {}},
      {v1::ImpactRange::descriptor(), "ImpactRange", {}, {}, {}},
      {v1::TimelineResult::descriptor(), "TimelineResult", {}, {}, {}},
      {v1::TimelineGroup::descriptor(), "TimelineGroup", {}, {}, {}},
      {v1::CorrelationResult::descriptor(), "CorrelationResult", {}, {}, {}},
      {v1::CorrelationGroup::descriptor(), "CorrelationGroup", {}, {}, {}},
      {v1::CorrelationSeries::descriptor(), "CorrelationSeries", {}, {}, {}},
      {v1::ImpactResult::descriptor(), "ImpactResult", {}, {}, {}},
      {v1::ImpactGroup::descriptor(), "ImpactGroup", {}, {}, {}},
      {v1::ImpactLevel::descriptor(), "ImpactLevel", {}, {}, {}},
      {v1::SummaryResult::descriptor(), "SummaryResult", {}, {}, {}},
      {v1::SummaryGroup::descriptor(), "SummaryGroup", {}, {}, {}},
      {v1::Estimate::descriptor(), "Estimate", {}, {}, {}},
      {v1::SummaryAvailability::descriptor(), "SummaryAvailability", {}, {}, {}},
      {v1::TrendResult::descriptor(), "TrendResult", {}, {}, {}},
      {v1::TrendGroup::descriptor(), "TrendGroup", {}, {}, {}},
      {v1::ChangePoint::descriptor(), "ChangePoint", {}, {}, {}},
      {v1::QualityResult::descriptor(), "QualityResult", {}, {}, {}},
      {v1::QualityGroup::descriptor(), "QualityGroup", {}, {}, {}},
      {v1::RunAnalysesResponse::descriptor(), "AnalysesAnswer", {}, {"notice"}, {}},
      {v1::ListCellIncidentsResponse::descriptor(),
       "CellIncidentList",
       {},
       {"notice", "next_cursor"},
       {}},
  };
  return kPairs;
}

TEST(OpenApi, SchemasHaveTheFieldsOfTheMessages) {
  for (const Pair& pair : Pairs()) {
    const YAML::Node schema = Document()["components"]["schemas"][pair.schema];
    Names fields = pair.added, always;
    for (int i = 0; i < pair.message->field_count(); ++i) {
      const pb::FieldDescriptor& field = *pair.message->field(i);
      if (pair.renamed_from.contains(field.name())) continue;
      const std::string name = JsonName(field);
      fields.insert(name);
      if (!field.has_presence() && !pair.sometimes_removed.contains(name)) always.insert(name);
    }
    EXPECT_EQ(Keys(schema["properties"]), fields) << pair.schema;
    const Names required = Strings(schema["required"]);
    EXPECT_THAT(required, ::testing::IsSupersetOf(always)) << pair.schema;
    for (const std::string& name : required) {
      EXPECT_TRUE(fields.contains(name)) << pair.schema << " requires " << name;
      EXPECT_FALSE(pair.sometimes_removed.contains(name)) << pair.schema << " requires " << name;
    }
  }
}

// A message field that is not optional in the proto3 sense is set by whoever fills the message;
// these are all.
TEST(OpenApi, OnlyMessagesThatAreAlwaysSetAreRequired) {
  const Names always_set = {"Analysis.query",
                            "DistributionGroup.ecdf",
                            "EffectiveQuery.from",
                            "EffectiveQuery.now",
                            "EffectiveQuery.to",
                            "Flap.at",
                            "FlapGroup.first_started_at",
                            "FlapGroup.last_started_at",
                            "HistogramGroup.chi_square",
                            "ImpactInterval.from",
                            "Incident.stages",
                            "Page.health",
                            "ServiceStatusChange.at",
                            "SummaryGroup.mtbf",
                            "SummaryGroup.mttr",
                            "Update.at"};
  Names required;
  for (const Pair& pair : Pairs()) {
    for (const std::string& name :
         Strings(Document()["components"]["schemas"][pair.schema]["required"])) {
      const pb::FieldDescriptor* field = pair.message->FindFieldByName(name);
      if (field && field->has_presence()) required.insert(pair.schema + "." + name);
    }
  }
  EXPECT_EQ(required, always_set);
}

TEST(OpenApi, EnumsHaveTheWordsOfTheProtos) {
  const auto words = [](const pb::EnumDescriptor& descriptor, const std::string& prefix) {
    Names names;
    for (int i = 0; i < descriptor.value_count(); ++i) {
      const std::string name = descriptor.value(i)->name().substr(prefix.size());
      names.insert(name == "UNSPECIFIED" ? "unknown" : absl::AsciiStrToLower(name));
    }
    return names;
  };
  const YAML::Node schemas = Document()["components"]["schemas"];
  EXPECT_EQ(Strings(schemas["Impact"]["enum"]), words(*v1::Impact_descriptor(), "IMPACT_"));
  EXPECT_EQ(Strings(schemas["Status"]["enum"]),
            words(*v1::IncidentStatus_descriptor(), "INCIDENT_STATUS_"));
  EXPECT_EQ(Strings(schemas["ServiceStatus"]["enum"]),
            words(*v1::ServiceStatus_descriptor(), "SERVICE_STATUS_"));
  EXPECT_EQ(Strings(schemas["PageHealth"]["properties"]["state"]["enum"]),
            words(*v1::PageHealthState_descriptor(), "PAGE_HEALTH_STATE_"));
  EXPECT_EQ(Strings(schemas["BackfillProgress"]["properties"]["state"]["enum"]),
            words(*v1::BackfillProgress::State_descriptor(), "STATE_"));
  EXPECT_EQ(Strings(schemas["Page"]["properties"]["status"]["enum"]),
            words(*v1::PageStatus_descriptor(), "PAGE_STATUS_"));
  EXPECT_EQ(Strings(schemas["AnalysisShape"]["enum"]),
            words(*v1::AnalysisShape_descriptor(), "ANALYSIS_SHAPE_"));
  EXPECT_EQ(Strings(schemas["AnalysisParameter"]["properties"]["type"]["enum"]),
            words(*v1::ParameterType_descriptor(), "PARAMETER_TYPE_"));
}

}  // namespace
}  // namespace fails::gateway
