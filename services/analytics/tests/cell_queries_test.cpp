// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/cell_queries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "common/testing/await.h"
#include "common/testing/fake_clock.h"
#include "services/analytics/tests/support/rows.h"
#include "services/analytics/tests/support/rows_in_memory.h"

namespace fails::analytics {
namespace {

using ::testing::ElementsAre;
using testing::Never;
using testing::Resolved;

// Knows every incident.
class FakeReader final : public IncidentReader {
 public:
  absl::StatusOr<IncidentPage> List(const IncidentFilter&, const std::optional<ListPosition>&,
                                    int) override {
    return absl::UnimplementedError("not asked for here");
  }
  absl::StatusOr<std::vector<v1::Incident>> ListByIds(
      const std::vector<std::string>& ids) override {
    if (!status.ok()) return status;
    std::vector<v1::Incident> incidents;
    for (const std::string& id : ids) incidents.emplace_back().set_id(id);
    return incidents;
  }
  absl::StatusOr<std::optional<v1::GetIncidentResponse>> Get(const std::string&) override {
    return absl::UnimplementedError("not asked for here");
  }
  absl::Status status;
};

class CellQueriesTest : public ::testing::Test {
 protected:
  CellQueriesTest() {
    keeper_.Start();
    EXPECT_TRUE(fails::testing::Await([&] { return keeper_.Current() != nullptr; }));
    request_.set_id("ttr-distribution");
    request_.set_cell("group:openai/api");
  }
  static std::vector<IncidentRow> Rows() {
    std::vector<IncidentRow> rows;
    // Two of each start.
    for (int i = 0; i < 250; ++i) {
      IncidentRow row = Resolved("openai/" + std::to_string(1000 + i), {"openai/api"},
                                 "2024-03-01T12:00:00Z", 30);
      const absl::Duration later = absl::Hours(i / 2);
      *row.stages.investigating += later;
      *row.stages.resolved += later;
      rows.push_back(std::move(row));
    }
    rows.push_back(Resolved("openai/other", {"openai/chatgpt"}, "2024-03-01T12:00:00Z", 30));
    return rows;
  }
  static std::vector<std::string> Ids(const v1::ListCellIncidentsResponse& response) {
    std::vector<std::string> ids;
    for (const auto& incident : response.incidents()) ids.push_back(incident.id());
    return ids;
  }

  testing::RowsInMemory source_{Rows()};
  SnapshotKeeper keeper_{source_, testing::StudyNames(), {.idle = absl::Hours(1)}};
  fails::testing::FakeClock clock_{testing::At("2024-09-01T00:00:00Z")};
  AnalysisRunner runner_{keeper_, clock_};
  FakeReader reader_;
  CellQueries cells_{runner_, reader_, "Demo data."};
  v1::ListCellIncidentsRequest request_;
};

TEST_F(CellQueriesTest, NewestFirstThenById) {
  request_.set_limit(3);
  const auto page = cells_.List(request_, Never);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(Ids(*page), ElementsAre("openai/1248", "openai/1249", "openai/1246"));
  EXPECT_EQ(page->total(), 250);
  EXPECT_EQ(page->data_version(), 1);
  EXPECT_EQ(page->notice(), "Demo data.");
}

TEST_F(CellQueriesTest, PagesSkipAndRepeatNothing) {
  std::set<std::string> seen;
  request_.set_limit(7);
  int pages = 0;
  do {
    const auto page = cells_.List(request_, Never);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const std::string& id : Ids(*page)) EXPECT_TRUE(seen.insert(id).second) << id;
    request_.set_cursor(page->next_cursor());
    // The default `now` moves on between two pages of the same list.
    clock_.Advance(absl::Minutes(5));
    ++pages;
  } while (!request_.cursor().empty());
  EXPECT_EQ(seen.size(), 250u);
  EXPECT_EQ(pages, 36);
}

TEST_F(CellQueriesTest, ACursorBelongsToItsQuestion) {
  request_.set_limit(7);
  const std::string cursor = cells_.List(request_, Never)->next_cursor();
  ASSERT_FALSE(cursor.empty());
  const auto refuses = [&](const std::function<void(v1::ListCellIncidentsRequest&)>& change) {
    v1::ListCellIncidentsRequest other = request_;
    other.set_cursor(cursor);
    change(other);
    return absl::IsInvalidArgument(cells_.List(other, Never).status());
  };
  EXPECT_FALSE(refuses([](auto&) {}));
  EXPECT_FALSE(refuses([](auto& r) { r.set_limit(9); }));
  EXPECT_TRUE(refuses([](auto& r) { r.set_cell("group:openai/api;le:99999"); }));
  EXPECT_TRUE(refuses([](auto& r) { r.mutable_query()->set_tz("Asia/Tokyo"); }));
  EXPECT_TRUE(refuses([](auto& r) { r.set_cursor("nonsense"); }));
  EXPECT_TRUE(refuses([](auto& r) { r.set_limit(201); }));
  EXPECT_TRUE(refuses([](auto& r) { r.set_limit(-1); }));
}

TEST_F(CellQueriesTest, AnEmptyCellAsksForNothing) {
  reader_.status = absl::UnavailableError("no database");
  request_.set_cell("group:openai/api;le:1");
  const auto none = cells_.List(request_, Never);
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_EQ(none->total(), 0);
  request_.set_cell("group:openai/api");
  EXPECT_TRUE(absl::IsUnavailable(cells_.List(request_, Never).status()));
}

}  // namespace
}  // namespace fails::analytics
