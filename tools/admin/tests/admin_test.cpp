// SPDX-License-Identifier: Apache-2.0
// The program against a normalizer of the test's own, over real gRPC.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "absl/synchronization/mutex.h"
#include "common/base/time.h"
#include "common/rpc/server.h"
#include "common/wire/time_proto.h"
#include "tools/admin/cli.h"
#include "tools/admin/commands.h"

namespace fails::admin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class FakeNormalizer final : public v1::NormalizerService::Service {
 public:
  void Bury(const std::string& reason, bool curable) {
    absl::MutexLock lock(&mutex_);
    v1::DeadLetter letter;
    letter.set_sequence(++last_);
    letter.set_page("openai");
    letter.set_reason(reason);
    letters_[last_] = {letter, curable};
  }
  v1::ReplayRequest replayed() const {
    absl::MutexLock lock(&mutex_);
    return replayed_;
  }

  grpc::Status Replay(grpc::ServerContext*, const v1::ReplayRequest* request,
                      grpc::ServerWriter<v1::ReplayResponse>* writer) override {
    absl::MutexLock lock(&mutex_);
    replayed_ = *request;
    v1::ReplayResponse state;
    state.set_documents_total(300);
    for (const int read : {200, 300}) {
      state.set_documents_read(read);
      state.set_incidents_changed(read / 100);
      writer->Write(state);
    }
    if (request->page() != "broken") return grpc::Status::OK;
    return {grpc::StatusCode::UNAVAILABLE, "the raw stream stopped answering"};
  }

  grpc::Status ListDeadLetters(grpc::ServerContext*, const v1::ListDeadLettersRequest* request,
                               v1::ListDeadLettersResponse* response) override {
    absl::MutexLock lock(&mutex_);
    for (const auto& [sequence, letter] : letters_) {
      if (sequence <= request->after_sequence()) continue;
      if (response->dead_letters_size() == request->limit()) break;
      *response->add_dead_letters() = letter.first;
    }
    return grpc::Status::OK;
  }

  grpc::Status GetDeadLetter(grpc::ServerContext*, const v1::GetDeadLetterRequest* request,
                             v1::GetDeadLetterResponse* response) override {
    absl::MutexLock lock(&mutex_);
    const auto it = letters_.find(request->sequence());
    if (it == letters_.end()) return {grpc::StatusCode::NOT_FOUND, "there is no such message"};
    *response->mutable_dead_letter() = it->second.first;
    (*response->mutable_headers())["Colour"] = "green";
    response->set_payload("12345");
    response->set_body("line one\nline \x1B[31mtwo");
    return grpc::Status::OK;
  }

  grpc::Status RetryDeadLetter(grpc::ServerContext*, const v1::RetryDeadLetterRequest* request,
                               v1::RetryDeadLetterResponse* response) override {
    absl::MutexLock lock(&mutex_);
    const auto it = letters_.find(request->sequence());
    if (it == letters_.end()) return {grpc::StatusCode::NOT_FOUND, "there is no such message"};
    if (!it->second.second) return {grpc::StatusCode::INVALID_ARGUMENT, "HTML instead of JSON"};
    letters_.erase(it);
    response->set_incidents_changed(3);
    return grpc::Status::OK;
  }

 private:
  mutable absl::Mutex mutex_;
  std::map<std::uint64_t, std::pair<v1::DeadLetter, bool>> letters_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t last_ ABSL_GUARDED_BY(mutex_) = 0;
  v1::ReplayRequest replayed_ ABSL_GUARDED_BY(mutex_);
};

class AdminTest : public ::testing::Test {
 protected:
  int Admin(std::vector<std::string> arguments) {
    out_.str("");
    errors_.str("");
    arguments.insert(arguments.begin(),
                     {"fails-admin", "--normalizer", fmt::format("127.0.0.1:{}", server_->port())});
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    return admin::Run(static_cast<int>(argv.size()), argv.data(), out_, errors_);
  }

  FakeNormalizer normalizer_;
  std::unique_ptr<rpc::Server> server_ = *rpc::Server::Start("127.0.0.1:0", {&normalizer_});
  std::ostringstream out_, errors_;
};

TEST_F(AdminTest, ReplaysWithProgress) {
  EXPECT_EQ(Admin({"replay", "--page", "openai", "--from", "2026-01-01T00:00:00Z"}), 0);
  EXPECT_EQ(out_.str(), "replayed 300 documents: 3 incidents changed\n");
  EXPECT_THAT(errors_.str(), HasSubstr("200 of 300 documents read, 2 incidents changed\n"));
  EXPECT_EQ(normalizer_.replayed().page(), "openai");
  EXPECT_EQ(ToRfc3339(wire::FromProto(normalizer_.replayed().from())), "2026-01-01T00:00:00Z");
  EXPECT_FALSE(normalizer_.replayed().has_to());
  EXPECT_EQ(Admin({"replay", "--page", "broken"}), 1);
  EXPECT_THAT(errors_.str(), HasSubstr("the raw stream stopped answering"));
}

TEST_F(AdminTest, ListsInPortionsAndShows) {
  EXPECT_EQ(Admin({"dead-letters", "list"}), 0);
  EXPECT_EQ(out_.str(), "none\n");
  for (int i = 1; i <= 201; ++i) normalizer_.Bury(fmt::format("reason\n{}", i), false);
  EXPECT_EQ(Admin({"dead-letters", "list"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("\n201  "));
  EXPECT_THAT(out_.str(), HasSubstr("reason 201\n"));
  EXPECT_EQ(Admin({"dead-letters", "show", "7"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("Colour: green\npayload: 5 bytes\n\nline one\nline  [31mtwo"));
  EXPECT_EQ(Admin({"dead-letters", "show", "999"}), 1);
  EXPECT_THAT(errors_.str(), HasSubstr("NOT_FOUND"));
}

TEST_F(AdminTest, RetriesOneOrAllAndSaysWhatIsStillDead) {
  normalizer_.Bury("a", true);
  normalizer_.Bury("b", false);
  normalizer_.Bury("c", true);
  EXPECT_EQ(Admin({"dead-letters", "retry", "1"}), 0);
  EXPECT_EQ(out_.str(), "1: handled, 3 incidents changed\n");
  EXPECT_EQ(Admin({"dead-letters", "retry", "--all"}), 1);
  EXPECT_EQ(out_.str(), "3: handled, 3 incidents changed\n1 handled, 1 still dead\n");
  EXPECT_THAT(errors_.str(), HasSubstr("2: INVALID_ARGUMENT: HTML instead of JSON\n"));
}

TEST_F(AdminTest, WrongArgumentsAreTold) {
  const std::vector<std::vector<std::string>> wrong = {{},
                                                       {"replay", "--from", "yesterday"},
                                                       {"dead-letters"},
                                                       {"dead-letters", "show"},
                                                       {"dead-letters", "show", "x"},
                                                       {"dead-letters", "retry"},
                                                       {"dead-letters", "retry", "1", "--all"}};
  for (const auto& arguments : wrong) {
    EXPECT_EQ(Admin(arguments), 2) << ::testing::PrintToString(arguments);
    EXPECT_THAT(errors_.str(), Not(::testing::IsEmpty()));
  }
  EXPECT_EQ(Admin({"--help"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("FAILS_NORMALIZER_ADDRESS"));
}

}  // namespace
}  // namespace fails::admin
