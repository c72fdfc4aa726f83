// SPDX-License-Identifier: Apache-2.0
// The tables of outages printed in "An Empirical Characterization of Outages and Incidents in
// Public Services for LLMs" (ICPE'25), cell by cell, from our answers: to the printed digit.
// Registered only where the data is; cooccurrence_test.cpp and availability_test.cpp are its twins.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "services/analytics/analyses/registry.h"
#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/rows.h"
#include "services/analytics/tests/support/study_data.h"

namespace fails::analytics {
namespace {

using testing::GroupOf;

using Table = std::vector<std::vector<std::string>>;

std::string Study(const std::string& file) {
  return (std::filesystem::path(FAILS_SOURCE_DIR) / "../shared/data/icpe25" / file).string();
}

// Cells as numbers of two digits: some are written for LaTeX, and all without zeros at the end.
Table ReadTable(const std::string& name) {
  Table table = testing::ReadCsv(Study("tables/" + name));
  for (auto& line : table) {
    for (std::string& cell : line) {
      const std::string number = absl::StrReplaceAll(cell, {{"\\%", ""}, {"%", ""}});
      if (number != cell && cell.find('=') == std::string::npos && cell[0] != '<') {
        cell = fmt::format("{:.2f}", std::stod(number));
      }
    }
  }
  return table;
}

// In the order of the tables, which is the catalogue's, and by the names that they give them.
const std::vector<std::pair<std::string, std::string>>& Services() {
  static const std::vector<std::pair<std::string, std::string>> services = {
      {"API-OpenAI", "openai/api"},       {"ChatGPT", "openai/chatgpt"},
      {"DALL·E", "openai/dall-e"},        {"Playground", "openai/playground"},
      {"API-Anthropic", "anthropic/api"}, {"Claude", "anthropic/claude"},
      {"Console", "anthropic/console"},   {"Character.AI", "character-ai/character-ai"},
  };
  return services;
}

void ExpectHeader(const std::vector<std::string>& header) {
  ASSERT_EQ(header.size(), Services().size());
  for (std::size_t i = 0; i < header.size(); ++i) EXPECT_EQ(header[i], Services()[i].first);
}

const Snapshot& StudySnapshot() {
  static const auto snapshot =
      testing::SnapshotOf(testing::ReadStudyIncidents(Study("clean/incident_stages.csv")),
                          testing::ReadStudyOutageDays(Study("clean/outage_unexploded.csv")));
  return *snapshot;
}

v1::Analysis Answer(const std::string& id, const std::string& basis) {
  return testing::AnswerOf(id, StudySnapshot(), {.basis = basis});
}

std::string Printed(double value) {
  return fmt::format("{:.2f}", value);
}

// Row r, column c: the probability that r is out on a day on which c is.
TEST(PaperOutageTables, Probability) {
  const Table table = ReadTable("table-outage_probability.csv");
  ExpectHeader(table.at(0));
  const auto matrix = Answer("cooccurrence-probability", "outages").matrix();
  ASSERT_EQ(table.size(), 1 + Services().size());
  ASSERT_EQ(matrix.rows_size(), 8);
  int cells = 0;
  for (int r = 0; r < 8; ++r) {
    EXPECT_EQ(matrix.rows(r).service(), Services()[static_cast<std::size_t>(r)].second);
    for (int c = 0; c < 8; ++c) {
      const auto& line = table[static_cast<std::size_t>(r) + 1];
      EXPECT_EQ(Printed(matrix.rows(r).values(c)), line.at(static_cast<std::size_t>(c)))
          << r << ", " << c;
      ++cells;
    }
  }
  EXPECT_EQ(cells, 64);
}

// Outage days of a service as a share of the days of its calendar.
TEST(PaperOutageTables, ShareOfOutageDays) {
  const Table table = ReadTable("table-outage_days_percent.csv");
  ExpectHeader(table.at(0));
  ASSERT_EQ(table.size(), 2u);
  const auto matrix = Answer("cooccurrence-matrix", "outages").matrix();
  const auto availability = Answer("daily-availability", "outages").availability();
  for (int s = 0; s < 8; ++s) {
    const auto& [name, service] = Services()[static_cast<std::size_t>(s)];
    const double days = static_cast<double>(GroupOf(availability, service).days());
    EXPECT_EQ(Printed(100 * matrix.rows(s).values(s) / days),
              table[1].at(static_cast<std::size_t>(s)))
        << name;
  }
}

TEST(PaperOutageTables, Availability) {
  const Table table = ReadTable("table-service_availability.csv");
  ASSERT_EQ(table.size(), 1 + Services().size());
  const auto availability = Answer("daily-availability", "outages").availability();
  int cells = 0;
  for (std::size_t s = 0; s < Services().size(); ++s) {
    const auto& [name, service] = Services()[s];
    const auto& line = table[s + 1];
    ASSERT_EQ(line.at(0), name);
    const auto& group = GroupOf(availability, service);
    double max = 0;
    for (const double value : group.availability()) {
      if (value > max) max = value;  // never for a day without a record
    }
    const std::vector<double> ours = {group.min(),           max,
                                      group.mean(),          group.median(),
                                      group.share_100(),     group.share_99_999(),
                                      group.share_99_99(),   group.share_99_9(),
                                      group.share_99(),      group.share_90(),
                                      group.share_below_90()};
    ASSERT_EQ(line.size(), ours.size() + 1);
    for (std::size_t i = 0; i < ours.size(); ++i) {
      EXPECT_EQ(Printed(ours[i]), line[i + 1]) << name << ", " << table[0][i + 1];
      ++cells;
    }
  }
  EXPECT_EQ(cells, 88);
}

}  // namespace
}  // namespace fails::analytics
