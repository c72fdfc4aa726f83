// SPDX-License-Identifier: Apache-2.0
#include "common/bus/consumer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/bus/bury.h"
#include "common/bus/in_progress.h"
#include "common/bus/message.h"
#include "common/bus/pull.h"
#include "common/bus/turns.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"

namespace fails::bus {
namespace {

constexpr absl::Duration kFetchWait =
    absl::Milliseconds(250);  // how long Stop may take without a handler
constexpr runtime::RetryPolicy kRebind = {.initial = absl::Milliseconds(100),
                                          .max = absl::Seconds(2)};

const char* NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kDone:
      return "done";
    case Outcome::kLater:
      return "later";
    case Outcome::kNever:
      return "never";
    case Outcome::kStopping:
      return "stopping";
  }
  return "";
}

std::map<Outcome, obs::Counter> Counters(const std::string& consumer) {
  std::map<Outcome, obs::Counter> counters;
  for (const Outcome outcome :
       {Outcome::kDone, Outcome::kLater, Outcome::kNever, Outcome::kStopping}) {
    counters.emplace(
        outcome,
        obs::GetCounter("fails_bus_handled_total", "Messages handled, by what became of them",
                        {{"consumer", consumer}, {"outcome", NameOf(outcome)}}));
  }
  return counters;
}

}  // namespace

struct Consumer::Impl {
  Impl(Connection& connection, Options given, Handler handler)
      : connection(connection),
        options(std::move(given)),
        handler(std::move(handler)),
        graveyard(connection),
        handled(Counters(options.durable)),
        seconds(obs::GetHistogram("fails_bus_handler_seconds", "Time in the handler of a message",
                                  {{"consumer", options.durable}})) {}

  // A fetched message and its place among those of its subject.
  struct Job {
    MsgHandle message;
    Turns::Turn turn;
  };

  void Run();
  absl::Status Serve();
  void Work(Pull& pull);
  absl::StatusOr<std::vector<Job>> Fetch(Pull& pull);
  bool Ready() ABSL_EXCLUSIVE_LOCKS_REQUIRED(fetching);
  void HandleBatch(std::vector<Job> batch);
  void HandleOne(natsMsg* message);
  absl::Status Call(natsMsg* message, const DeliveryInfo& info);
  void Settle(natsMsg* message, const DeliveryInfo& info, Outcome outcome,
              const absl::Status& status);
  absl::Status BuryIt(natsMsg* message, const DeliveryInfo& info, const absl::Status& status);
  void HandBack(natsMsg* message);
  void AskLater(natsMsg* message, int attempt);

  Connection& connection;
  const Options options;
  const Handler handler;
  Publisher graveyard;
  const std::map<Outcome, obs::Counter> handled;
  const obs::Histogram seconds;

  absl::Notification stop;
  std::thread thread;
  Turns turns;
  absl::Mutex fetching;  // held by the worker that fetches: the order of turns is that of delivery
  absl::Status ended ABSL_GUARDED_BY(fetching);  // why no more can be fetched
  std::atomic<bool> in_doubt = true;             // whether what the handler needs is there
  absl::Status unready ABSL_GUARDED_BY(fetching);
  int waits ABSL_GUARDED_BY(fetching) = 0;  // for it, one after the other
  std::unique_ptr<InProgress> in_progress;
  int max_deliver = 0;
};

void Consumer::Impl::Run() {
  absl::Status last;
  for (int attempt = 1; !stop.HasBeenNotified(); ++attempt) {
    const absl::Time began = absl::Now();
    const absl::Status served = Serve();
    if (served.ok()) return;
    if (absl::Now() - began > kRebind.max) attempt = 1;
    if (std::exchange(last, served) != served) {
      spdlog::warn("consumer {} waits: {}", options.durable, std::string(served.message()));
    }
    stop.WaitForNotificationWithTimeout(kRebind.DelayFor(attempt));
  }
}

// Handles messages until Stop (OK) or until the consumer cannot be asked any more.
absl::Status Consumer::Impl::Serve() {
  FAILS_ASSIGN_OR_RETURN(const auto session, connection.Acquire());
  FAILS_ASSIGN_OR_RETURN(const auto pull, Pull::Bind(session, options.stream, options.durable));
  in_progress = std::make_unique<InProgress>(absl::Nanoseconds(pull->config().AckWait) / 3);
  const std::int64_t limit = pull->config().MaxDeliver;  // of the server, which stops silently
  max_deliver = limit > 0 ? static_cast<int>(std::min<std::int64_t>(limit, options.max_deliver))
                          : options.max_deliver;
  {
    absl::MutexLock lock(&fetching);
    ended = absl::OkStatus();
  }
  std::vector<std::thread> others;
  for (int i = 1; i < options.workers; ++i) {
    others.emplace_back([this, &pull] { Work(*pull); });
  }
  Work(*pull);
  for (std::thread& other : others) other.join();
  for (const MsgHandle& message : pull->Leftovers()) HandBack(message.get());
  absl::MutexLock lock(&fetching);
  return ended;
}

// One worker fetches while the others handle; who has fetched leaves the place to the next.
void Consumer::Impl::Work(Pull& pull) {
  while (!stop.HasBeenNotified()) {
    auto batch = Fetch(pull);
    if (!batch.ok()) return;
    HandleBatch(*std::move(batch));
  }
}

