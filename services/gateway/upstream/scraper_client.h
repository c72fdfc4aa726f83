// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "fails/v1/scraper_service.pb.h"
#include "services/gateway/http/task.h"

namespace grpc {
class Channel;
}

namespace fails::gateway {

// The scraper, as the routes see it. Each call: the status the process answered, UNAVAILABLE while
// it is not there, DEADLINE_EXCEEDED after the timeout. Thread-safe; outlives its calls.
class ScraperClient {
 public:
  ScraperClient(std::shared_ptr<grpc::Channel> channel, absl::Duration timeout);
  ~ScraperClient();

  template <class T>
  using Reply = http::Task<absl::StatusOr<T>>;

  // `trace`: the request's traceparent.
  Reply<v1::PollNowResponse> PollNow(v1::PollNowRequest request, std::string trace) const;
  Reply<v1::BackfillResponse> Backfill(v1::BackfillRequest request, std::string trace) const;
  // The file goes in pieces. Waits for minutes rather than for the timeout of the others.
  Reply<v1::ImportResponse> Import(std::string format, std::shared_ptr<const std::string> file,
                                   std::string trace) const;

 private:
  struct Stub;
  std::unique_ptr<Stub> stub_;
  absl::Duration timeout_;
};

}  // namespace fails::gateway
