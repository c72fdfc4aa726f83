// SPDX-License-Identifier: Apache-2.0
#include "common/runtime/runtime.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <signal.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/obs/log.h"
#include "common/runtime/or_throw.h"
#include "common/testing/await.h"

namespace fails::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Runtime::Options AnyPort() {
  return {.process = "test", .admin_address = "127.0.0.1:0"};
}

struct Answer {
  int status = 0;
  std::string body;
};

Answer Get(const std::string& address, const std::string& path) {
  httplib::Client client("http://" + address);
  const auto result = client.Get(path);
  return result ? Answer{result->status, result->body} : Answer{};
}

// The runtime of one test, which runs until the object dies.
class Running {
 public:
  explicit Running(Runtime& runtime)
      : runtime_(runtime), thread_([this] { status_ = runtime_.RunUntilSignal(); }) {}
  ~Running() { Finish(); }
  int Finish() {
    runtime_.RequestStop();
    if (thread_.joinable()) thread_.join();
    return status_;
  }

 private:
  Runtime& runtime_;
  int status_ = -1;
  std::thread thread_;
};

TEST(RuntimeTest, AdminPortAnswers) {
  Runtime runtime(AnyPort());
  std::atomic<bool> up = false;
  runtime.AddReadiness("postgresql", [&] {
    return up ? absl::OkStatus() : absl::UnavailableError("connection \"refused\"");
  });
  const std::string address = runtime.admin_address();

  EXPECT_EQ(Get(address, "/healthz").status, 200);
  EXPECT_EQ(Get(address, "/readyz").status, 503);
  EXPECT_THAT(Get(address, "/readyz").body, HasSubstr("starting"));
  EXPECT_EQ(Get(address, "/metrics").status, 200);
  EXPECT_THAT(Get(address, "/metrics").body, HasSubstr("fails_build_info"));
  EXPECT_EQ(Get(address, "/").status, 404);
  EXPECT_EQ(Get(address, "/healthz/x").status, 404);

  Running running(runtime);
  const std::string waiting =
      R"({"ready":false,"waiting_for":["postgresql: connection \"refused\""]})";
  EXPECT_TRUE(testing::Await([&] { return Get(address, "/readyz").body == waiting; }));
  EXPECT_EQ(Get(address, "/readyz").status, 503);
  up = true;
  EXPECT_TRUE(testing::Await([&] { return Get(address, "/readyz").status == 200; }));
  EXPECT_EQ(Get(address, "/readyz").body, R"({"ready":true,"waiting_for":[]})");
  EXPECT_THAT(Get(address, "/metrics").body, HasSubstr("fails_runtime_ready 1\n"));
}

TEST(RuntimeTest, AHangingCheckDoesNotHoldUpHealth) {
  Runtime runtime(AnyPort());
  absl::Notification entered, release;
  runtime.AddReadiness("tar pit", [&] {
    if (!entered.HasBeenNotified()) entered.Notify();
    release.WaitForNotification();
    return absl::OkStatus();
  });
  {
    Running running(runtime);
    ASSERT_TRUE(entered.WaitForNotificationWithTimeout(absl::Seconds(30)));
    EXPECT_EQ(Get(runtime.admin_address(), "/healthz").status, 200);
    EXPECT_EQ(Get(runtime.admin_address(), "/readyz").status, 503);
    release.Notify();
  }
}

TEST(RuntimeTest, StopsInReverseOrderWithinOneDeadline) {
  Runtime runtime(AnyPort());
  std::vector<std::string> order;
  std::vector<absl::Time> deadlines;
  std::string ready_while_stopping;
  for (const char* name : {"pool", "server", "intake"}) {
    runtime.OnStop(name, [&, name](absl::Time deadline) {
      order.push_back(name);
      deadlines.push_back(deadline);
      ready_while_stopping = Get(runtime.admin_address(), "/readyz").body;
      EXPECT_EQ(Get(runtime.admin_address(), "/healthz").status, 200);
      EXPECT_TRUE(runtime.stopping());
    });
  }
  EXPECT_FALSE(runtime.stopping());
  const absl::Time begin = absl::Now();
  Running running(runtime);
  EXPECT_EQ(running.Finish(), 0);
  EXPECT_THAT(order, ElementsAre("intake", "server", "pool"));
  EXPECT_EQ(deadlines.front(), deadlines.back());
  EXPECT_GE(deadlines.front(), begin + absl::Seconds(10));
  EXPECT_EQ(ready_while_stopping, R"({"ready":false,"waiting_for":["process: stopping"]})");
  runtime.Stop();  // once more changes nothing
  EXPECT_EQ(order.size(), 3u);
}

