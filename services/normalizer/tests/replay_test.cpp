// SPDX-License-Identifier: Apache-2.0
// Replay and dead letters over a real NATS and a real PostgreSQL.
#include "services/normalizer/app/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <limits>

#include "common/base/time.h"
#include "common/bus/dead_letter.h"
#include "common/bus/publisher.h"
#include "common/bus/stream_reader.h"
#include "common/bus/topology.h"
#include "common/testing/fake_clock.h"
#include "common/testing/private_nats.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"
#include "services/normalizer/app/dead_letters.h"
#include "services/normalizer/tests/database_fixture.h"

namespace fails::normalizer {
namespace {

using ::testing::HasSubstr;

constexpr char kCatalog[] = R"({version: 1, providers: [{id: openai, name: OpenAI, color: "#000000",
  services: [{id: api, name: API, components: [{name: API}]}],
  pages: [{id: openai, platform: statuspage, url: "https://x"}, {id: second, platform: statuspage, url: "https://y"}]}]})";

const absl::Time kNow = absl::Now();  // documents are stored at the real time

v1::RawDocument Document(const std::string& page, const std::string& incident,
                         absl::Time fetched_at) {
  v1::RawDocument document;
  document.set_page(page);
  document.set_platform("statuspage");
  document.set_kind("incidents");
  document.set_url("https://x/api/v2/incidents.json");
  *document.mutable_fetched_at() = wire::ToProto(fetched_at);
  wire::SetBody(
      document,
      fmt::format(R"({{"page":{{"url":"https://x"}},"incidents":[{{"id":"{}","name":"Errors",
        "status":"resolved","impact":"major","created_at":"{}","components":[],
        "incident_updates":[{{"id":"u","status":"resolved","body":"over","display_at":"{}"}}]}}]}})",
                  incident, ToRfc3339(fetched_at), ToRfc3339(fetched_at)));
  return document;
}

class ReplayTest : public DatabaseTest {
 protected:
  ReplayTest() {
    const auto topology = bus::Topology::Load(FAILS_SOURCE_DIR "/deploy/nats/topology.yaml");
    EXPECT_TRUE(topology.ok()) << topology.status();
    EXPECT_TRUE(connection_->AwaitConnected(absl::Now() + absl::Seconds(30)).ok());
    const absl::Status applied = bus::ApplyTopology(*connection_, *topology);
    EXPECT_TRUE(applied.ok()) << applied;
  }

  void Publish(const v1::RawDocument& document) {
    Store({.subject = wire::RawSubject(document), .payload = document.SerializeAsString()});
  }
  void Store(const bus::OutgoingMessage& message) {
    const auto ack = publisher_.Publish(message, absl::Now() + absl::Seconds(30));
    ASSERT_TRUE(ack.ok()) << ack.status();
  }
  // A letter as the consumer writes it.
  void Bury(const std::string& payload,
            std::vector<std::pair<std::string, std::string>> headers = {}) {
    headers.emplace_back(bus::dead_letter::kReason, "FAILED_PRECONDITION: a test");
    headers.emplace_back(bus::dead_letter::kDeliveries, "1");
    Store({.subject = "fails.dead.v1.FAILS_RAW.normalizer",
           .payload = payload,
           .headers = std::move(headers)});
  }

