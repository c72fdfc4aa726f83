// SPDX-License-Identifier: Apache-2.0
#include "common/bus/tests/bus_fixture.h"

#include <algorithm>
#include <iterator>

#include "common/bus/handles.h"
#include "common/bus/session.h"
#include "common/testing/await.h"

namespace fails::bus {

BusTest::BusTest() : connection_(Connect()) {}

std::unique_ptr<Connection> BusTest::Connect() const {
  auto connection = Connection::Open({.url = nats_.url(), .client_name = "test"});
  EXPECT_TRUE(connection.ok()) << connection.status();
  EXPECT_TRUE((*connection)->AwaitConnected(absl::Now() + absl::Seconds(30)).ok());
  return *std::move(connection);
}

Topology BusTest::TestTopology() {
  return {.streams = {{.name = "WORK", .subjects = {"work.>"}},
                      {.name = "FAILS_DEAD", .subjects = {"fails.dead.v1.>"}}},
          .consumers = {{.stream = "WORK", .name = "worker", .filter_subject = "work.>"}},
          .buckets = {{.name = "things"}}};
}

void BusTest::Apply(const Topology& topology) {
  const absl::Status applied = ApplyTopology(*connection_, topology);
  ASSERT_TRUE(applied.ok()) << applied;
}

PublishAck BusTest::Publish(const std::string& subject, const std::string& payload,
                            const std::string& id) {
  Publisher publisher(*connection_);
  const auto ack = publisher.Publish({.subject = subject, .payload = payload, .id = id},
                                     absl::Now() + absl::Seconds(30));
  EXPECT_TRUE(ack.ok()) << ack.status();
  return ack.value_or(PublishAck{});
}

std::vector<StoredMessage> BusTest::Stored(const std::string& stream) {
  std::vector<StoredMessage> all;
  const std::uint64_t count = Count(stream);
  StreamReader reader(*connection_, stream, ">", 1);
  EXPECT_TRUE(fails::testing::Await([&] {
    if (all.size() >= count) return true;
    auto some = reader.Next(1000, absl::Seconds(1));
    if (some.ok()) std::ranges::move(*some, std::back_inserter(all));
    return all.size() >= count;
  })) << "read "
      << all.size() << " of " << count;
  return all;
}

std::uint64_t BusTest::Count(const std::string& stream) {
  const auto bounds = StreamReader::Bounds(*connection_, stream);
  EXPECT_TRUE(bounds.ok()) << bounds.status();
  return bounds.ok() ? bounds->messages : 0;
}

BusTest::ConsumerState BusTest::StateOf(const std::string& stream, const std::string& consumer) {
  const auto session = connection_->Acquire();
  EXPECT_TRUE(session.ok()) << session.status();
  jsConsumerInfo* raw = nullptr;
  jsErrCode code{};
  EXPECT_EQ(js_GetConsumerInfo(&raw, (*session)->jetstream, stream.c_str(), consumer.c_str(),
                               nullptr, &code),
            NATS_OK);
  const ConsumerInfoHandle info(raw);
  return {info->NumAckPending, info->NumPending};
}

}  // namespace fails::bus
