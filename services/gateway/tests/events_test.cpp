// SPDX-License-Identifier: Apache-2.0
// The event stream over real HTTP and a real NATS.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <numeric>
#include <random>
#include <thread>

#include "common/bus/publisher.h"
#include "common/runtime/or_throw.h"
#include "common/testing/await.h"
#include "common/testing/private_nats.h"
#include "common/wire/cloud_event.h"
#include "services/gateway/tests/fake_analytics.h"
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

v1::IncidentEvent MakeEvent(std::int64_t revision, const std::string& provider = "openai",
                            v1::IncidentEventType type = v1::INCIDENT_EVENT_TYPE_UPDATED) {
  v1::IncidentEvent event;
  event.set_type(type);
  event.mutable_incident()->set_id(provider + "/8kb29fwgbp25");
  event.mutable_incident()->set_provider(provider);
  event.mutable_incident()->add_services(provider + "/api");
  event.mutable_incident()->set_revision(revision);
  return event;
}

class EventsTest : public ::testing::Test {
 protected:
  EventsTest() {
    config_.nats.url = nats_.url();
    gateway_ = std::make_unique<RunningGateway>(config_);
    connection_ = runtime::OrThrow(bus::Connection::Open(config_.nats));
    publisher_ = std::make_unique<bus::Publisher>(*connection_);
    EXPECT_TRUE(testing::Await([&] { return Ready().starts_with("{\"ready\":true"); })) << Ready();
  }

  std::string Ready() {
    const std::string address = gateway_->admin_address();
    const int port = std::stoi(address.substr(address.rfind(':') + 1));
    return Get(port, "/readyz", "Connection: close\r\n").value_or(HttpAnswer{}).body;
  }

  template <class Event>
  void Publish(const Event& event) {
    const auto ack = publisher_->Publish({.subject = wire::EventSubject(event),
                                          .payload = wire::ToCloudEvent(event),
                                          .id = {},
                                          .headers = {}},
                                         absl::Now() + absl::Seconds(60));
    ASSERT_TRUE(ack.ok()) << ack.status();
  }

  // An open stream that has been greeted.
  std::unique_ptr<HttpConnection> Open(const std::string& query = {},
                                       const std::string& fields = {}) {
    auto stream = std::make_unique<HttpConnection>(gateway_->port());
    stream->Send(
        fmt::format("GET /api/v1/events{} HTTP/1.1\r\nHost: test\r\n{}\r\n", query, fields));
    const auto head = stream->ReadHead();
    EXPECT_TRUE(head && head->status == 200);
    if (head) {
      EXPECT_EQ(head->Header("content-type"), "text/event-stream; charset=utf-8");
      EXPECT_EQ(head->Header("cache-control"), "no-store");
    }
    EXPECT_THAT(stream->ReadChunk(), StartsWith(": hello\nretry: 2000\n"));
    return stream;
  }
  static std::uint64_t IdOf(const std::string& frame) {
    EXPECT_THAT(frame, StartsWith("id: "));
    return frame.starts_with("id: ") ? std::stoull(frame.substr(4)) : 0;
  }

  testing::PrivateNats nats_;
  FakeAnalytics analytics_;
  Config config_ = TestConfig(analytics_.address());
  std::unique_ptr<RunningGateway> gateway_;
  std::unique_ptr<bus::Connection> connection_;
  std::unique_ptr<bus::Publisher> publisher_;
};

TEST_F(EventsTest, AnEventArrivesAsItWasPublished) {
  const auto stream = Open();
  const v1::IncidentEvent event = MakeEvent(1, "openai", v1::INCIDENT_EVENT_TYPE_OPENED);
  Publish(event);
  EXPECT_EQ(stream->ReadChunk(),
            "id: 1\nevent: fails.incident.opened\ndata: " + wire::ToCloudEvent(event) + "\n\n");
}

TEST_F(EventsTest, Filters) {
  const auto by_provider = Open("?provider=anthropic,stability-ai");
  const auto by_type = Open("?type=resolved,fails.incident.opened");
  const auto by_service = Open("?service=openai%2Fapi");
  Publish(MakeEvent(1, "openai", v1::INCIDENT_EVENT_TYPE_UPDATED));
  Publish(MakeEvent(1, "anthropic", v1::INCIDENT_EVENT_TYPE_OPENED));
  EXPECT_EQ(IdOf(by_provider->ReadChunk()), 2u);
  EXPECT_EQ(IdOf(by_type->ReadChunk()), 2u);
  EXPECT_EQ(IdOf(by_service->ReadChunk()), 1u);
}

