// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/platforms/registry.h"

namespace fails::platforms {
namespace {

std::string Of(std::string_view path, std::string_view body,
               std::vector<std::pair<std::string, std::string>> headers = {}, int status = 200) {
  return std::string(PlatformOf({path, status, "", std::move(headers), body}));
}

constexpr char kUlidPage[] =
    R"({"page":{"id":"01JMXBRMFE6N2NNT7DG6XZQ6PW"},"components":[],"status":{"indicator":"none"}})";

TEST(FingerprintTest, Statuspage) {
  EXPECT_EQ(Of("/", "<html>", {{"x-statuspage-version", "abc"}}), "statuspage");
  EXPECT_EQ(
      Of("/api/v2/summary.json", R"({"page":{"id":"abc"},"components":[{"id":"k8w3r06qmzrp"}]})"),
      "statuspage");
}

TEST(FingerprintTest, IncidentIo) {
  EXPECT_EQ(Of("/api/v2/summary.json", kUlidPage, {{"server", "Vercel"}}), "incidentio");
  EXPECT_EQ(Of("/api/v1/summary", R"({"ongoing_incidents":[]})"), "incidentio");
  EXPECT_EQ(Of("/proxy/status.example.com", R"({"summary":{}})"), "incidentio");
  EXPECT_EQ(Of("/other", kUlidPage, {{"server", "Vercel"}}), "") << "anybody is on Vercel";
}

TEST(FingerprintTest, Instatus) {
  EXPECT_EQ(Of("/summary.json", R"({"page":{"status":"UP"}})"), "instatus");
  EXPECT_EQ(Of("/summary.json", R"({"page":{"status":"HASISSUES"}})"), "instatus");
  EXPECT_EQ(Of("/summary.json", R"({"page":{"status":"ok"}})"), "");
}

TEST(FingerprintTest, BetterStack) {
  EXPECT_EQ(Of("/index.json", R"({"data":{"type":"status_page"}})"), "betterstack");
  EXPECT_EQ(Of("/index.json", R"({"data":{"type":"article"}})"), "");
}

TEST(FingerprintTest, OnlineOrNot) {
  EXPECT_EQ(Of("/", "<script>window.__reactRouterContext = {}</script>"), "onlineornot");
}

TEST(FingerprintTest, Datadog) {
  EXPECT_EQ(Of("/config.json", R"({"visualizationType":"x"})"), "datadog");
}

TEST(FingerprintTest, CloudflareStatus) {
  EXPECT_EQ(Of("/api/v3/summary", R"({"success":true,"result":{}})"), "cloudflare_status");
  EXPECT_EQ(Of("/api/v3/summary", R"({"success":false,"result":{}})"), "");
}

TEST(FingerprintTest, RootlyHasANameThoughWeCannotReadIt) {
  EXPECT_EQ(
      Of("/api/v1/status.json", R"({"page":{"time_zone":"UTC"},"status":{"indicator":"none"}})",
         {{"cf-mitigated", "challenge"}}),
      "rootly");
  EXPECT_EQ(Of("/", "<a href=https://rootly.com>Powered by</a>"), "rootly");
  EXPECT_EQ(Of("/api/v1/status.json", "<html>Just a moment", {{"cf-mitigated", "challenge"}}, 403),
            "")
      << "a challenge is anybody's";
  EXPECT_EQ(Find("rootly"), nullptr);
}

TEST(FingerprintTest, FlashdutyHasANameThoughWeCannotReadIt) {
  EXPECT_EQ(Of("/", "<script src=https://cdn.flashduty.com/x.js>"), "flashduty");
  EXPECT_EQ(Of("/", "<script>fetch('/api/status-page/641/summary/active')</script>"), "flashduty");
  EXPECT_EQ(Find("flashduty"), nullptr);
}

TEST(FingerprintTest, AwsHealth) {
  EXPECT_EQ(Of("/public/currentevents", std::string("\xFE\xFF\0[\0]", 6)), "aws_health");
  EXPECT_EQ(Of("/public/currentevents", std::string("\xFF\xFE[\0]\0", 6)), "aws_health");
  EXPECT_EQ(Of("/public/currentevents", "[]"), "");
}

TEST(FingerprintTest, GoogleCloud) {
  EXPECT_EQ(Of("/incidents.json", R"([{"id":"A","service_key":"k"}])"), "google_cloud");
  EXPECT_EQ(Of("/incidents.json", "[]"), "");
}

TEST(FingerprintTest, StatusIo) {
  EXPECT_EQ(Of("/", "<script>var statuspage_id = '5';</script>"), "statusio");
}

TEST(FingerprintTest, WhatSaysNothing) {
  for (const std::string_view body : {"", "null", "[]", "{}", "<html></html>", "\xFE\xFF", "[7]"}) {
    for (const std::string_view path : ProbePaths()) EXPECT_EQ(Of(path, body), "") << path;
  }
  EXPECT_EQ(Of("/summary.json", R"({"page":{"status":"UP"}})", {}, 404), "");
}

TEST(FingerprintTest, EveryNameIsAPlatformOrOneThatWeCannotRead) {
  const auto paths = ProbePaths();
  EXPECT_EQ(paths.front(), "/");
  EXPECT_TRUE(
      std::ranges::all_of(paths, [](std::string_view path) { return path.starts_with('/'); }));
  for (const char* name :
       {"statuspage", "incidentio", "instatus", "betterstack", "onlineornot", "datadog",
        "cloudflare_status", "aws_health", "google_cloud", "statusio"}) {
    EXPECT_NE(Find(name), nullptr) << name;
  }
}

}  // namespace
}  // namespace fails::platforms
