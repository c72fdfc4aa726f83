// SPDX-License-Identifier: Apache-2.0
#include "tools/import/upload.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <fstream>
#include <thread>

#include "common/testing/temp_dir.h"
#include "tools/import/command_line.h"

namespace fails::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kIncidents[] =
    "incident_id,Incident_Title,incident_impact_level,provider,investigating_timestamp,"
    "identified_timestamp,monitoring_timestamp,resolved_timestamp,postmortem_timestamp,API\n"
    "abc,Errors,1,Acme,2024-01-01 00:00:00,,,2024-01-01 01:00:00,,1\n";

// Answers as the gateway does, and remembers what it was sent.
class UploadTest : public ::testing::Test {
 protected:
  UploadTest() {
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(1);  // an idle connection would hold up stop()
    server_.Post("/api/v1/imports",
                 [this](const httplib::Request& request, httplib::Response& response) {
                   query_ = request.get_param_value("format");
                   key_ = request.get_header_value("Authorization");
                   body_ = request.body;
                   response.status = status_;
                   response.set_content(answer_, "application/json");
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~UploadTest() override {
    server_.stop();
    thread_.join();
  }

  absl::StatusOr<UploadResult> Send() {
    return Upload(client_, {fmt::format("http://127.0.0.1:{}", port_), "s3cret"}, "ndjson",
                  "a line\n");
  }

  int status_ = 202;
  std::string answer_ =
      R"({"documents":1,"incidents":7,"outage_days":2,"problems":["line 3: no start"]})";
  std::string query_, key_, body_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  http::Client client_{"test"};
};

TEST_F(UploadTest, SendsTheFileWithTheKey) {
  const auto result = Send();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->documents, 1);
  EXPECT_EQ(InWords(*result), "7 incidents, 2 outage days, 1 document");
  EXPECT_EQ(result->incidents, 7);
  EXPECT_EQ(result->outage_days, 2);
  EXPECT_THAT(result->problems, ElementsAre("line 3: no start"));
  EXPECT_EQ(query_, "ndjson");
  EXPECT_EQ(key_, "Bearer s3cret");
  EXPECT_EQ(body_, "a line\n");
}

TEST_F(UploadTest, TellsTheGatewaysWords) {
  status_ = 400;
  answer_ =
      R"({"detail":"1 parameter is not valid.","errors":[{"field":"format","message":"is missing"}]})";
  const absl::Status bad = Send().status();
  EXPECT_EQ(bad.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(bad.message(), "HTTP 400: 1 parameter is not valid.; format is missing");
  status_ = 401;
  EXPECT_EQ(Send().status().code(), absl::StatusCode::kUnauthenticated);
  status_ = 503;
  answer_ = "<html>";
  const absl::Status away = Send().status();
  EXPECT_EQ(away.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(away.message(), "HTTP 503");
  status_ = 202;
  EXPECT_EQ(Send().status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(UploadTest, TheProgramSaysByItsExitStatusHowItWent) {
  const testing::TempDir folder("fails-import");
  const std::string file = folder.path() / "incidents.ndjson";
  const std::string key = folder.path() / "api.key";
  std::ofstream(file) << "{}\n";
  std::ofstream(key) << "from-a-file\n";
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "fails-import");
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    return RunImport(static_cast<int>(argv.size()), argv.data());
  };
  const std::string url = fmt::format("http://127.0.0.1:{}/", port_);
  EXPECT_EQ(run({"--url", url, "--key-file", key, file}), 0);
  EXPECT_EQ(key_, "Bearer from-a-file");
  EXPECT_EQ(run({"--url", url, "--key-file", key, "/no/such/file.ndjson"}), 1);
  EXPECT_EQ(run({"--url", url, "--key-file", "/no/such/key", file}), 2);
  EXPECT_EQ(run({"--url", url, "--key-file", key, "--format", "xml", file}), 2);
  EXPECT_EQ(run({"--key-file", key}), 2) << "no file";
  EXPECT_EQ(run({"--help"}), 0);
  status_ = 401;
  EXPECT_EQ(run({"--url", url, "--key-file", key, file}), 1);
}

TEST(GuessFormatTest, ByNameElseByHeader) {
  EXPECT_EQ(*GuessFormat("export.ndjson", "whatever"), "ndjson");
  EXPECT_EQ(*GuessFormat("a/b.csv", kIncidents), "fails-incidents");
  EXPECT_EQ(*GuessFormat("days.csv",
                         "Date,Service,provider,partial_outage_minutes,major_outage_minutes\n"
                         "2024-01-01,API,Acme,10,0\n"),
            "fails-outages");
  const absl::Status none = GuessFormat("a.csv", "x,y\n1,2\n").status();
  EXPECT_EQ(none.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(none.ToString(), HasSubstr("no fails-incidents: "));
}

}  // namespace
}  // namespace fails::tools
