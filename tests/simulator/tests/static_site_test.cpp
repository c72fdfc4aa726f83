// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/static_site.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "common/testing/temp_dir.h"

namespace fails::simulator {
namespace {

namespace fs = std::filesystem;

class StaticSiteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Write("secret.txt", "secret");
    Write("page.test/site/api/v2/summary.json", "{\"page\":{}}");
    Write("page.test/site/history/1.json", "{\"months\":[1]}");
    Write("page.test/site/history/2.json", "{\"months\":[2]}");
    Write("page.test/site/history.atom", "<feed/>");
    Write("page.test/site/index.html", "<html/>");
    Write("page.test/other.txt", "not of the site");
  }
  void Write(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }

  Response Get(const std::string& path, const std::string& page = "",
               const std::string& accept = "", const std::string& host = "page.test") {
    absl::StatusOr<StaticSite> site = StaticSite::Open(root_);
    EXPECT_TRUE(site.ok()) << site.status();
    Request request;
    request.host = host;
    request.path = path;
    if (!page.empty()) request.query["page"] = page;
    if (!accept.empty()) request.headers["accept"] = accept;
    return site->Get(request);
  }

  const testing::TempDir folder_{"static-site"};
  const fs::path root_ = folder_.path();
};

TEST_F(StaticSiteTest, ServesFilesWithTheirContentType) {
  EXPECT_EQ(Get("/api/v2/summary.json").body, "{\"page\":{}}");
  EXPECT_EQ(Get("/api/v2/summary.json").content_type, "application/json; charset=utf-8");
  EXPECT_EQ(Get("/history.atom").content_type, "application/atom+xml; charset=utf-8");
  EXPECT_EQ(Get("/").body, "<html/>");
  EXPECT_EQ(Get("/").content_type, "text/html; charset=utf-8");
}

TEST_F(StaticSiteTest, PagesTheHistoryWithoutAnEnd) {
  EXPECT_EQ(Get("/history.json").body, "{\"months\":[1]}");
  EXPECT_EQ(Get("/history.json", "2").body, "{\"months\":[2]}");
  EXPECT_EQ(Get("/history.json", "3").body, "{\"components\":[],\"months\":[]}");
  EXPECT_EQ(Get("/history.json", "../1").body, "{\"months\":[1]}");
  EXPECT_EQ(Get("/history", "2", "application/json").body, "{\"months\":[2]}");
  EXPECT_EQ(Get("/history", "2", "text/html").status, 404);
}

TEST_F(StaticSiteTest, AnswersHtmlWhereItHasNothing) {
  const Response response = Get("/api/v2/nothing.json");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(Get("/", "", "", "other.test").status, 404);
}

TEST_F(StaticSiteTest, NeverLeavesTheSite) {
  fs::create_symlink(root_ / "secret.txt", root_ / "page.test/site/link.txt");
  for (const std::string path :
       {"/../other.txt", "/../../secret.txt", "/api/../../other.txt", "/link.txt", "/..\\other.txt",
        "//etc/passwd", "/./index.html", "/.hidden"}) {
    EXPECT_EQ(Get(path).status, 404) << path;
  }
  EXPECT_EQ(Get(std::string("/index.html\0.json", 17)).status, 404);
  for (const std::string host : {"..", ".", "", "page.test/..", "../static"}) {
    EXPECT_EQ(Get("/secret.txt", "", "", host).status, 404) << host;
  }
}

TEST_F(StaticSiteTest, RefusesAFolderWithoutPages) {
  EXPECT_TRUE(absl::IsNotFound(StaticSite::Open(root_ / "nowhere").status()));
  EXPECT_TRUE(absl::IsNotFound(StaticSite::Open(root_ / "page.test").status()));
}

}  // namespace
}  // namespace fails::simulator