absl::StatusOr<std::vector<Consumer::Impl::Job>> Consumer::Impl::Fetch(Pull& pull) {
  absl::MutexLock lock(&fetching);
  std::vector<Job> jobs;
  if (stop.HasBeenNotified()) return jobs;
  // Asking through a lost connection would look like silence.
  if (ended.ok()) ended = connection.Probe();
  if (!ended.ok()) return ended;
  if (!Ready()) return jobs;
  auto messages = pull.Fetch(options.batch, kFetchWait);
  if (!messages.ok()) return ended = messages.status();
  for (MsgHandle& message : *messages) {
    in_progress->Add(message.get());
    Turns::Turn turn = turns.Draw(natsMsg_GetSubject(message.get()));
    jobs.push_back({std::move(message), std::move(turn)});
  }
  return jobs;
}

// Waits a moment when the answer is no.
bool Consumer::Impl::Ready() {
  if (!options.ready || !in_doubt.exchange(false)) return true;
  const absl::Status status = options.ready();
  if (std::exchange(unready, status) != status && !status.ok()) {
    spdlog::warn("consumer {} waits: {}", options.durable, std::string(status.message()));
  }
  if (status.ok()) {
    waits = 0;
    return true;
  }
  in_doubt = true;
  stop.WaitForNotificationWithTimeout(kRebind.DelayFor(++waits));
  return false;
}

void Consumer::Impl::HandleBatch(std::vector<Job> batch) {
  for (Job& job : batch) {
    // Leaves the line as soon as it is done, not with the rest of the batch.
    const Job now = std::move(job);
    now.turn.Await();
    if (stop.HasBeenNotified()) {
      HandBack(now.message.get());
    } else {
      HandleOne(now.message.get());
    }
    in_progress->Remove(now.message.get());
  }
}

void Consumer::Impl::HandleOne(natsMsg* message) {
  const auto info = InfoOf(message);
  if (!info.ok()) {  // nothing can be answered to a message that does not tell where it is from
    spdlog::error("consumer {}: {}", options.durable, std::string(info.status().message()));
    return;
  }
  const obs::TraceScope trace(HeaderOf(message, kTraceparentHeader));
  if (info->delivered > max_deliver) {
    const absl::Status unanswered = absl::InternalError(
        fmt::format("{} deliveries ended without an answer", info->delivered - 1));
    Settle(message, *info, Outcome::kNever, unanswered);
    return;
  }
  const absl::Status status = Call(message, *info);
  Settle(message, *info, OutcomeOf(status, info->delivered >= max_deliver), status);
}

absl::Status Consumer::Impl::Call(natsMsg* message, const DeliveryInfo& info) {
  const Delivery delivery = {.subject = natsMsg_GetSubject(message),
                             .payload = PayloadOf(message),
                             .message_id = HeaderOf(message, kMessageIdHeader),
                             .sequence = info.stream_sequence,
                             .attempt = info.delivered,
                             .stored_at = info.stored_at};
  const absl::Time began = absl::Now();
  absl::Status status;
  try {
    status = handler(delivery);
  } catch (const std::exception& e) {
    status = absl::InternalError(e.what());
  } catch (...) {
    status = absl::InternalError("the handler threw something that is no std::exception");
  }
  seconds.Observe(absl::ToDoubleSeconds(absl::Now() - began));
  return status;
}

// An answer that does not get through is no loss: the message comes again.
void Consumer::Impl::Settle(natsMsg* message, const DeliveryInfo& info, Outcome outcome,
                            const absl::Status& status) {
  handled.at(outcome).Increment();
  switch (outcome) {
    case Outcome::kDone:
      in_progress->Remove(message);
      natsMsg_Ack(message, nullptr);
      break;
    case Outcome::kLater:
      spdlog::warn("consumer {}: message {} later, attempt {}: {}", options.durable,
                   info.stream_sequence, info.delivered, status.ToString());
      in_doubt = true;
      AskLater(message, info.delivered);
      break;
    case Outcome::kNever:
      if (BuryIt(message, info, status).ok()) {
        in_progress->Remove(message);
        natsMsg_Term(message, nullptr);
      } else {
        AskLater(message, info.delivered);
      }
      break;
    case Outcome::kStopping:
      HandBack(message);
      break;
  }
}

absl::Status Consumer::Impl::BuryIt(natsMsg* message, const DeliveryInfo& info,
                                    const absl::Status& status) {
  spdlog::error("consumer {}: message {} becomes a dead letter after {} deliveries: {}",
                options.durable, info.stream_sequence, info.delivered, status.ToString());
  absl::Status buried = Bury(graveyard, options.stream, options.durable, message, info, status,
                             absl::Now() + options.dead_letter_wait);
  if (!buried.ok()) {
    spdlog::error("consumer {}: the dead letter of message {} was not stored: {}", options.durable,
                  info.stream_sequence, buried.ToString());
  }
  return buried;
}

void Consumer::Impl::HandBack(natsMsg* message) {
  in_progress->Remove(message);
  natsMsg_Nak(message, nullptr);
}

void Consumer::Impl::AskLater(natsMsg* message, int attempt) {
  thread_local absl::InsecureBitGen random;
  const absl::Duration delay =
      options.redelivery.DelayFor(attempt, absl::Uniform(random, 0.0, 1.0));
  in_progress->Remove(message);
  natsMsg_NakWithDelay(message, absl::ToInt64Milliseconds(delay), nullptr);
}

Consumer::Consumer(Connection& connection, Options options, Handler handler)
    : impl_(std::make_unique<Impl>(connection, std::move(options), std::move(handler))) {}

Consumer::~Consumer() {
  Stop();
}

void Consumer::Start() {
  if (impl_->thread.joinable() || impl_->stop.HasBeenNotified()) return;
  impl_->thread = std::thread([impl = impl_.get()] { impl->Run(); });
}

void Consumer::Stop() {
  if (impl_->stop.HasBeenNotified()) return;
  impl_->stop.Notify();
  if (impl_->thread.joinable()) impl_->thread.join();
}

}  // namespace fails::bus
