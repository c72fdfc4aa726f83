// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/server.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "common/testing/await.h"

namespace fails::simulator {
namespace {

class ServerTest : public ::testing::Test {
 protected:
  int Start(HttpServer::Handler handler) {
    const absl::StatusOr<int> port = server_.Start("127.0.0.1", 0, std::move(handler));
    EXPECT_TRUE(port.ok()) << port.status();
    return port.value_or(0);
  }
  HttpServer server_;
};

TEST_F(ServerTest, PassesTheRequestOnAndTheResponseBack) {
  const int port = Start([](const Request& request) {
    Response response = JsonResponse(request.method + " " + request.host + " " + request.path +
                                     " " + request.Query("page") + " " + request.Header("x-test"));
    response.headers["X-Answer"] = "yes";
    return response;
  });
  httplib::Client client("127.0.0.1", port);
  const auto answer = client.Get("/page.test/a%20b.json?page=2", httplib::Headers{{"X-Test", "v"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "GET page.test /a b.json 2 v");
  EXPECT_EQ(answer->get_header_value("X-Answer"), "yes");
  EXPECT_EQ(answer->get_header_value("Content-Type"), "application/json; charset=utf-8");
}

TEST_F(ServerTest, PassesTheBodyOfAControlRequest) {
  const int port = Start([](const Request& request) { return JsonResponse(request.body); });
  httplib::Client client("127.0.0.1", port);
  const auto answer = client.Post("/_control/faults", "{\"a\":1}", "application/json");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "{\"a\":1}");
}

TEST_F(ServerTest, CutsTheConnectionShort) {
  const int port = Start([](const Request&) {
    Response response = JsonResponse(std::string(1000, 'x'));
    response.cut_after = 500;
    return response;
  });
  httplib::Client client("127.0.0.1", port);
  std::string received;
  const auto answer = client.Get("/h/", [&](const char* data, std::size_t size) {
    received.append(data, size);
    return true;
  });
  EXPECT_FALSE(answer);
  EXPECT_EQ(received, std::string(500, 'x'));
}

TEST_F(ServerTest, SurvivesALongPath) {
  const int port = Start([](const Request& request) { return JsonResponse(request.path); });
  httplib::Client client("127.0.0.1", port);
  const std::string path = "/h/" + std::string(8000, 'a');
  const auto answer = client.Get(path);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body.size(), path.size() - 2);
}

TEST_F(ServerTest, StopEndsAPause) {
  absl::Notification reached;
  const int port = Start([&](const Request&) {
    reached.Notify();
    server_.Pause(absl::Minutes(10));
    return JsonResponse("{}");
  });
  std::thread caller([port] {
    httplib::Client client("127.0.0.1", port);
    client.Get("/h/");
  });
  ASSERT_TRUE(reached.WaitForNotificationWithTimeout(absl::Seconds(30)));
  EXPECT_TRUE(testing::Returns([&] { server_.Stop(); }));
  caller.join();
}

TEST_F(ServerTest, SaysWhenTheAddressIsTaken) {
  HttpServer first;
  const absl::StatusOr<int> port =
      first.Start("127.0.0.1", 0, [](const Request&) { return Response(); });
  ASSERT_TRUE(port.ok());
  EXPECT_TRUE(absl::IsUnavailable(
      server_.Start("127.0.0.1", *port, [](const Request&) { return Response(); }).status()));
}

TEST(SplitTargetTest, TheFirstNameIsTheHost) {
  Request request;
  SplitTarget("/status.test/api/v2", request);
  EXPECT_EQ(request.host, "status.test");
  EXPECT_EQ(request.path, "/api/v2");
  Request only_host;
  SplitTarget("/status.test", only_host);
  EXPECT_EQ(only_host.host, "status.test");
  EXPECT_EQ(only_host.path, "/");
  Request none;
  SplitTarget("/", none);
  EXPECT_EQ(none.host, "");
}

}  // namespace
}  // namespace fails::simulator
