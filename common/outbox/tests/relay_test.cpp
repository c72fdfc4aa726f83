// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/obs/log.h"
#include "common/obs/metrics.h"
#include "common/outbox/tests/outbox_fixture.h"
#include "common/testing/await.h"

namespace fails::outbox {
namespace {

using fails::testing::Await;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

using RelayTest = OutboxTest;

TEST_F(RelayTest, PublishesInOrderAndMarks) {
  std::vector<std::string> expected;
  for (int i = 0; i < 450; ++i) {  // more than two batches
    expected.push_back(fmt::format("{}", i));
    Enqueue(expected.back());
  }
  EXPECT_EQ(Unpublished(), 450);
  const auto relay = StartRelay();
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  relay->Stop();
  relay->Stop();
  EXPECT_EQ(Payloads(), expected);
  EXPECT_EQ(Rows(), 450) << "published rows are kept for a while";
}

TEST_F(RelayTest, ManyAtOnceKeepTheirOrder) {
  std::vector<Message> messages;
  std::vector<std::string> expected;
  for (int i = 0; i < 300; ++i) {
    expected.push_back(fmt::format("{{\"n\": {}, \"text\": \"'a', \\\\ b\"}}", i));
    messages.push_back({fmt::format("events.a.{}", i % 3), expected.back()});
  }
  const absl::Status status = pool_.Transact("t", [&](pqxx::work& tx) {
    outbox::Enqueue(tx, "incidents", messages);
    outbox::Enqueue(tx, "incidents", std::vector<Message>());
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(Unpublished(), 300);
  const auto relay = StartRelay();
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  EXPECT_EQ(Payloads(), expected);
  EXPECT_EQ(Events()[1].subject, "events.a.1");
}

TEST_F(RelayTest, CarriesSubjectIdAndTrace) {
  constexpr char kTrace[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  {
    const obs::TraceScope scope(kTrace);
    Enqueue("text with 'quotes' and ümläute", "events.b.c");
  }
  const auto relay = StartRelay();
  EXPECT_TRUE(Await([&] { return Count() == 1; }));
  const auto event = Events()[0];
  EXPECT_EQ(event.subject, "events.b.c");
  EXPECT_EQ(event.payload, "text with 'quotes' and ümläute");
  EXPECT_EQ(event.message_id, "incidents.1");
  EXPECT_THAT(event.headers, Contains(Pair("traceparent", kTrace)));
}

TEST_F(RelayTest, WhatWasRolledBackIsNotPublished) {
  const absl::Status status = pool_.Transact("t", [](pqxx::work& tx) {
    outbox::Enqueue(tx, "incidents", "events.a", "never");
    return absl::AbortedError("changed my mind");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  Enqueue("committed");
  const auto relay = StartRelay();
  EXPECT_TRUE(Await([&] { return Count() > 0 && Unpublished() == 0; }));
  EXPECT_THAT(Payloads(), ElementsAre("committed"));
}

TEST_F(RelayTest, ForgetsWhatIsLongOver) {
  const absl::Status status = pool_.Transact("t", [](pqxx::work& tx) {
    tx.exec(
        "INSERT INTO incidents.inbox VALUES ('c', 'old', now() - interval '31 days'),"
        " ('c', 'new', now())");
    tx.exec(
        "INSERT INTO incidents.outbox (subject, payload, published_at)"
        " VALUES ('events.a', 'old', now() - interval '2 days'), ('events.a', 'new', now())");
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
  const auto relay = StartRelay();
  const auto left = [&](const char* sql) {
    const auto value = pool_.Transact("t", [&](pqxx::work& tx) -> absl::StatusOr<std::string> {
      return tx.exec(sql)[0][0].as<std::string>("");
    });
    return value.value_or("");
  };
  EXPECT_TRUE(Await([&] {
    return left("SELECT string_agg(message_id, ',') FROM incidents.inbox") == "new" &&
           left("SELECT string_agg(payload, ',') FROM incidents.outbox") == "new";
  }));
}

// As after a long stop: portion by portion, none of which can take too long for one statement.
TEST_F(RelayTest, ForgetsAlsoWhatIsMoreThanAPortion) {
  Sql("INSERT INTO incidents.inbox SELECT 'c', n::text, now() - interval '31 days'"
      " FROM generate_series(1, 20001) n");
  Sql("INSERT INTO incidents.outbox (subject, payload, published_at)"
      " SELECT 'events.a', '', now() - interval '2 days' FROM generate_series(1, 10001)");
  const auto relay = StartRelay({.schema = "incidents", .idle = absl::Milliseconds(20)});
  EXPECT_TRUE(Await([&] { return Rows() == 0; }));
  EXPECT_TRUE(Await([&] {
    return pool_
        .Transact("t",
                  [](pqxx::work& tx) -> absl::StatusOr<bool> {
                    return tx.exec("SELECT FROM incidents.inbox LIMIT 1").empty();
                  })
        .value_or(false);
  }));
}

// With an hour between looks, only the notification can have woken it.
TEST_F(RelayTest, ACommitWakesIt) {
  const auto relay = StartRelay({.schema = "incidents", .idle = absl::Hours(1)});
  for (int i = 1; i <= 3; ++i) {
    Enqueue(fmt::format("{}", i));
    EXPECT_TRUE(Await([&] { return Count() == static_cast<std::uint64_t>(i); }));
  }
}

// A row that came without a notification (restored, written by hand) is found when it looks by
// itself.
TEST_F(RelayTest, FindsByItselfWhatNobodyAnnounced) {
  const auto relay = StartRelay({.schema = "incidents", .idle = absl::Milliseconds(20)});
  Sql("INSERT INTO incidents.outbox (subject, payload) VALUES ('events.a', 'silent')");
  EXPECT_TRUE(Await([&] { return Count() == 1; }));
}

TEST_F(RelayTest, NotifyWakesIt) {
  const auto relay = StartRelay({.schema = "incidents", .idle = absl::Hours(1)});
  Enqueue("first");
  EXPECT_TRUE(Await([&] { return Count() == 1 && Unpublished() == 0; }));
  Sql("INSERT INTO incidents.outbox (subject, payload) VALUES ('events.a', 'silent')");
  EXPECT_TRUE(Await([&] {
    relay->Notify();
    return Count() == 2;
  }));
}

TEST_F(RelayTest, TwoRelaysDoubleAndReorderNothing) {
  pg::Pool second_pool({.url = database_.normalizer_url(), .application_name = "second"});
  Relay second(second_pool, publisher_,
               {.schema = "incidents", .batch = 7, .idle = absl::Milliseconds(5)});
  const auto first = StartRelay({.schema = "incidents", .batch = 7, .idle = absl::Milliseconds(5)});
  second.Start();
  std::vector<std::string> expected;
  for (int i = 0; i < 300; ++i) {
    expected.push_back(fmt::format("{}", i));
    Enqueue(expected.back());
  }
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  first->Stop();
  second.Stop();
  EXPECT_EQ(Payloads(), expected);
}

// One relay stops in the middle and another, as in a second replica, goes on.
TEST_F(RelayTest, AnotherOneTakesOver) {
  auto first = StartRelay();
  Enqueue("1");
  EXPECT_TRUE(Await([&] { return Count() == 1; }));
  first->Stop();
  Enqueue("2");
  const auto second = StartRelay();
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  EXPECT_THAT(Payloads(), ElementsAre("1", "2"));
}

TEST_F(RelayTest, ARowThatTheBusNeverTakesHoldsUpNoOther) {
  Enqueue("1");
  Enqueue(std::string(9'000'000, 'x'));
  Enqueue("no subject", "");
  Enqueue("2");
  const auto relay = StartRelay();
  EXPECT_TRUE(Await([&] { return Unpublished() == 0; }));
  EXPECT_THAT(Payloads(), ElementsAre("1", "2"));
  EXPECT_THAT(obs::RenderMetrics(),
              HasSubstr(R"(fails_outbox_refused_total{schema="incidents"} 2)"));
}

TEST_F(RelayTest, OldPublishedRowsAreDeleted) {
  Sql("INSERT INTO incidents.outbox (subject, payload, published_at) VALUES"
      " ('events.a', 'old', now() - interval '25 hours'), ('events.a', 'young', now())");
  Enqueue("new");
  const auto relay = StartRelay();
  EXPECT_TRUE(Await([&] { return Rows() == 2; }));
  EXPECT_THAT(Payloads(), ElementsAre("new"));
}

}  // namespace
}  // namespace fails::outbox
