// SPDX-License-Identifier: Apache-2.0
// What only the administrator may do, over real HTTP, with a stand-in for the scraper.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "absl/synchronization/mutex.h"
#include "common/rpc/server.h"
#include "common/runtime/or_throw.h"
#include "fails/v1/scraper_service.grpc.pb.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;

class FakeScraper final : public v1::ScraperService::Service {
 public:
  grpc::Status PollNow(grpc::ServerContext*, const v1::PollNowRequest* request,
                       v1::PollNowResponse*) override {
    return Known(request->page());
  }
  grpc::Status Backfill(grpc::ServerContext*, const v1::BackfillRequest* request,
                        v1::BackfillResponse*) override {
    if (request->page() == "young") return {grpc::StatusCode::UNIMPLEMENTED, "no history"};
    return Known(request->page());
  }
  grpc::Status Import(grpc::ServerContext*, grpc::ServerReader<v1::ImportRequest>* reader,
                      v1::ImportResponse* response) override {
    v1::ImportRequest piece;
    std::string format;
    std::string file;
    while (reader->Read(&piece)) {
      if (format.empty()) format = piece.format();
      file += piece.content();
    }
    if (format != "ndjson") {
      return {grpc::StatusCode::INVALID_ARGUMENT, "unknown import format '" + format + "'"};
    }
    absl::MutexLock lock(&mutex_);
    file_ = file;
    response->set_documents(2);
    response->set_incidents(static_cast<std::int64_t>(file.size()));
    response->add_problems("line 7: no start");
    return grpc::Status::OK;
  }

  std::string file() const {
    absl::MutexLock lock(&mutex_);
    return file_;
  }

 private:
  static grpc::Status Known(const std::string& page) {
    if (page == "openai" || page == "a b") return grpc::Status::OK;
    return {grpc::StatusCode::NOT_FOUND, "the catalog has no page '" + page + "'"};
  }

  mutable absl::Mutex mutex_;
  std::string file_ ABSL_GUARDED_BY(mutex_);
};

class AdministrationTest : public ::testing::Test {
 protected:
  AdministrationTest() {
    config_.scraper_address = fmt::format("127.0.0.1:{}", server_->port());
    config_.admin_key = "s3cret";
    config_.import_bytes = 8 << 20;
  }
  ~AdministrationTest() override {
    gateway_.reset();
    server_->Stop(absl::Now());
  }

  HttpAnswer Post(const std::string& target, const std::string& body = {},
                  const std::string& fields = "Authorization: Bearer s3cret\r\n") {
    if (!gateway_) gateway_ = std::make_unique<RunningGateway>(config_);
    HttpConnection connection(gateway_->port());
    connection.Send(fmt::format("POST {} HTTP/1.1\r\nHost: x\r\n{}Content-Length: {}\r\n\r\n",
                                target, fields, body.size()));
    connection.Send(body);  // fails where the gateway does not even read it
    const auto answer = connection.Read();
    EXPECT_TRUE(answer) << target;
    return answer.value_or(HttpAnswer{});
  }

  FakeScraper scraper_;
  std::unique_ptr<rpc::Server> server_ =
      runtime::OrThrow(rpc::Server::Start("127.0.0.1:0", {&scraper_}));
  Config config_ = TestConfig("127.0.0.1:1");
  std::unique_ptr<RunningGateway> gateway_;
};

TEST_F(AdministrationTest, PollsAPageAtOnce) {
  const HttpAnswer answer = Post("/api/v1/pages/openai/poll");
  EXPECT_EQ(answer.status, 202) << answer.body;
  EXPECT_EQ(json::parse(answer.body), (json::value{{"page", "openai"}}));
  EXPECT_EQ(Post("/api/v1/pages/a%20b/poll").status, 202);
  const HttpAnswer unknown = Post("/api/v1/pages/nobody/poll");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_THAT(unknown.body, HasSubstr("the catalog has no page 'nobody'"));
  EXPECT_EQ(Post("/api/v1/pages/openai/poll?at=once").status, 400);
  EXPECT_EQ(Post("/api/v1/pages/openai/poll", "body").status, 400);
}

