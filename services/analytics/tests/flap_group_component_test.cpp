// SPDX-License-Identifier: Apache-2.0
// The group of flaps beside a single incident, over a real database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/testing/private_postgres.h"
#include "common/wire/time_proto.h"
#include "services/analytics/adapters/pg_incident_reader.h"
#include "services/analytics/tests/support/incident_writer.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using fails::testing::PrivatePostgres;
using testing::At;
using testing::ContentOf;
using ::testing::ElementsAre;
using testing::IncidentWriter;
using testing::MakeIncident;

const absl::Time kStart = At("2024-03-03T08:00:00Z");
constexpr absl::Duration kDay = absl::Hours(24);

std::string Text(absl::Time time) {
  return absl::FormatTime(time, absl::UTCTimeZone());
}

// A namesake of all others that lasts five minutes, unless `change` makes it something else.
Incident Flap(
    const std::string& native_id, absl::Duration after,
    const std::function<void(IncidentContent&)>& change = [](auto&) {},
    const std::string& provider = "together") {
  IncidentContent content = ContentOf(provider, {}, Text(kStart + after), 5);
  content.title = "Agentic 模型错误报警";
  change(content);
  return MakeIncident(provider, native_id, std::move(content));
}

class FlapGroupTest : public ::testing::Test {
 protected:
  std::optional<v1::FlapGroup> GroupOf(const std::string& native_id) {
    const auto found = reader_.Get("together/" + native_id);
    EXPECT_TRUE(found.ok()) << found.status();
    if (!found.ok() || !found->has_value()) {
      ADD_FAILURE() << "there is no " << native_id;
      return std::nullopt;
    }
    if (!(*found)->has_flap_group()) return std::nullopt;
    return (*found)->flap_group();
  }
  // Empty without a group.
  std::vector<std::string> FlapsOf(const std::string& native_id) {
    std::vector<std::string> ids;
    if (const auto group = GroupOf(native_id)) {
      for (const v1::Flap& flap : group->flaps()) ids.push_back(flap.id());
    }
    return ids;
  }

  PrivatePostgres::Database database_ = PrivatePostgres::Get().NewDatabase();
  IncidentWriter writer_{database_.normalizer_url()};
  pg::Pool pool_{
      {.url = database_.reader_url(), .size = 1, .application_name = "test", .read_only = true}};
  PgIncidentReader reader_{pool_};
};

TEST_F(FlapGroupTest, Quirk13FlapsOfOneTitleAreGrouped) {
  writer_.Write({Flap("a", absl::ZeroDuration()), Flap("b", absl::Hours(2)),
                 Flap("c", absl::Hours(20), [](IncidentContent& content) {
                   content.status = IncidentStatus::kInvestigating;
                   content.updates.erase(content.updates.begin());
                 })});
  const auto group = GroupOf("b");
  ASSERT_TRUE(group);
  EXPECT_EQ(group->count(), 3);
  EXPECT_EQ(wire::FromProto(group->first_started_at()), kStart);
  EXPECT_EQ(wire::FromProto(group->last_started_at()), kStart + absl::Hours(20));
  EXPECT_THAT(FlapsOf("b"), ElementsAre("together/c", "together/b", "together/a"));
  const v1::Flap& newest = group->flaps(0);
  EXPECT_EQ(wire::FromProto(newest.at()), kStart + absl::Hours(20));
  EXPECT_TRUE(newest.ongoing());
  EXPECT_FALSE(newest.has_duration_seconds());
  EXPECT_FALSE(group->flaps(1).ongoing());
  EXPECT_EQ(group->flaps(1).duration_seconds(), 300);
  EXPECT_EQ(GroupOf("a")->SerializeAsString(), group->SerializeAsString());
}

TEST_F(FlapGroupTest, TwoAreNone) {
  writer_.Write({Flap("a", absl::ZeroDuration()), Flap("b", absl::Hours(1))});
  EXPECT_FALSE(GroupOf("a"));
}

TEST_F(FlapGroupTest, AChainMayBeLongerThanADay) {
  writer_.Write(
      {Flap("a", absl::ZeroDuration()), Flap("b", kDay), Flap("c", 2 * kDay), Flap("d", 3 * kDay)});
  EXPECT_THAT(FlapsOf("a"), ElementsAre("together/d", "together/c", "together/b", "together/a"));
}

TEST_F(FlapGroupTest, AGapOfMoreThanADaySplits) {
  const absl::Duration later = 2 * kDay + absl::Seconds(1);
  writer_.Write({Flap("a", absl::ZeroDuration()), Flap("b", absl::Hours(1)), Flap("c", kDay),
                 Flap("d", later), Flap("e", later + absl::Hours(1)),
                 Flap("f", later + absl::Hours(2)), Flap("g", later + 2 * kDay),
                 Flap("h", later + 2 * kDay)});
  EXPECT_THAT(FlapsOf("c"), ElementsAre("together/c", "together/b", "together/a"));
  EXPECT_THAT(FlapsOf("d"), ElementsAre("together/f", "together/e", "together/d"));
  EXPECT_FALSE(GroupOf("g")) << "two are left";
}

TEST_F(FlapGroupTest, OnlyNamesakesOfOneProviderThatStandAreCounted) {
  writer_.Write({
      Flap("a", absl::ZeroDuration()),
      Flap("b", absl::Hours(1)),
      Flap(
          "other", absl::Hours(2), [](auto&) {}, "fireworks"),
      Flap("title", absl::Hours(2), [](auto& content) { content.title += "."; }),
      Flap("withdrawn", absl::Hours(2),
           [](auto& content) { content.withdrawn_at = kStart + kDay; }),
      Flap("maintenance", absl::Hours(2),
           [](auto& content) { content.impact = Impact::kMaintenance; }),
  });
  EXPECT_FALSE(GroupOf("a"));
  writer_.Write({Flap("c", absl::Hours(3))});
  EXPECT_THAT(FlapsOf("a"), ElementsAre("together/c", "together/b", "together/a"));
  EXPECT_FALSE(GroupOf("withdrawn"));
  EXPECT_FALSE(GroupOf("maintenance"));
  EXPECT_FALSE(GroupOf("title"));
}

TEST_F(FlapGroupTest, AllAreCountedAndTheNewestNamed) {
  std::vector<Incident> flaps;
  for (int i = 0; i < 130; ++i) flaps.push_back(Flap(std::to_string(i), i * absl::Hours(1)));
  writer_.Write(flaps);
  const auto group = GroupOf("0");
  ASSERT_TRUE(group);
  EXPECT_EQ(group->count(), 130);
  EXPECT_EQ(wire::FromProto(group->first_started_at()), kStart);
  ASSERT_EQ(group->flaps_size(), 100);
  EXPECT_EQ(group->flaps(0).id(), "together/129");
  EXPECT_EQ(group->flaps(99).id(), "together/30");
}

// With sequential scans off the planner takes whatever index there is.
TEST_F(FlapGroupTest, NamesakesAreFoundByTheirTitle) {
  writer_.Write({Flap("a", absl::ZeroDuration())});
  const auto plan = pool_.Transact("t", [](pqxx::work& tx) -> absl::StatusOr<std::string> {
    tx.exec("SET LOCAL enable_seqscan = off");
    std::string text;
    for (const auto& row : tx.exec("EXPLAIN SELECT FROM incidents.v1_incident WHERE title = 'a'")) {
      text += row[0].as<std::string>() + "\n";
    }
    return text;
  });
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_THAT(*plan, ::testing::HasSubstr("incident_title"));
}

}  // namespace
}  // namespace fails::analytics
