// SPDX-License-Identifier: Apache-2.0
// What the client does with servers that behave.
#include "common/http/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <zlib.h>

#include <string>
#include <thread>

#include "absl/synchronization/notification.h"

namespace fails::http {
namespace {

using ::testing::HasSubstr;

std::string Gzip(const std::string& text) {
  std::string packed(compressBound(text.size()) + 32, '\0');
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
            Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

class ClientTest : public ::testing::Test {
 protected:
  ClientTest() {
    setenv("no_proxy", "*", 1);
    server_.Get("/page", [](const httplib::Request& request, httplib::Response& response) {
      response.set_header("ETag", "\"v1\"");
      if (request.get_header_value("If-None-Match") == "\"v1\"") {
        response.status = 304;
      } else {
        response.set_content("hello", "application/json");
      }
    });
    server_.Get("/agent", [](const httplib::Request& request, httplib::Response& response) {
      response.set_content(request.get_header_value("User-Agent"), "text/plain");
    });
    server_.Get("/gone", [](const httplib::Request&, httplib::Response& response) {
      response.status = 410;
      response.set_content("no more", "text/plain");
    });
    server_.Get(R"(/hop/(\d+))", [](const httplib::Request& request, httplib::Response& response) {
      const int left = std::stoi(request.matches[1]);
      response.set_header("X-Hop", std::to_string(left));
      response.set_redirect(left == 0 ? "/page" : "/hop/" + std::to_string(left - 1));
    });
    server_.Get("/to-file", [](const httplib::Request&, httplib::Response& response) {
      response.set_redirect("file:///etc/hostname");
    });
    server_.Get("/gzip", [](const httplib::Request& request, httplib::Response& response) {
      EXPECT_THAT(request.get_header_value("Accept-Encoding"), HasSubstr("gzip"));
      response.set_header("Content-Encoding", "gzip");
      response.set_content(Gzip("packed text"), "application/octet-stream");
    });
    server_.Get("/bomb", [](const httplib::Request&, httplib::Response& response) {
      response.set_header("Content-Encoding", "gzip");
      response.set_content(Gzip(std::string(32 << 20, '\0')), "application/octet-stream");
    });
    server_.Post("/echo", [](const httplib::Request& request, httplib::Response& response) {
      response.set_content(request.get_header_value("Content-Type") + "|" + request.body,
                           "text/plain");
    });
    server_.Get(R"(/bytes/(\d+))",
                [](const httplib::Request& request, httplib::Response& response) {
                  response.set_content(std::string(std::stoul(request.matches[1]), 'x'),
                                       "application/octet-stream");
                });
    server_.set_keep_alive_max_count(1);  // an idle connection would hold up stop()
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~ClientTest() override {
    // The first answer tells that the server runs; stop() would do nothing before.
    EXPECT_TRUE(client_.FetchAndWait({.url = Url("/page")}).ok());
    server_.stop();
    thread_.join();
  }

  std::string Url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  Client client_{"fails-test/1.0 (+https://example.org)"};
};

TEST_F(ClientTest, ReturnsStatusHeadersAndBody) {
  const auto response = client_.FetchAndWait({.url = Url("/page")});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(response->Header("etag"), "\"v1\"");
  EXPECT_EQ(response->Header("content-type"), "application/json");
  EXPECT_EQ(response->Header("x-none"), "");
  EXPECT_EQ(response->effective_url, Url("/page"));
}

TEST_F(ClientTest, ConditionalRequestsPassThrough) {
  const auto response =
      client_.FetchAndWait({.url = Url("/page"), .headers = {{"If-None-Match", "\"v1\""}}});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 304);
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(response->Header("etag"), "\"v1\"");
}

TEST_F(ClientTest, ABodyIsPosted) {
  std::string body(3 << 20, 'x');
  body += std::string("\0end", 4);
  const auto response = client_.FetchAndWait(
      {.url = Url("/echo"), .headers = {{"Content-Type", "text/x"}}, .post_body = body});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_TRUE(response->body == "text/x|" + body) << response->body.size();
}

// Handles are used again.
TEST_F(ClientTest, ARequestInheritsNothingFromTheOneBefore) {
  const auto posted = client_.FetchAndWait(
      {.url = Url("/echo"), .headers = {{"If-None-Match", "\"v1\""}}, .post_body = "body"});
  ASSERT_TRUE(posted.ok()) << posted.status();
  EXPECT_EQ(posted->status, 200);
  const auto got = client_.FetchAndWait({.url = Url("/page")});
  ASSERT_TRUE(got.ok()) << got.status();
  EXPECT_EQ(got->status, 200) << "a GET again, and not conditional";
  EXPECT_EQ(got->body, "hello");
  EXPECT_EQ(client_.FetchAndWait({.url = Url("/bytes/9"), .max_body_bytes = 8}).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(client_.FetchAndWait({.url = Url("/bytes/9")}).ok());
}

TEST_F(ClientTest, SaysWhoItIs) {
  EXPECT_EQ(client_.FetchAndWait({.url = Url("/agent")})->body,
            "fails-test/1.0 (+https://example.org)");
}

TEST_F(ClientTest, AnErrorStatusIsAResponse) {
  const auto response = client_.FetchAndWait({.url = Url("/gone")});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 410);
  EXPECT_EQ(response->body, "no more");
}

TEST_F(ClientTest, FollowsFiveRedirectsAndTellsWhereItEnded) {
  const auto response = client_.FetchAndWait({.url = Url("/hop/4")});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(response->effective_url, Url("/page"));
  EXPECT_EQ(response->Header("x-hop"), "") << "headers are those of the last response only";
}

TEST_F(ClientTest, ASixthRedirectIsTooMany) {
  EXPECT_TRUE(absl::IsUnavailable(client_.FetchAndWait({.url = Url("/hop/5")}).status()));
}

TEST_F(ClientTest, WithoutRedirectsTheRedirectIsTheResponse) {
  const auto response = client_.FetchAndWait({.url = Url("/hop/0"), .max_redirects = 0});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(response->Header("location"), "/page");
}

TEST_F(ClientTest, ARedirectToAFileIsRefused) {
  const auto response = client_.FetchAndWait({.url = Url("/to-file")});
  ASSERT_TRUE(absl::IsInvalidArgument(response.status())) << response.status();
  EXPECT_THAT(std::string(response.status().message()), HasSubstr("file"));
}

TEST_F(ClientTest, DecodesGzip) {
  EXPECT_EQ(client_.FetchAndWait({.url = Url("/gzip")})->body, "packed text");
}

TEST_F(ClientTest, ABombIsStoppedAtTheCap) {
  const auto response = client_.FetchAndWait({.url = Url("/bomb"), .max_body_bytes = 1 << 20});
  ASSERT_EQ(response.status().code(), absl::StatusCode::kResourceExhausted) << response.status();
  EXPECT_THAT(std::string(response.status().message()), HasSubstr("1048576"));
}

TEST_F(ClientTest, TheCapIsExact) {
  EXPECT_EQ(client_.FetchAndWait({.url = Url("/bytes/1000"), .max_body_bytes = 1000})->body.size(),
            1000u);
  EXPECT_TRUE(absl::IsResourceExhausted(
      client_.FetchAndWait({.url = Url("/bytes/1001"), .max_body_bytes = 1000}).status()));
  EXPECT_TRUE(client_.FetchAndWait({.url = Url("/bytes/0"), .max_body_bytes = 0}).ok());
}

TEST_F(ClientTest, ADoneMayFetch) {
  absl::Notification done;
  std::string body;
  client_.Fetch({.url = Url("/gone")}, [&](const absl::StatusOr<Response>&) {
    client_.Fetch({.url = Url("/page")}, [&](absl::StatusOr<Response> second) {
      body = second->body;
      done.Notify();
    });
  });
  done.WaitForNotification();
  EXPECT_EQ(body, "hello");
}

}  // namespace
}  // namespace fails::http
