// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/import_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "common/base/hash.h"
#include "common/platforms/registry.h"
#include "common/testing/fake_clock.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ImportDeskTest : public ::testing::Test {
 protected:
  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  RecordingSink sink_;
  const FakeFormat format_;
  const FakePlatform platform_;
  ImportDesk desk_{clock_, sink_,
                   [this](std::string_view id) { return id == "fake" ? &format_ : nullptr; },
                   [this](std::string_view id) { return id == "fake" ? &platform_ : nullptr; }};
};

TEST_F(ImportDeskTest, PublishesEachPieceAsADocumentOfThePageImport) {
  const auto summary = desk_.Import("fake", "one\ntwo\n---\nthree\nproblem line 5: no start\n");
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(summary->documents, 2);
  EXPECT_EQ(summary->outage_days, 3);
  EXPECT_EQ(summary->incidents, 0);
  EXPECT_THAT(summary->problems, ElementsAre("line 5: no start"));
  ASSERT_THAT(sink_.published(), SizeIs(2));
  const Document document = sink_.published()[0];
  EXPECT_EQ(document.page, "import");
  EXPECT_EQ(document.platform, "fake");
  EXPECT_EQ(document.kind, "fake");
  EXPECT_EQ(document.content_type, "text/fake");
  EXPECT_EQ(document.purpose, DocumentPurpose::kImport);
  EXPECT_EQ(document.body, "one\ntwo\n");
  EXPECT_EQ(document.body_sha256, Sha256("one\ntwo\n"));
  EXPECT_EQ(document.fetched_at, clock_.Now());
  EXPECT_NE(sink_.published()[1].url, document.url);
}

TEST_F(ImportDeskTest, PublishesNothingOfAFileThatIsNotWhollyOfTheFormat) {
  for (const char* file : {"no header", "one\n---\nbroken\n", "problem line 1\n"}) {
    const auto summary = desk_.Import("fake", file);
    EXPECT_EQ(summary.status().code(), absl::StatusCode::kInvalidArgument) << file;
    EXPECT_THAT(sink_.published(), SizeIs(0)) << file;
  }
}

TEST_F(ImportDeskTest, NamesAnUnknownFormat) {
  const absl::Status status = desk_.Import("xml", "one").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(status.ToString(), HasSubstr("unknown import format 'xml'"));
}

TEST_F(ImportDeskTest, TellsAHundredProblemsAtMost) {
  std::string file = "one\n";
  for (int i = 0; i < 150; ++i) file += "problem x\n";
  EXPECT_THAT(desk_.Import("fake", file)->problems, SizeIs(100));
}

TEST_F(ImportDeskTest, SaysHowFarItCameWhenTheBusGoesAway) {
  int left = 1;
  sink_.answer = [&](const Document&) {
    return left-- > 0 ? absl::OkStatus() : absl::UnavailableError("no bus");
  };
  const absl::Status status = desk_.Import("fake", "one\n---\ntwo\n").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(status.ToString(), HasSubstr("1 of 2 documents"));
}

TEST_F(ImportDeskTest, ProblemsNameTheLineOfTheFileHoweverItIsCut) {
  const ImportDesk desk(clock_, sink_, platforms::FindImportFormat, platforms::Find);
  const std::string good =
      R"({"id":"acme/a","title":")" + std::string(100'000, 'x') + R"("})" + "\n";
  std::string file;
  for (int line = 1; line <= 25; ++line) file += line == 24 ? "not json\n" : good;
  const auto summary = desk.Import("ndjson", file);
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(summary->documents, 3);
  EXPECT_EQ(summary->incidents, 24);
  EXPECT_THAT(summary->problems, ElementsAre(HasSubstr("line 24: not JSON")));
  EXPECT_THAT(sink_.published().back().url, ::testing::EndsWith("/3+20"))
      << "so that whoever reads the document can tell it too";
}

TEST_F(ImportDeskTest, TakesNoFileOverTheCap) {
  const std::string huge(ImportDesk::kMaxFileBytes + 1, 'x');
  EXPECT_EQ(desk_.Import("fake", huge).status().code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace fails::scraper
