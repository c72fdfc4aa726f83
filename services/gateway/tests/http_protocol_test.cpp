// SPDX-License-Identifier: Apache-2.0
// HTTP itself: framing, limits, time-outs, and the end of a connection.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "common/testing/await.h"
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {
namespace {

constexpr char kGet[] = "GET /api/v1/openapi.yaml HTTP/1.1\r\nHost: test\r\n\r\n";

class HttpProtocolTest : public ::testing::Test {
 protected:
  RunningGateway& gateway() {
    if (!gateway_) gateway_ = std::make_unique<RunningGateway>(config_);
    return *gateway_;
  }
  // The status of the answer to these bytes, after which the connection must be closed.
  int StatusAndClose(std::string_view bytes, bool end_sending = false) {
    HttpConnection connection(gateway().port());
    connection.Send(bytes);
    if (end_sending) connection.EndSending();
    const auto answer = connection.Read();
    if (!answer) return 0;
    EXPECT_EQ(answer->Header("content-type"), "application/problem+json") << bytes.substr(0, 80);
    EXPECT_EQ(answer->Header("connection"), "close") << bytes.substr(0, 80);
    connection.EndSending();
    EXPECT_TRUE(connection.ReadEnd());
    return answer->status;
  }

  Config config_ = TestConfig("127.0.0.1:1");
  std::unique_ptr<RunningGateway> gateway_;
};

TEST_F(HttpProtocolTest, MalformedRequestsGet400AndTheEnd) {
  for (const char* bytes : {
           "\x16\x03\x01\x02\x01\x01\r\n\r\n",
           "GET\r\n\r\n",
           "GET /\r\n\r\n",
           "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
           "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
           "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
           "GET / HTTP/1.1\r\nHost a\r\n\r\n",
           "GET / HTTP/1.1\r\n: a\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
           "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
           "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
       }) {
    EXPECT_EQ(StatusAndClose(bytes), 400) << bytes;
  }
}

TEST_F(HttpProtocolTest, ARequestThatEndsTooSoonIsToldSo) {
  EXPECT_EQ(StatusAndClose("GET / HT", true), 400);
  EXPECT_EQ(StatusAndClose("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", true),
            400);
}

TEST_F(HttpProtocolTest, Limits) {
  const std::string long_text(9000, 'a');
  const auto get = [](const std::string& target, const std::string& fields) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: test\r\n{}\r\n", target, fields);
  };
  EXPECT_EQ(StatusAndClose(get("/" + long_text, "")), 414);
  EXPECT_EQ(StatusAndClose("GET /" + std::string(40'000, 'a')), 414);
  EXPECT_EQ(StatusAndClose(get("/", "X-A: " + long_text + "\r\n")), 431);
  std::string many;
  for (int i = 0; i < 120; ++i) many += fmt::format("X-{}: a\r\n", i);
  EXPECT_EQ(StatusAndClose(get("/", many)), 431);
  std::string large;
  for (int i = 0; i < 30; ++i) large += fmt::format("X-{}: {}\r\n", i, std::string(1000, 'a'));
  EXPECT_EQ(StatusAndClose(get("/", large)), 431);
  EXPECT_EQ(StatusAndClose(get("/", "Content-Length: 1048577\r\n")), 413);
  EXPECT_EQ(StatusAndClose(get("/", "Transfer-Encoding: chunked\r\n") + "200000\r\n" +
                           std::string(0x200000, 'a')),
            413);
  EXPECT_EQ(StatusAndClose(get("/", "Expect: a-miracle\r\n")), 417);
}

TEST_F(HttpProtocolTest, SlowRequestsGet408) {
  // Also for the first byte, without which nobody is told anything.
  config_.http_limits.header_timeout = absl::Seconds(1);
  config_.http_limits.body_timeout = absl::Milliseconds(100);
  EXPECT_EQ(StatusAndClose("GET / HTTP/1.1\r\nHost:"), 408);
  EXPECT_EQ(StatusAndClose("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"), 408);
}

TEST_F(HttpProtocolTest, SilentConnectionsAreClosedWithoutAWord) {
  config_.http_limits.header_timeout = absl::Seconds(1);
  config_.http_limits.idle_timeout = absl::Milliseconds(100);
  EXPECT_TRUE(HttpConnection(gateway().port()).ReadEnd());
  HttpConnection idle(gateway().port());
  idle.Send(kGet);
  EXPECT_EQ(idle.Read()->status, 200);
  EXPECT_TRUE(idle.ReadEnd());
}

TEST_F(HttpProtocolTest, KeepsTheConnectionAndAnswersInOrder) {
  HttpConnection connection(gateway().port());
  connection.Send(std::string(kGet) + "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" +
                  "POST /api/v1/pages HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "3\r\nabc\r\n0\r\n\r\n" +
                  kGet);
  EXPECT_EQ(connection.Read()->status, 200);
  EXPECT_EQ(connection.Read(true)->status, 404);
  EXPECT_EQ(connection.Read()->status, 405);
  EXPECT_EQ(connection.Read()->status, 200);
  connection.Send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(connection.Read()->Header("connection"), "close");
  EXPECT_TRUE(connection.ReadEnd());
}

TEST_F(HttpProtocolTest, Http10ClosesUnlessAskedNotTo) {
  HttpConnection once(gateway().port());
  once.Send("GET /api/v1/openapi.yaml HTTP/1.0\r\n\r\n");
  EXPECT_EQ(once.Read()->status, 200);
  EXPECT_TRUE(once.ReadEnd());
  HttpConnection kept(gateway().port());
  for (int i = 0; i < 2; ++i) {
    kept.Send("GET /api/v1/openapi.yaml HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(kept.Read()->status, 200);
  }
}

TEST_F(HttpProtocolTest, A100ContinueInvitesTheBody) {
  HttpConnection connection(gateway().port());
  connection.Send(
      "POST /api/v1/pages HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: "
      "100-continue\r\n\r\n");
  EXPECT_EQ(connection.ReadHead()->status, 100);
  connection.Send("abc");
  EXPECT_EQ(connection.Read()->status, 405);
}

TEST_F(HttpProtocolTest, TheAbsoluteFormIsUnderstood) {
  EXPECT_EQ(Get(gateway().port(), "http://test/api/v1/openapi.yaml")->status, 200);
}

TEST_F(HttpProtocolTest, OneConnectionTooManyIsToldSo) {
  config_.http_limits.connections = 2;
  HttpConnection first(gateway().port()), second(gateway().port());
  for (HttpConnection* each : {&first, &second}) {
    each->Send(kGet);
    EXPECT_EQ(each->Read()->status, 200);
  }
  HttpConnection third(gateway().port());
  third.Send(kGet);
  const auto answer = third.Read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->Header("retry-after"), "5");
  EXPECT_EQ(answer->Header("content-type"), "application/problem+json");
}

TEST_F(HttpProtocolTest, StopEndsIdleConnectionsAndStreams) {
  HttpConnection idle(gateway().port()), stream(gateway().port());
  idle.Send(kGet);
  EXPECT_EQ(idle.Read()->status, 200);
  stream.Send("GET /api/v1/events HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(stream.ReadHead()->status, 200);
  EXPECT_EQ(stream.ReadChunk(), ": hello\nretry: 2000\n\n");
  EXPECT_TRUE(fails::testing::Returns([&] { gateway().Stop(); }));
  EXPECT_TRUE(idle.ReadEnd());
  EXPECT_TRUE(stream.ReadEnd());
}

TEST_F(HttpProtocolTest, ThePortOfAnotherIsAnError) {
  config_.http_address = fmt::format("127.0.0.1:{}", gateway().port());
  EXPECT_THROW(RunningGateway second(config_), std::runtime_error);
}

}  // namespace
}  // namespace fails::gateway
