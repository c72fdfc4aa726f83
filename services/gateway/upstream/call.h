// SPDX-License-Identifier: Apache-2.0
// Only for this folder's .cpp files: it brings gRPC and the coroutine machinery with it.
#pragma once

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/obs/log.h"
#include "common/rpc/client.h"
#include "common/rpc/status.h"
#include "services/gateway/http/task.h"

namespace fails::gateway {

// Awaits one unary call of a gRPC callback stub: `start(context, response, done)` begins it. gRPC
// answers on a thread of its own; the coroutine continues on its connection's. Cancelling the
// coroutine cancels the call.
template <class Response, class Start>
http::Task<absl::StatusOr<Response>> AwaitCall(Start start, std::string traceparent,
                                               absl::Duration timeout) {
  namespace asio = boost::asio;
  // Outlives the coroutine if that is dropped before gRPC is through.
  struct State {
    grpc::ClientContext context;
    Response response;
  };
  auto state = std::make_shared<State>();
  {
    obs::TraceScope trace(traceparent);
    rpc::Prepare(state->context, timeout);
  }

  auto initiate = [state, &start](auto handler) {
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) {
      slot.assign([state](asio::cancellation_type) { state->context.TryCancel(); });
    }
    // The work guard keeps the event loop alive until the answer has been handed over.
    auto work = asio::make_work_guard(asio::get_associated_executor(handler));
    auto resume = std::make_shared<decltype(handler)>(std::move(handler));  // std::function copies
    start(&state->context, &state->response,
          [state, resume, slot,
           work = std::make_shared<decltype(work)>(std::move(work))](const grpc::Status& status) {
            asio::post(work->get_executor(), [resume, slot, status]() mutable {
              if (slot.is_connected()) slot.clear();
              std::move (*resume)(status);
            });
            work->reset();
          });
  };
  const grpc::Status status =
      co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(grpc::Status)>(
          std::move(initiate), asio::use_awaitable);
  if (!status.ok()) co_return rpc::FromGrpc(status);
  co_return std::move(state->response);
}

}  // namespace fails::gateway
