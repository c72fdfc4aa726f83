// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/grpc_service.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/testing/fake_clock.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

using ::testing::HasSubstr;

class GrpcServiceTest : public ::testing::Test {
 protected:
  GrpcServiceTest() {
    auto server = rpc::Server::Start("127.0.0.1:0", {&service_});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    stub_ =
        v1::ScraperService::NewStub(rpc::MakeChannel(fmt::format("127.0.0.1:{}", server_->port())));
  }
  ~GrpcServiceTest() override { server_->Stop(absl::Now()); }

  grpc::Status PollNow(const std::string& page) {
    v1::PollNowRequest request;
    request.set_page(page);
    v1::PollNowResponse response;
    grpc::ClientContext context;
    rpc::Prepare(context, absl::Seconds(30));
    return stub_->PollNow(&context, request, &response);
  }
  grpc::Status Backfill(const std::string& page) {
    v1::BackfillRequest request;
    request.set_page(page);
    v1::BackfillResponse response;
    grpc::ClientContext context;
    rpc::Prepare(context, absl::Seconds(30));
    return stub_->Backfill(&context, request, &response);
  }

  // Sends the file in two messages.
  grpc::Status Import(const std::string& format, const std::string& file,
                      v1::ImportResponse& response) {
    grpc::ClientContext context;
    rpc::Prepare(context, absl::Seconds(30));
    const auto writer = stub_->Import(&context, &response);
    v1::ImportRequest request;
    request.set_format(format);
    request.set_content(file.substr(0, file.size() / 2));
    writer->Write(request);
    request.Clear();
    request.set_content(file.substr(file.size() / 2));
    writer->Write(request);
    writer->WritesDone();
    return writer->Finish();
  }

  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  MemoryStateStore store_;
  MemoryBackfillStore backfills_;
  FakePlatform young_{{"/list"}, {}};
  FakePlatform old_{{"/list"}, {"/history"}};
  const std::vector<WatchedPage> pages_ = {
      {"young", "acme", "https://young", &young_, absl::Seconds(60), false},
      {"old", "acme", "https://old", &old_, absl::Seconds(60), false}};
  PageDesk desk_{pages_,
                 true,
                 clock_,
                 store_,
                 backfills_,
                 [](const std::string&, const PageState&) {},
                 [](const std::string&, const BackfillState&) {}};
  RecordingSink sink_;
  const FakeFormat format_;
  ImportDesk imports_{clock_, sink_,
                      [this](std::string_view id) { return id == "fake" ? &format_ : nullptr; },
                      [this](std::string_view id) { return id == "fake" ? &old_ : nullptr; }};
  GrpcScraperService service_{desk_, imports_};
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::ScraperService::Stub> stub_;
};

TEST_F(GrpcServiceTest, ListsPages) {
  v1::ScraperServiceListPagesResponse response;
  grpc::ClientContext context;
  rpc::Prepare(context, absl::Seconds(30));
  const grpc::Status status = stub_->ListPages(&context, {}, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.pages_size(), 2);
  EXPECT_EQ(response.pages(0).id(), "young");
  EXPECT_EQ(response.pages(0).status(), v1::PAGE_STATUS_ACTIVE);
  EXPECT_EQ(response.pages(1).health().state(), v1::PAGE_HEALTH_STATE_UNSPECIFIED);
}

TEST_F(GrpcServiceTest, PollsNow) {
  EXPECT_TRUE(PollNow("young").ok());
  EXPECT_EQ(store_.State("young").next_poll_at, clock_.Now());
  EXPECT_EQ(PollNow("nobody").error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(GrpcServiceTest, BackfillsOrSaysInWordsThatThereIsNoHistory) {
  EXPECT_TRUE(Backfill("old").ok());
  EXPECT_EQ(backfills_.State("old").progress.phase, BackfillPhase::kRunning);
  const grpc::Status none = Backfill("young");
  EXPECT_EQ(none.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_THAT(none.error_message(), HasSubstr("offers no history"));
}

TEST_F(GrpcServiceTest, ImportsAFileThatComesInPieces) {
  v1::ImportResponse response;
  const grpc::Status status = Import("fake", "one\n---\ntwo\nproblem line 2\n", response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.documents(), 2);
  EXPECT_EQ(response.outage_days(), 2);
  ASSERT_EQ(response.problems_size(), 1);
  EXPECT_EQ(response.problems(0), "line 2");
  EXPECT_EQ(sink_.published().size(), 2u);
}

TEST_F(GrpcServiceTest, RefusesAnImportInWords) {
  v1::ImportResponse response;
  grpc::Status status = Import("csv", "one", response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "unknown import format 'csv'");
  status = Import("fake", "one\n---\nbroken", response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(sink_.published().size(), 0u);
}

}  // namespace
}  // namespace fails::scraper
