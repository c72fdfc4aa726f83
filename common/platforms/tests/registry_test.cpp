// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/registry.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "common/platforms/import_format.h"

namespace fails::platforms {
namespace {

// What every platform owes the scraper and the normalizer, whatever its format.
TEST(RegistryTest, EveryPlatformKeepsTheContract) {
  std::set<std::string_view> ids;
  for (const Platform* platform : All()) {
    SCOPED_TRACE(platform->id());
    EXPECT_TRUE(ids.insert(platform->id()).second) << "two platforms of one id";
    EXPECT_EQ(Find(platform->id()), platform);
    const auto requests =
        platform->FirstRequests("https://status.example.com", Purpose::kPoll, absl::UnixEpoch());
    EXPECT_EQ(requests.empty(), FindImportFormat(platform->id()) != nullptr)
        << "only what is read from files asks for nothing";
    std::set<std::string> kinds;
    for (const DocumentRequest& request : requests) {
      EXPECT_TRUE(kinds.insert(request.kind).second);
      EXPECT_TRUE(request.url.starts_with("https://status.example.com/")) << request.url;
      for (const std::string_view body :
           {"", "null", "[]", "{}", "<html></html>", "{\"page\":", "\xFF\xFE", "{\"page\":1}"}) {
        const DocumentView document{request.kind, request.url, "application/json", body, {}};
        EXPECT_EQ(platform->Recognize(document).code(), absl::StatusCode::kFailedPrecondition);
        EXPECT_EQ(platform->Parse(document).status().code(), absl::StatusCode::kInvalidArgument);
        EXPECT_TRUE(
            platform->FollowUps("https://status.example.com", Purpose::kPoll, document).empty());
      }
    }
  }
  EXPECT_EQ(Find("no-such-platform"), nullptr);
}

}  // namespace
}  // namespace fails::platforms
