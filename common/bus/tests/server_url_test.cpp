// SPDX-License-Identifier: Apache-2.0
#include "common/bus/server_url.h"

#include <gtest/gtest.h>

#include "common/bus/connection.h"

namespace fails::bus {
namespace {

TEST(ServerUrlTest, TakesServersAndShowsNoCredentials) {
  EXPECT_EQ(CheckServerUrl("nats://127.0.0.1:4222").value(), "nats://127.0.0.1:4222");
  EXPECT_EQ(CheckServerUrl("nats://nats:4222/").value(), "nats://nats:4222");
  EXPECT_EQ(CheckServerUrl("nats://host").value(), "nats://host");
  EXPECT_EQ(CheckServerUrl("tls://host:1").value(), "tls://host:1");
  EXPECT_EQ(CheckServerUrl("nats://fails:secret@h:4222").value(), "nats://h:4222");
}

TEST(ServerUrlTest, RefusesWhatIsNoServer) {
  for (const char* url :
       {"", "nats", "localhost:4222", "http://host:4222", "nats://", "nats://:1", "nats://h:port",
        "nats://h:0", "nats://h:70000", "nats://h/path", "nats://h h:1"}) {
    EXPECT_EQ(CheckServerUrl(url).status().code(), absl::StatusCode::kInvalidArgument) << url;
    EXPECT_EQ(Connection::Open({.url = url}).status().code(), absl::StatusCode::kInvalidArgument)
        << url;
  }
}

TEST(ServerUrlTest, QuotesNoPassword) {
  const auto refused = CheckServerUrl("nats://fails:secret@h:port");
  EXPECT_EQ(refused.status().message().find("secret"), absl::string_view::npos);
}

}  // namespace
}  // namespace fails::bus
