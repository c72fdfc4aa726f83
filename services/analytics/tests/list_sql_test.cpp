// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/list_sql.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ListStatement, TheClientsTextStandsInTheParametersOnly) {
  const std::string evil = "'; DROP TABLE incidents.incident; --";
  const IncidentFilter filter = {.providers = {evil},
                                 .services = {evil, "\"x\\"},
                                 .impacts = {Impact::kMajor, Impact::kUnknown},
                                 .statuses = {IncidentStatus::kInProgress},
                                 .from = At("2024-01-01T00:00:00Z"),
                                 .to = At("2024-02-01T00:00:00Z"),
                                 .text = evil,
                                 .ongoing = true};
  const Statement statement =
      ListStatement(filter, ListPosition{At("2024-01-15T00:00:00Z"), evil}, 51);
  EXPECT_THAT(statement.sql, Not(HasSubstr("DROP")));
  EXPECT_THAT(statement.sql, HasSubstr("(sort_at, id) < ($9::timestamptz, $10::text)"));
  EXPECT_THAT(statement.sql, HasSubstr("ORDER BY sort_at DESC, id DESC LIMIT $11::bigint"));
  EXPECT_THAT(statement.sql, HasSubstr("withdrawn_at IS NULL"));
  ASSERT_EQ(statement.parameters.size(), 11u);
  EXPECT_EQ(statement.parameters[7], evil);
  EXPECT_EQ(statement.parameters[9], evil);
  EXPECT_EQ(statement.parameters[10], "51");
  // The total is counted over all pages.
  const Statement count = CountStatement(filter);
  EXPECT_EQ(count.parameters.size(), 8u);
  EXPECT_THAT(count.sql, Not(HasSubstr("sort_at, id")));
}

TEST(ListStatement, NoFilterNoCondition) {
  const Statement statement = CountStatement({.include_withdrawn = true});
  EXPECT_THAT(statement.sql, Not(HasSubstr("WHERE")));
  EXPECT_THAT(statement.parameters, ElementsAre());
}

TEST(ListStatement, EachOrderHasItsKeyDirectionAndComparison) {
  const ListPosition position{At("2024-01-15T00:00:00Z"), "openai/a"};
  const auto sql = [&](ListSort sort) { return ListStatement({.sort = sort}, position, 1).sql; };
  EXPECT_THAT(sql(ListSort::kStartedAtAsc), HasSubstr("(sort_at, id) > "));
  EXPECT_THAT(sql(ListSort::kStartedAtAsc), HasSubstr("ORDER BY sort_at ASC, id ASC"));
  EXPECT_THAT(sql(ListSort::kUpdatedAtDesc), HasSubstr("(updated_at, id) < "));
  EXPECT_THAT(sql(ListSort::kUpdatedAtDesc), HasSubstr("ORDER BY updated_at DESC, id DESC"));
  EXPECT_THAT(sql(ListSort::kUpdatedAtAsc), HasSubstr("(updated_at, id) > "));
}

}  // namespace
}  // namespace fails::analytics