TEST(RuntimeTest, AStepThatThrowsFailsTheExitStatusAndNothingElse) {
  Runtime runtime(AnyPort());
  bool first_ran = false;
  runtime.OnStop("first", [&](absl::Time) { first_ran = true; });
  runtime.OnStop("second", [](absl::Time) { throw std::runtime_error("no"); });
  Running running(runtime);
  EXPECT_EQ(running.Finish(), 1);
  EXPECT_TRUE(first_ran);
}

TEST(RuntimeTest, AStartThatFailsHalfwayTouchesNoPart) {
  bool touched = false;
  EXPECT_THROW(
      {
        Runtime runtime(AnyPort());
        runtime.OnStop("gone", [&](absl::Time) { touched = true; });
        runtime.AddReadiness("gone", [&] {
          touched = true;
          return absl::OkStatus();
        });
        throw std::runtime_error("the next part cannot be built");
      },
      std::runtime_error);
  EXPECT_FALSE(touched);
}

TEST(RuntimeTest, ATakenAdminPortIsAnErrorThatNamesIt) {
  Runtime first(AnyPort());
  try {
    Runtime second({.process = "test", .admin_address = first.admin_address()});
    FAIL() << "two runtimes share " << first.admin_address();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr(first.admin_address()));
  }
}

// In a process of its own, for the signals: `body` gets the runtime and returns what main()
// returns.
template <class Body>
void RunInChild(Body body) {
  std::exit(Main([&] {
    obs::InitLog("test", "info");
    Runtime runtime(AnyPort());
    return body(runtime);
  }));
}

TEST(RuntimeDeathTest, SigtermStopsInOrderAndExits0) {
  EXPECT_EXIT(
      RunInChild([](Runtime& runtime) {
        runtime.OnStop("pool", [](absl::Time) {});
        runtime.OnStop("intake", [](absl::Time) {});
        kill(getpid(), SIGTERM);
        return runtime.RunUntilSignal();
      }),
      ::testing::ExitedWithCode(0),
      "stopping: Terminated(.|\n)*stopped intake(.|\n)*stopped pool(.|\n)*test has stopped");
}

TEST(RuntimeDeathTest, ASecondSignalDoesNotCutTheStopShort) {
  EXPECT_EXIT(RunInChild([](Runtime& runtime) {
                runtime.OnStop("slow part", [](absl::Time) {
                  kill(getpid(), SIGTERM);
                  kill(getpid(), SIGINT);
                });
                kill(getpid(), SIGINT);
                return runtime.RunUntilSignal();
              }),
              ::testing::ExitedWithCode(0), "stopping: Interrupt(.|\n)*stopped slow part");
}

TEST(RuntimeDeathTest, SigpipeIsIgnored) {
  EXPECT_EXIT(RunInChild([](Runtime& runtime) {
                kill(getpid(), SIGPIPE);
                kill(getpid(), SIGTERM);
                return runtime.RunUntilSignal();
              }),
              ::testing::ExitedWithCode(0), "test has stopped");
}

TEST(RuntimeDeathTest, LogsWhatItWaitsForWheneverThatChanges) {
  EXPECT_EXIT(RunInChild([](Runtime& runtime) {
                int calls = 0;
                runtime.AddReadiness("postgresql", [&]() -> absl::Status {
                  if (++calls == 4) runtime.RequestStop();
                  return calls < 3 ? absl::UnavailableError("connection refused")
                                   : absl::OkStatus();
                });
                return runtime.RunUntilSignal();
              }),
              ::testing::ExitedWithCode(0),
              "\"waiting for postgresql: connection "
              "refused\"[^\n]*\n[^\n]*\"ready\"[^\n]*\n[^\n]*stopping");
}

TEST(MainTest, ReturnsWhatTheBodyReturns) {
  EXPECT_EQ(Main([] { return 7; }), 7);
}

TEST(MainTest, AnEscapedExceptionIsLoggedAndReturns1) {
  ::testing::internal::CaptureStderr();
  const int status = Main([]() -> int {
    obs::InitLog("test", "info");
    OrThrow<int>(absl::UnavailableError("port 1 is taken"));
    return 0;
  });
  EXPECT_EQ(status, 1);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("port 1 is taken"));
}

}  // namespace
}  // namespace fails::runtime
