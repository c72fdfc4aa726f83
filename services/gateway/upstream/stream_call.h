// SPDX-License-Identifier: Apache-2.0
// Only for this folder's .cpp files: it brings gRPC and the coroutine machinery with it.
#pragma once

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/obs/log.h"
#include "common/rpc/client.h"
#include "common/rpc/status.h"
#include "services/gateway/upstream/message_stream.h"

namespace fails::gateway {

// One server-streaming call of a gRPC callback stub. gRPC calls back on threads of its own.
template <class Message>
class StreamReactor final : public grpc::ClientReadReactor<Message> {
 public:
  // `start(context, reactor)` begins the call. The reactor lives until gRPC is done with it.
  template <class Start>
  static std::shared_ptr<StreamReactor> Begin(Start start, std::string traceparent,
                                              absl::Duration timeout) {
    std::shared_ptr<StreamReactor> reactor(new StreamReactor);
    reactor->self_ = reactor;
    {
      obs::TraceScope trace(traceparent);
      rpc::Prepare(reactor->context_, timeout);
    }
    start(&reactor->context_, reactor.get());
    // Reads are started from outside: without a hold, gRPC would be done between two of them.
    reactor->AddHold();
    reactor->StartCall();
    return reactor;
  }

  // Calls `done` once the next message is there, or the call has ended.
  void Read(std::function<void()> done) {
    {
      absl::MutexLock lock(&mutex_);
      waiting_ = std::move(done);
    }
    this->StartRead(&message_);
  }
  void Cancel() { context_.TryCancel(); }

  // After `done`: the message, or nothing and how the call ended.
  absl::StatusOr<std::optional<Message>> Take() {
    absl::MutexLock lock(&mutex_);
    if (!status_) return std::optional<Message>(std::move(message_));
    if (!status_->ok()) return rpc::FromGrpc(*status_);
    return std::optional<Message>();
  }

  // Nobody will read any more.
  void Abandon() {
    Cancel();
    bool reading;
    {
      absl::MutexLock lock(&mutex_);
      reading = waiting_ != nullptr;
    }
    if (!reading) ReleaseHold();
  }

 private:
  StreamReactor() = default;

  void OnReadDone(bool ok) override {
    if (ok) {
      Resume();
    } else {
      ReleaseHold();  // OnDone comes next
    }
  }
  void OnDone(const grpc::Status& status) override {
    {
      absl::MutexLock lock(&mutex_);
      status_ = status;
    }
    Resume();
    const auto last = std::move(self_);
  }

  void Resume() {
    std::function<void()> done;
    {
      absl::MutexLock lock(&mutex_);
      done.swap(waiting_);
    }
    if (done) done();
  }
  void ReleaseHold() {
    {
      absl::MutexLock lock(&mutex_);
      if (!held_) return;
      held_ = false;
    }
    this->RemoveHold();
  }

  grpc::ClientContext context_;
  Message message_;
  absl::Mutex mutex_;
  std::function<void()> waiting_ ABSL_GUARDED_BY(mutex_);
  std::optional<grpc::Status> status_ ABSL_GUARDED_BY(mutex_);
  bool held_ ABSL_GUARDED_BY(mutex_) = true;
  std::shared_ptr<StreamReactor> self_;
};

template <class Message>
class GrpcMessageStream final : public MessageStream<Message> {
 public:
  explicit GrpcMessageStream(std::shared_ptr<StreamReactor<Message>> reactor)
      : reactor_(std::move(reactor)) {}
  ~GrpcMessageStream() override { reactor_->Abandon(); }

  http::Task<absl::StatusOr<std::optional<Message>>> Next() override {
    namespace asio = boost::asio;
    const auto reactor = reactor_;  // outlives this object while a read is under way
    auto initiate = [reactor](auto handler) {
      auto slot = asio::get_associated_cancellation_slot(handler);
      if (slot.is_connected()) {
        slot.assign([reactor](asio::cancellation_type) { reactor->Cancel(); });
      }
      // The work guard keeps the event loop alive until the answer has been handed over.
      auto work =
          std::make_shared<decltype(asio::make_work_guard(asio::get_associated_executor(handler)))>(
              asio::get_associated_executor(handler));
      auto resume = std::make_shared<decltype(handler)>(std::move(handler));
      reactor->Read([resume, slot, work] {
        asio::post(work->get_executor(), [resume, slot]() mutable {
          if (slot.is_connected()) slot.clear();
          std::move (*resume)();
        });
        work->reset();
      });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(std::move(initiate),
                                                                          asio::use_awaitable);
    co_return reactor->Take();
  }

 private:
  std::shared_ptr<StreamReactor<Message>> reactor_;
};

}  // namespace fails::gateway