  // The last progress.
  v1::ReplayResponse MustReplay(const v1::ReplayRequest& request = {}) {
    v1::ReplayResponse last;
    const absl::Status status =
        Replay(*connection_, handler_, request, [&](const v1::ReplayResponse& state) {
          last = state;
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
    return last;
  }

  testing::PrivateNats nats_;
  std::unique_ptr<bus::Connection> connection_ = *bus::Connection::Open({.url = nats_.url()});
  bus::Publisher publisher_{*connection_};
  catalog::Catalog catalog_ = *catalog::Catalog::Parse(kCatalog);
  testing::FakeClock clock_{kNow};
  DocumentHandler handler_{catalog_, store_, clock_, [] {}};
};

TEST_F(ReplayTest, ReadsWhatIsThereAndChangesNothingTheSecondTime) {
  EXPECT_EQ(MustReplay().documents_total(), 0);
  for (int i = 0; i < 5; ++i) {
    Publish(Document("openai", fmt::format("i{}", i), kNow + absl::Seconds(i)));
  }
  v1::ReplayResponse done = MustReplay();
  EXPECT_EQ(done.documents_total(), 5);
  EXPECT_EQ(done.documents_read(), 5);
  EXPECT_EQ(done.incidents_changed(), 9) << "each list no longer holds the incident before it";
  const std::string version = Sql("SELECT version FROM incidents.v1_data_version");
  EXPECT_EQ(MustReplay().incidents_changed(), 0);
  EXPECT_EQ(Sql("SELECT version FROM incidents.v1_data_version"), version);
}

TEST_F(ReplayTest, OfOnePageAndATimeAsksTheServerForNoMore) {
  Publish(Document("openai", "a", kNow));
  Publish(Document("second", "b", kNow + absl::Minutes(1)));
  Publish(Document("second", "c", kNow + absl::Minutes(2)));
  v1::ReplayRequest request;
  request.set_page("second");
  *request.mutable_from() = wire::ToProto(kNow + absl::Minutes(2));
  v1::ReplayResponse done = MustReplay(request);
  EXPECT_EQ(done.documents_total(), 2);
  EXPECT_EQ(done.incidents_changed(), 1);
  EXPECT_EQ(Sql("SELECT string_agg(id, ' ') FROM incidents.v1_incident"), "openai/c");
  request.clear_from();
  *request.mutable_to() = wire::ToProto(kNow + absl::Minutes(2));
  EXPECT_EQ(MustReplay(request).incidents_changed(), 1);
  *request.mutable_from() = wire::ToProto(kNow + absl::Hours(3));
  request.clear_to();
  EXPECT_EQ(MustReplay(request).documents_total(), 0) << "stored long before";
  request.clear_from();
  *request.mutable_to() = wire::ToProto(kNow - absl::Hours(48));
  EXPECT_EQ(MustReplay(request).documents_read(), 1) << "stored long after: it stops";
}

TEST_F(ReplayTest, RefusesWhatCannotBeAndStopsWhenNobodyListens) {
  const auto replay = [&](const v1::ReplayRequest& request, bool go_on) {
    return Replay(*connection_, handler_, request, [&](const auto&) { return go_on; });
  };
  v1::ReplayRequest request;
  request.set_page("open.*");
  EXPECT_THAT(std::string(replay(request, true).message()), HasSubstr("'open.*'"));
  request.clear_page();
  *request.mutable_from() = *request.mutable_to() = wire::ToProto(kNow);
  EXPECT_EQ(replay(request, true).code(), absl::StatusCode::kInvalidArgument);
  Publish(Document("openai", "a", kNow));
  EXPECT_EQ(replay({}, false).code(), absl::StatusCode::kCancelled);
}

TEST_F(ReplayTest, ADeadLetterIsShownTriedAgainAndGone) {
  Bury(Document("openai", "a", kNow).SerializeAsString(), {{"Colour", "green"}});
  v1::GetDeadLetterRequest get;
  get.set_sequence(1);
  const auto letter = GetDeadLetter(*connection_, get);
  ASSERT_TRUE(letter.ok()) << letter.status();
  EXPECT_EQ(letter->dead_letter().page(), "openai");
  EXPECT_EQ(letter->dead_letter().reason(), "FAILED_PRECONDITION: a test");
  EXPECT_EQ(letter->headers().at("Colour"), "green");
  EXPECT_THAT(letter->body(), HasSubstr("\"Errors\""));
  EXPECT_FALSE(letter->payload().empty());

  v1::RetryDeadLetterRequest retry;
  retry.set_sequence(1);
  const auto done = RetryDeadLetter(*connection_, handler_, retry);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->incidents_changed(), 1);
  EXPECT_EQ(GetDeadLetter(*connection_, get).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(RetryDeadLetter(*connection_, handler_, retry).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(ReplayTest, ADeadLetterThatStillFailsStays) {
  Bury(Document("nowhere", "a", kNow).SerializeAsString());
  Bury("no document");
  v1::RetryDeadLetterRequest retry;
  retry.set_sequence(1);
  EXPECT_EQ(RetryDeadLetter(*connection_, handler_, retry).status().code(),
            absl::StatusCode::kFailedPrecondition);
  retry.set_sequence(2);
  EXPECT_EQ(RetryDeadLetter(*connection_, handler_, retry).status().code(),
            absl::StatusCode::kInvalidArgument);
  const auto left = ListDeadLetters(*connection_, {});
  ASSERT_TRUE(left.ok()) << left.status();
  EXPECT_EQ(left->total(), 2);
  EXPECT_EQ(left->dead_letters_size(), 2);
  v1::GetDeadLetterRequest get;
  get.set_sequence(2);
  EXPECT_EQ(GetDeadLetter(*connection_, get).value().body(), "");
}

// Strangers' bytes: a text that is no UTF-8 would make the whole answer unreadable.
TEST_F(ReplayTest, ListsLettersWhateverIsInThemAndNoneBehindTheLast) {
  Bury("", {{bus::dead_letter::kSubject, "fails.raw.v1.\xff"}});
  const auto all = ListDeadLetters(*connection_, {});
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->dead_letters_size(), 1);
  EXPECT_EQ(all->dead_letters(0).subject(), "fails.raw.v1.\xEF\xBF\xBD");
  for (const std::uint64_t after : {std::uint64_t{1}, std::numeric_limits<std::uint64_t>::max()}) {
    v1::ListDeadLettersRequest request;
    request.set_after_sequence(after);
    EXPECT_EQ(ListDeadLetters(*connection_, request).value().dead_letters_size(), 0) << after;
  }
}

TEST_F(ReplayTest, ADroppedPayloadIsReadWhereItStillIs) {
  Publish(Document("openai", "a", kNow));
  Bury("", {{bus::dead_letter::kPayload, "dropped"}, {bus::dead_letter::kSequence, "1"}});
  Bury("", {{bus::dead_letter::kPayload, "dropped"}, {bus::dead_letter::kSequence, "99"}});
  Bury("", {{bus::dead_letter::kPayload, "dropped"}});
  v1::RetryDeadLetterRequest retry;
  retry.set_sequence(1);
  EXPECT_EQ(RetryDeadLetter(*connection_, handler_, retry).value().incidents_changed(), 1);
  retry.set_sequence(2);
  EXPECT_EQ(RetryDeadLetter(*connection_, handler_, retry).status().code(),
            absl::StatusCode::kNotFound);
  retry.set_sequence(3);
  EXPECT_EQ(RetryDeadLetter(*connection_, handler_, retry).status().code(),
            absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace fails::normalizer
