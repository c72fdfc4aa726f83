// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/listing/cursor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;

RC_GTEST_PROP(Cursor, ComesBackAsItWent, ()) {
  const ListPosition position{
      absl::FromUnixMicros(*rc::gen::inRange<std::int64_t>(-62135596800000000, 253402300799999999)),
      *rc::gen::arbitrary<std::string>()};
  const std::string cursor = EncodeCursor({}, position);
  RC_ASSERT(std::ranges::all_of(
      cursor, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; }));
  const auto decoded = DecodeCursor({}, cursor);
  RC_ASSERT(decoded.ok());
  RC_ASSERT(decoded->at == position.at);
  RC_ASSERT(decoded->id == position.id);
}

RC_GTEST_PROP(Cursor, AnyChangeIsFoundOut, ()) {
  const std::string good = EncodeCursor({}, {At("2024-03-01T00:00:00Z"), "openai/abc"});
  std::string bad = good;
  const auto at = *rc::gen::inRange<std::size_t>(0, good.size());
  const char c = *rc::gen::element('A', 'b', '0', '-', '_', '=', ' ', '\0', '\xff');
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      bad[at] = c;
      break;
    case 1:
      bad.insert(bad.begin() + static_cast<std::ptrdiff_t>(at), c);
      break;
    default:
      bad.resize(at);
  }
  RC_PRE(bad != good);
  const auto decoded = DecodeCursor({}, bad);
  RC_ASSERT(decoded.status().code() == absl::StatusCode::kInvalidArgument);
  RC_ASSERT(decoded.status().ToString().find("cursor") != std::string::npos);
}

RC_GTEST_PROP(Cursor, NonsenseIsRefused, ()) {
  RC_ASSERT(!DecodeCursor({}, *rc::gen::arbitrary<std::string>()).ok());
}

TEST(Cursor, BelongsToItsListOnly) {
  const IncidentFilter list = {.providers = {"openai"}, .text = "errors"};
  const std::string cursor = EncodeCursor(list, {At("2024-03-01T00:00:00Z"), "openai/abc"});
  EXPECT_TRUE(DecodeCursor(list, cursor).ok());
  const std::vector<IncidentFilter> others = {
      {},
      {.providers = {"openai", "anthropic"}, .text = "errors"},
      {.providers = {"openai"}, .services = {"openai/api"}, .text = "errors"},
      {.providers = {"openai"}, .impacts = {Impact::kNone}, .text = "errors"},
      {.providers = {"openai"}, .statuses = {IncidentStatus::kResolved}, .text = "errors"},
      {.providers = {"openai"}, .from = At("2024-01-01T00:00:00Z"), .text = "errors"},
      {.providers = {"openai"}, .to = At("2024-01-01T00:00:00Z"), .text = "errors"},
      {.providers = {"openai"}, .text = "error"},
      {.providers = {"openai"}, .text = "errors", .include_withdrawn = true},
      {.providers = {"openai"}, .text = "errors", .ongoing = false},
      {.providers = {"openai"}, .text = "errors", .ongoing = true},
      {.providers = {"openai"}, .text = "errors", .sort = ListSort::kStartedAtAsc},
  };
  std::vector<std::string> fingerprints = {list.Fingerprint()};
  for (const IncidentFilter& other : others) {
    EXPECT_FALSE(DecodeCursor(other, cursor).ok()) << other.Fingerprint();
    fingerprints.push_back(other.Fingerprint());
  }
  std::ranges::sort(fingerprints);
  EXPECT_EQ(std::unique(fingerprints.begin(), fingerprints.end()), fingerprints.end());
}

}  // namespace
}  // namespace fails::analytics
