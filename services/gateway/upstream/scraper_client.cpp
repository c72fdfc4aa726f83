// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/upstream/scraper_client.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "fails/v1/scraper_service.grpc.pb.h"
#include "services/gateway/upstream/call.h"

namespace fails::gateway {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;  // gRPC takes messages of at most four
constexpr absl::Duration kImportTimeout = absl::Minutes(5);

using Done = std::function<void(grpc::Status)>;

// Writes a file piece by piece. Deletes itself when the call is over.
class Upload final : public grpc::ClientWriteReactor<v1::ImportRequest> {
 public:
  Upload(std::string format, std::shared_ptr<const std::string> file, Done done)
      : file_(std::move(file)), done_(std::move(done)) {
    request_.set_format(std::move(format));
  }

  void Begin() {
    WriteNext();
    StartCall();
  }

 private:
  void WriteNext() {
    const std::size_t size = std::min(kPieceBytes, file_->size() - sent_);
    request_.set_content(file_->data() + sent_, size);
    sent_ += size;
    if (sent_ == file_->size()) {
      StartWriteLast(&request_, grpc::WriteOptions());
    } else {
      StartWrite(&request_);
    }
  }

  void OnWriteDone(bool ok) override {
    request_.clear_format();
    if (ok && sent_ < file_->size()) WriteNext();
  }

  void OnDone(const grpc::Status& status) override {
    done_(status);
    delete this;
  }

  const std::shared_ptr<const std::string> file_;
  const Done done_;
  v1::ImportRequest request_;
  std::size_t sent_ = 0;
};

}  // namespace

struct ScraperClient::Stub {
  std::unique_ptr<v1::ScraperService::Stub> scraper;
  auto* async() const { return scraper->async(); }
};

ScraperClient::ScraperClient(std::shared_ptr<grpc::Channel> channel, absl::Duration timeout)
    : stub_(new Stub{v1::ScraperService::NewStub(channel)}), timeout_(timeout) {}
ScraperClient::~ScraperClient() = default;

http::Task<absl::StatusOr<v1::PollNowResponse>> ScraperClient::PollNow(v1::PollNowRequest request,
                                                                       std::string trace) const {
  const auto start = [this, &request](grpc::ClientContext* context, v1::PollNowResponse* response,
                                      Done done) {
    stub_->async()->PollNow(context, &request, response, std::move(done));
  };
  co_return co_await AwaitCall<v1::PollNowResponse>(start, std::move(trace), timeout_);
}

http::Task<absl::StatusOr<v1::BackfillResponse>> ScraperClient::Backfill(
    v1::BackfillRequest request, std::string trace) const {
  const auto start = [this, &request](grpc::ClientContext* context, v1::BackfillResponse* response,
                                      Done done) {
    stub_->async()->Backfill(context, &request, response, std::move(done));
  };
  co_return co_await AwaitCall<v1::BackfillResponse>(start, std::move(trace), timeout_);
}

http::Task<absl::StatusOr<v1::ImportResponse>> ScraperClient::Import(
    std::string format, std::shared_ptr<const std::string> file, std::string trace) const {
  const auto start = [this, &format, &file](grpc::ClientContext* context,
                                            v1::ImportResponse* response, Done done) {
    auto* upload = new Upload(format, file, std::move(done));
    stub_->async()->Import(context, response, upload);
    upload->Begin();
  };
  co_return co_await AwaitCall<v1::ImportResponse>(start, std::move(trace),
                                                   std::max(timeout_, kImportTimeout));
}

}  // namespace fails::gateway