TEST_F(AdministrationTest, WalksAHistoryAgain) {
  EXPECT_EQ(Post("/api/v1/pages/openai/backfill").status, 202);
  EXPECT_EQ(Post("/api/v1/pages/young/backfill").status, 501);
  EXPECT_EQ(Post("/api/v1/pages/nobody/backfill").status, 404);
}

TEST_F(AdministrationTest, TakesAFileIn) {
  std::string file;
  while (file.size() < (5 << 20)) file += fmt::format("line {}\n", file.size());
  const HttpAnswer answer = Post("/api/v1/imports?format=ndjson", file);
  EXPECT_EQ(answer.status, 202) << answer.body;
  EXPECT_TRUE(scraper_.file() == file) << scraper_.file().size() << " bytes arrived";
  const json::object body = json::parse(answer.body).as_object();
  EXPECT_EQ(body.at("documents"), 2);
  EXPECT_EQ(body.at("incidents"), static_cast<std::int64_t>(file.size()));
  EXPECT_EQ(body.at("outage_days"), 0);
  EXPECT_EQ(body.at("problems"), json::value(json::array{"line 7: no start"}));
}

TEST_F(AdministrationTest, UnpacksAFile) {
  const std::string packed = http::Gzip("a line\n", http::GzipLevel::kBest);
  const std::string fields = "Authorization: Bearer s3cret\r\nContent-Encoding: gzip\r\n";
  EXPECT_EQ(Post("/api/v1/imports?format=ndjson", packed, fields).status, 202);
  EXPECT_EQ(scraper_.file(), "a line\n");
  EXPECT_EQ(Post("/api/v1/imports?format=ndjson", "not gzip", fields).status, 400);
  EXPECT_EQ(Post("/api/v1/imports?format=ndjson", "x",
                 "Authorization: Bearer s3cret\r\nContent-Encoding: br\r\n")
                .status,
            415);
}

TEST_F(AdministrationTest, SaysWhatIsWrongWithAFile) {
  EXPECT_EQ(Post("/api/v1/imports?format=ndjson").status, 400) << "no body";
  const HttpAnswer missing = Post("/api/v1/imports", "x");
  EXPECT_EQ(missing.status, 400);
  EXPECT_THAT(missing.body, HasSubstr("\"field\":\"format\""));
  const HttpAnswer unknown = Post("/api/v1/imports?format=xml", "x");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_THAT(unknown.body, HasSubstr("unknown import format 'xml'"));
  EXPECT_EQ(Post("/api/v1/imports?format=ndjson", std::string((8 << 20) + 1, 'x')).status, 413);
}

TEST_F(AdministrationTest, OtherRoutesTakeNoLargeBodies) {
  EXPECT_EQ(Post("/api/v1/pages/openai/poll", std::string((1 << 20) + 1, 'x')).status, 413);
}

TEST_F(AdministrationTest, NobodyElseIsLetIn) {
  for (const char* target : {"/api/v1/pages/openai/poll", "/api/v1/pages/openai/backfill",
                             "/api/v1/imports?format=ndjson"}) {
    for (const char* fields : {"", "Authorization: Bearer wrong\r\n"}) {
      const HttpAnswer answer = Post(target, "", fields);
      EXPECT_EQ(answer.status, 401) << target;
      EXPECT_EQ(answer.Header("www-authenticate"), "Bearer realm=\"fails\"") << target;
      EXPECT_EQ(answer.Header("content-type"), "application/problem+json") << target;
    }
  }
  EXPECT_EQ(Post("/api/v1/imports?format=ndjson", std::string(2 << 20, 'x'), "").status, 401);
  EXPECT_EQ(scraper_.file(), "");
}

TEST_F(AdministrationTest, WithoutAKeyItIsClosed) {
  config_.admin_key = "";
  const HttpAnswer answer = Post("/api/v1/pages/openai/poll");
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(answer.body, HasSubstr("FAILS_ADMIN_KEY"));
}

TEST_F(AdministrationTest, SaysThatTheScraperIsAway) {
  server_->Stop(absl::Now());
  const HttpAnswer answer = Post("/api/v1/pages/openai/poll");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.Header("retry-after"), "2");
}

}  // namespace
}  // namespace fails::gateway
