// SPDX-License-Identifier: Apache-2.0
#include "tools/catalog/check.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <fstream>
#include <thread>

#include "common/testing/temp_dir.h"
#include "tools/catalog/command_line.h"

namespace fails::tools {
namespace {

using ::testing::HasSubstr;

constexpr char kStatuspage[] =
    R"({"page":{"id":"abcdefghijkl","name":"A","url":"https://a","time_zone":"Etc/UTC",
        "updated_at":"2024-01-01T00:00:00Z"},"components":[{"id":"0123456789ab","name":"API",
        "status":"operational"}],"incidents":[],"scheduled_maintenances":[],
        "status":{"indicator":"none","description":"All Systems Operational"}})";

class CatalogToolTest : public ::testing::Test {
 protected:
  CatalogToolTest() {
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(1);  // an idle connection would hold up stop()
    server_.Get("/a/api/v2/summary.json", [](const httplib::Request&, httplib::Response& response) {
      response.set_header("x-statuspage-version", "abc");
      response.set_content(kStatuspage, "application/json");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~CatalogToolTest() override {
    // The first answer tells that the server runs; stop() would do nothing before.
    EXPECT_TRUE(client_.FetchAndWait({.url = fmt::format("http://127.0.0.1:{}/a", port_)}).ok());
    server_.stop();
    thread_.join();
  }

  std::string Yaml(const std::string& platform, const std::string& folder = "a") const {
    return fmt::format(R"(version: 1
providers:
  - id: acme
    name: Acme
    color: "#123456"
    services: [{{id: api, name: API}}, {{id: app, name: App}}]
    pages: [{{id: acme, platform: {}, url: "http://127.0.0.1:{}/{}"}},
            {{id: old, platform: statuspage, url: "http://127.0.0.1:1/old", status: dormant}}]
)",
                       platform, port_, folder);
  }
  ProbeVerdict ProbeFirst(const std::string& yaml) {
    const auto catalog = catalog::Catalog::Parse(yaml);
    EXPECT_TRUE(catalog.ok()) << catalog.status();
    return Probe(client_, *catalog->Pages().front());
  }
  static int Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "fails-catalog");
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    return RunCatalog(static_cast<int>(argv.size()), argv.data());
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  http::Client client_{"test"};
};

TEST_F(CatalogToolTest, CountsWhatThereIs) {
  const auto catalog = catalog::Catalog::Parse(Yaml("statuspage"));
  ASSERT_TRUE(catalog.ok());
  const std::string summary = Summary(*catalog);
  EXPECT_THAT(summary, HasSubstr("1 providers (0 without a page), 2 services, 2 pages (1 active, "
                                 "1 dormant)"));
  EXPECT_THAT(summary, HasSubstr("statuspage"));
}

TEST_F(CatalogToolTest, ProbingTellsWhoMoved) {
  const ProbeVerdict same = ProbeFirst(Yaml("statuspage"));
  EXPECT_FALSE(same.moved);
  EXPECT_EQ(same.words, "statuspage, as the catalog says");
  const ProbeVerdict moved = ProbeFirst(Yaml("instatus"));
  EXPECT_TRUE(moved.moved);
  EXPECT_EQ(moved.words, "moved: on statuspage now, the catalog says instatus");
  const ProbeVerdict unclear = ProbeFirst(Yaml("statuspage", "nothing-here"));
  EXPECT_FALSE(unclear.moved);
  EXPECT_THAT(unclear.words, HasSubstr("does not give away"));
}

TEST_F(CatalogToolTest, AnUnreachablePageHasNotMoved) {
  const ProbeVerdict verdict =
      Probe(client_, {.platform = "statuspage", .url = "http://127.0.0.1:1"});
  EXPECT_FALSE(verdict.moved);
  EXPECT_THAT(verdict.words, HasSubstr("unreachable"));
}

TEST_F(CatalogToolTest, TheProgramSaysByItsExitStatusHowItWent) {
  const testing::TempDir folder("fails-catalog");
  const std::string file = folder.path() / "providers.yaml";
  std::ofstream(file) << Yaml("instatus");
  EXPECT_EQ(Run({"check", file}), 0);
  EXPECT_EQ(Run({"check", file, "--probe"}), 1) << "one has moved";
  std::ofstream(file) << Yaml("statuspage");
  EXPECT_EQ(Run({"check", file, "--probe"}), 0);
  std::ofstream(file) << Yaml("gopher");
  EXPECT_EQ(Run({"check", file}), 1);
  EXPECT_EQ(Run({}), 2);
  EXPECT_EQ(Run({"check", FAILS_SOURCE_DIR "/deploy/catalog/providers.yaml"}), 0);
}

}  // namespace
}  // namespace fails::tools
