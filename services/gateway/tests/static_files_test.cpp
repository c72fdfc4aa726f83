// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/static_files/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "common/testing/temp_dir.h"
#include "services/gateway/http/negotiate.h"
#include "services/gateway/routing/target.h"

namespace fails::gateway {
namespace {

namespace fs = std::filesystem;
constexpr char kBrowser[] = "text/html,application/xhtml+xml,*/*;q=0.8";

class StaticFilesTest : public ::testing::Test {
 protected:
  StaticFilesTest() {
    Write("secret.txt", "secret");
    Write("web/index.html", "<!doctype html>");
    Write("web/favicon.svg", "<svg/>");
    Write("web/assets/index-B7PI925R.js", std::string(5000, 'x'));
    fs::create_symlink(dir_.path() / "secret.txt", dir_.path() / "web/link.txt");
    fs::create_directory_symlink(dir_.path(), dir_.path() / "web/up");
    auto loaded = StaticFiles::Load(web());
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    if (loaded.ok()) files_ = *std::move(loaded);
  }

  std::string web() const { return (dir_.path() / "web").string(); }
  void Write(const std::string& name, const std::string& text) {
    fs::create_directories((dir_.path() / name).parent_path());
    std::ofstream(dir_.path() / name) << text;
  }

  testing::TempDir dir_{"fails-static-files"};
  StaticFiles files_;
};

TEST_F(StaticFilesTest, ServesFilesWithTypeAndTag) {
  const auto index = files_.Find("/", "");
  ASSERT_TRUE(index);
  EXPECT_EQ(*index->body, "<!doctype html>");
  EXPECT_EQ(index->headers.Get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(index->headers.Get("Cache-Control"), "no-cache");
  EXPECT_EQ(index->headers.Get("ETag"), http::ETagOf("<!doctype html>"));
  EXPECT_EQ(files_.Find("/favicon.svg", "")->headers.Get("Content-Type"), "image/svg+xml");
}

TEST_F(StaticFilesTest, HashedAssetsAreKeptForEverAndCompressedBeforehand) {
  const auto asset = files_.Find("/assets/index-B7PI925R.js", "");
  ASSERT_TRUE(asset);
  EXPECT_EQ(asset->headers.Get("Cache-Control"), "public, max-age=31536000, immutable");
  ASSERT_NE(asset->gzip_body, nullptr);
  EXPECT_LT(asset->gzip_body->size(), 1000u);
}

TEST_F(StaticFilesTest, APageAddressIsDrawnByTheIndex) {
  EXPECT_EQ(*files_.Find("/incidents/openai/x", kBrowser)->body, "<!doctype html>");
  EXPECT_FALSE(files_.Find("/incidents", "application/json"));
  EXPECT_FALSE(files_.Find("/missing.js", kBrowser));
}

TEST_F(StaticFilesTest, NoPathLeadsOutside) {
  for (const char* target :
       {"/../secret.txt", "/..%2Fsecret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt",
        "//secret.txt", "/link.txt", "/up/secret.txt", "/./index.html", "/index.html/",
        "/..%5csecret.txt", "/%2e%2e%2fsecret.txt"}) {
    const auto parsed = routing::ParseTarget(target);
    ASSERT_TRUE(parsed.ok()) << target;
    EXPECT_FALSE(files_.Find(parsed->Path(), "")) << target;
  }
  EXPECT_EQ(files_.size(), 3u);
}

TEST_F(StaticFilesTest, ABrokenBuildIsAnError) {
  EXPECT_FALSE(StaticFiles::Load((dir_.path() / "nowhere").string()).ok());
  EXPECT_FALSE(StaticFiles::Load((dir_.path() / "web/assets").string()).ok());
}

TEST(HashedAsset, IsToldByItsName) {
  EXPECT_TRUE(IsHashedAsset("/assets/index-B7PI925R.js"));
  EXPECT_TRUE(IsHashedAsset("/assets/inter-latin-opsz-normal-BwkfbSeq.woff2"));
  EXPECT_FALSE(IsHashedAsset("/index-B7PI925R.js"));
  EXPECT_FALSE(IsHashedAsset("/assets/index.js"));
  EXPECT_FALSE(IsHashedAsset("/assets/-B7PI925R.js"));
}

}  // namespace
}  // namespace fails::gateway
