// SPDX-License-Identifier: Apache-2.0
// Every analysis against the values that a separate program computed from the study's data.
// Registered only where that data is; ttr_reference_test.cpp is its twin on data of our own.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "common/wire/json.h"
#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/json_difference.h"
#include "services/analytics/tests/support/rows.h"
#include "services/analytics/tests/support/study_data.h"

namespace fails::analytics {
namespace {

namespace json = boost::json;

const std::filesystem::path& Shared() {
  static const std::filesystem::path path = std::filesystem::path(FAILS_SOURCE_DIR) / "../shared";
  return path;
}

json::value ReadJson(const std::filesystem::path& path) {
  std::ifstream in(path);
  return json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

// Golden files of the analyses that exist so far.
std::vector<std::string> GoldenFiles() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(Shared() / "golden")) {
    if (entry.path().extension() != ".json") continue;
    const json::value golden = ReadJson(entry.path());
    const std::string id(golden.at("request").at("id").as_string());
    if (FindAnalysis(id)) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

QueryText TextOf(const json::object& request) {
  const auto text = [&](const char* key) {
    const json::value* value = request.if_contains(key);
    return value ? std::string(value->as_string()) : std::string();
  };
  const auto list = [&](const char* key) {
    std::vector<std::string> values;
    if (const json::value* value = request.if_contains(key)) {
      for (const json::value& item : value->as_array()) values.emplace_back(item.as_string());
    }
    return values;
  };
  return {.services = list("services"),
          .from = text("from"),
          .to = text("to"),
          .tz = text("tz"),
          .include = list("include"),
          .impact = list("impact"),
          .basis = text("basis"),
          .start = text("start"),
          .now = text("now")};
}

const Snapshot& StudySnapshot() {
  static const auto snapshot = testing::SnapshotOf(
      testing::ReadStudyIncidents((Shared() / "data/icpe25/clean/incident_stages.csv").string()),
      testing::ReadStudyOutageDays(
          (Shared() / "data/icpe25/clean/outage_unexploded.csv").string()));
  return *snapshot;
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, Agrees) {
  const json::value golden = ReadJson(Shared() / "golden" / GetParam());
  const json::object& request = golden.at("request").as_object();
  const Analysis& analysis = *FindAnalysis(std::string_view(request.at("id").as_string()));
  const auto query =
      ResolveQuery(TextOf(request), StudySnapshot(), absl::InfiniteFuture(), analysis.bases());
  ASSERT_TRUE(query.ok()) << query.status();
  const auto answer = Compute(analysis, StudySnapshot(), *query, testing::Never);
  ASSERT_TRUE(answer.ok()) << answer.status();
  const json::object ours = wire::ToJson(*answer);
  EXPECT_EQ(testing::Difference(golden.at("result"), ours.at("result")), "");
  EXPECT_EQ(testing::Difference(golden.at("n"), ours.at("n")), "");
  // Both ways: a reason of ours that the golden file lacks is a difference too.
  EXPECT_EQ(testing::Difference(golden.at("excluded"), ours.at("excluded")), "");
  EXPECT_EQ(testing::Difference(ours.at("excluded"), golden.at("excluded")), "");
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, ::testing::ValuesIn(GoldenFiles()),
                         [](const auto& param_info) {
                           std::string name = param_info.param;
                           std::ranges::replace_if(
                               name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

TEST(GoldenData, IsTheStudy) {
  EXPECT_EQ(StudySnapshot().rows(), 542u);
  EXPECT_GE(GoldenFiles().size(), 3u);
}

TEST(GoldenDifference, SeesWhatDiffers) {
  const auto differs = [](const char* expected, const char* got) {
    return !testing::Difference(json::parse(expected), json::parse(got)).empty();
  };
  EXPECT_FALSE(differs(R"({"a": 1, "b": null})", R"({"a": 1.0000001, "c": 3})"));
  EXPECT_TRUE(differs(R"({"a": 1})", R"({"a": 1.00001})"));
  EXPECT_TRUE(differs(R"({"a": 1})", R"({})"));
  EXPECT_TRUE(differs(R"({"a": null})", R"({"a": 0})"));
  EXPECT_TRUE(differs(R"({"a": [1, 2]})", R"({"a": [1]})"));
  EXPECT_TRUE(differs(R"({"a": [1]})", R"({"a": [1, 2]})"));
  EXPECT_TRUE(differs(R"([{"group": "x"}])", R"([{"group": "y"}])"));
  EXPECT_FALSE(differs(R"({"mean_ci95": {"low": 100}})", R"({"mean_ci95": {"low": 114}})"));
  EXPECT_TRUE(differs(R"({"mean_ci95": {"low": 100}})", R"({"mean_ci95": {"low": 120}})"));
  EXPECT_FALSE(differs(R"({"mean_ci95": {"low": 100, "tolerance": 0.3}})",
                       R"({"mean_ci95": {"low": 120}})"));
}

}  // namespace
}  // namespace fails::analytics