TEST_F(EventsTest, ServiceStatesComeOverTheSameStream) {
  const auto all = Open();
  const auto by_service = Open("?service=openai%2Fapi&type=status_changed");
  const auto incidents_only = Open("?type=opened,updated,resolved,reopened,withdrawn");
  v1::ServiceStatusEvent event;
  event.mutable_state()->set_service("openai/api");
  event.mutable_state()->set_provider("openai");
  event.mutable_state()->set_status(v1::SERVICE_STATUS_MAJOR_OUTAGE);
  event.set_revision(2);
  Publish(event);
  Publish(MakeEvent(1));
  const std::string frame =
      "id: 1\nevent: fails.service.status_changed\ndata: " + wire::ToCloudEvent(event) + "\n\n";
  EXPECT_EQ(all->ReadChunk(), frame);
  EXPECT_EQ(by_service->ReadChunk(), frame);
  EXPECT_EQ(IdOf(incidents_only->ReadChunk()), 2u);
}

TEST_F(EventsTest, IdsThatCannotBeResumedFrom) {
  Publish(MakeEvent(1));
  for (const char* id : {"x", "-1", "1.5", "2", "99999999999999999999999", "1 2"}) {
    const auto answer =
        Get(gateway_->port(), "/api/v1/events", fmt::format("Last-Event-ID: {}\r\n", id));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400) << id;
    EXPECT_EQ(answer->Header("content-type"), "application/problem+json") << id;
  }
  EXPECT_EQ(Get(gateway_->port(), "/api/v1/events?last_event_id=7")->status, 400);
}

TEST_F(EventsTest, TheHeaderWinsOverTheAddress) {
  for (int i = 1; i <= 3; ++i) Publish(MakeEvent(i));
  EXPECT_EQ(IdOf(Open("?last_event_id=0")->ReadChunk()), 1u);
  EXPECT_EQ(IdOf(Open("?last_event_id=0", "Last-Event-ID: 2\r\n")->ReadChunk()), 3u);
}

// Everybody who comes back with the last id gets every event exactly once, however often the
// connection breaks.
TEST_F(EventsTest, RandomDisconnectsLoseAndRepeatNothing) {
  constexpr std::uint64_t kEvents = 3000;
  std::thread publisher([&] {
    for (std::uint64_t i = 1; i <= kEvents; ++i) Publish(MakeEvent(static_cast<std::int64_t>(i)));
  });
  std::vector<std::uint64_t> expected(kEvents);
  std::iota(expected.begin(), expected.end(), 1);
  std::vector<std::thread> subscribers;
  for (unsigned seed = 1; seed <= 3; ++seed) {
    subscribers.emplace_back([&, seed] {
      std::mt19937 random(seed);
      std::vector<std::uint64_t> seen;
      while (seen.size() < kEvents && !HasFailure()) {
        const auto last = seen.empty() ? 0 : seen.back();
        const bool by_header = random() % 2 == 0;
        const auto stream = by_header ? Open({}, fmt::format("Last-Event-ID: {}\r\n", last))
                                      : Open(fmt::format("?last_event_id={}", last));
        for (unsigned left = random() % 300; left > 0 && seen.size() < kEvents; --left) {
          const std::string frame = stream->ReadChunk();
          if (frame.empty()) break;
          if (frame.starts_with(":")) continue;
          seen.push_back(IdOf(frame));
        }
      }
      EXPECT_EQ(seen, expected) << "subscriber " << seed;
    });
  }
  for (std::thread& subscriber : subscribers) subscriber.join();
  publisher.join();
}

TEST_F(EventsTest, TheStreamOutlivesNats) {
  const auto stream = Open();
  Publish(MakeEvent(1));
  EXPECT_EQ(IdOf(stream->ReadChunk()), 1u);
  nats_.Kill();
  EXPECT_TRUE(testing::Await([&] { return Ready().starts_with("{\"ready\":false"); }));
  const auto meanwhile = Open();
  nats_.Start();
  Publish(MakeEvent(2));
  EXPECT_EQ(IdOf(stream->ReadChunk()), 2u);
  EXPECT_EQ(IdOf(meanwhile->ReadChunk()), 2u);
}

TEST_F(EventsTest, SubscribersAreCounted) {
  const auto metric = [&] {
    const std::string address = gateway_->admin_address();
    const int port = std::stoi(address.substr(address.rfind(':') + 1));
    return Get(port, "/metrics", "Connection: close\r\n").value_or(HttpAnswer{}).body;
  };
  auto stream = Open();
  EXPECT_THAT(metric(), HasSubstr("fails_gateway_sse_subscribers 1"));
  stream.reset();
  EXPECT_TRUE(testing::Await(
      [&] { return metric().find("fails_gateway_sse_subscribers 0") != std::string::npos; }));
}

}  // namespace
}  // namespace fails::gateway
