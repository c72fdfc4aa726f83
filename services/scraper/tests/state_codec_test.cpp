// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/state_codec.h"

#include <gtest/gtest.h>

#include "common/base/hash.h"
#include "common/wire/document.h"
#include "services/scraper/adapters/backfill_codec.h"
#include "services/scraper/adapters/nats_document_sink.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

const absl::Time kNow = absl::FromUnixMillis(1'700'000'000'123);

PageState FullState() {
  PageState state;
  state.owner = "replica";
  state.lease_until = kNow + absl::Seconds(15);
  state.next_poll_at = kNow + absl::Seconds(60);
  state.consecutive_failures = 3;
  ValidatorMap known;
  known["https://a/b?c=d"] = {"W/\"x\"", "Sun, 06 Nov 1994 08:49:37 GMT",
                              std::string("\0\xff raw", 6), "https://a", kNow + absl::Hours(6)};
  known["https://a/b?c=d"].page_updated_at = kNow - absl::Hours(3);
  state.validators = SharedValidators(std::move(known));
  state.health = {.state = HealthState::kRateLimited,
                  .last_attempt_at = kNow,
                  .last_success_at = kNow - absl::Hours(1),
                  .last_change_at = kNow - absl::Hours(2),
                  .last_error = "incidents: HTTP 429",
                  .consecutive_failures = 3,
                  .next_poll_at = kNow + absl::Seconds(60),
                  .detected_platform = "incidentio",
                  .redirected_to = "status.example.com"};
  return state;
}

TEST(StateCodecTest, AStateComesBackAsItWas) {
  const auto full = DecodeState(EncodeState("page", FullState()));
  ASSERT_TRUE(full.ok());
  EXPECT_EQ(*full, FullState());
  const auto untouched = DecodeState(EncodeState("page", {}));
  ASSERT_TRUE(untouched.ok());
  EXPECT_EQ(*untouched, PageState{});
}

TEST(StateCodecTest, EveryHealthStateComesBack) {
  for (const HealthState health :
       {HealthState::kUnknown, HealthState::kOk, HealthState::kStale, HealthState::kUnreachable,
        HealthState::kWrongContent, HealthState::kRateLimited, HealthState::kFrozen,
        HealthState::kMoved, HealthState::kDeleted}) {
    PageState state;
    state.health.state = health;
    EXPECT_EQ(DecodeState(EncodeState("page", state))->health.state, health) << ToString(health);
  }
}

TEST(StateCodecTest, ForeignBytesNeverMakeAStateUnreadable) {
  PageState state;
  state.health.last_error = "\xff\xfe HTML";
  state.validators = SharedValidators({{"https://a/\xff", {.etag = "\"\xc3\""}}});
  const auto decoded = DecodeState(EncodeState("page", state));
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->health.last_error, "\xEF\xBF\xBD\xEF\xBF\xBD HTML");
  EXPECT_EQ(DecodeState("no proto \xff").status().code(), absl::StatusCode::kDataLoss);
}

TEST(StateCodecTest, APageTellsItsCatalogEntryAndHealth) {
  const FakePlatform platform;
  const WatchedPage page{"openai",  "openai-inc",      "https://status.openai.com",
                         &platform, absl::Seconds(60), true};
  const v1::Page proto = ToProto(page, FullState().health, std::nullopt);
  EXPECT_EQ(proto.id(), "openai");
  EXPECT_EQ(proto.provider(), "openai-inc");
  EXPECT_EQ(proto.platform(), "fake");
  EXPECT_EQ(proto.url(), "https://status.openai.com");
  EXPECT_EQ(proto.status(), v1::PAGE_STATUS_DORMANT);
  EXPECT_EQ(proto.interval_seconds(), 60);
  EXPECT_EQ(proto.health().page(), "openai");
  EXPECT_EQ(proto.health().state(), v1::PAGE_HEALTH_STATE_RATE_LIMITED);
  EXPECT_FALSE(ToProto(page, Health{}, std::nullopt).health().has_last_attempt_at());
}

TEST(BackfillCodecTest, AWalkComesBackAsItWas) {
  BackfillState state = BeginBackfill(
      "fake", "https://a",
      {{"history", "https://a/history?page=1", "application/json", "0"}, {"x", "https://a/x", ""}},
      kNow);
  state.owner = "replica";
  state.lease_until = kNow + absl::Seconds(45);
  state.consecutive_failures = 2;
  state.progress.phase = BackfillPhase::kFailed;
  state.progress.documents = 17;
  state.progress.finished_at = kNow + absl::Seconds(3);
  state.progress.last_error = "history: HTTP 503";
  state.pending[1].attempts = 3;
  state.pending[1].instead_of = state.pending[0].url;
  state.pending[1].not_before = kNow + absl::Seconds(8);
  state.skipped = 1;
  state.skipped_words = "incident: HTTP 404";
  const auto decoded = DecodeBackfill(EncodeBackfill(state));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(*decoded, state);
  EXPECT_EQ(*DecodeBackfill(EncodeBackfill({})), BackfillState{});
  EXPECT_EQ(DecodeBackfill("no proto \xff").status().code(), absl::StatusCode::kDataLoss);
}

Document SomeDocument() {
  return {.page = "openai",
          .platform = "statuspage",
          .url = "https://status.openai.com/api/v2/incidents.json",
          .kind = "incidents",
          .fetched_at = kNow,
          .http_status = 200,
          .content_type = "application/json\xff",
          .body = "{}",
          .body_sha256 = Sha256("{}"),
          .purpose = DocumentPurpose::kBackfill};
}

TEST(RawDocumentTest, CarriesTheUntouchedBytes) {
  const v1::RawDocument raw = ToProto(SomeDocument());
  EXPECT_EQ(*wire::Body(raw), "{}");
  EXPECT_EQ(raw.body_sha256(), Sha256("{}"));
  EXPECT_EQ(raw.kind(), "incidents");
  EXPECT_EQ(raw.http_status(), 200);
  EXPECT_EQ(raw.content_type(), "application/json\xEF\xBF\xBD");
  EXPECT_EQ(raw.purpose(), v1::DOCUMENT_PURPOSE_BACKFILL);
  EXPECT_EQ(wire::RawSubject(raw), "fails.raw.v1.statuspage.openai");
}

}  // namespace
}  // namespace fails::scraper
