// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fails/v1/scraper_service.grpc.pb.h"
#include "services/scraper/app/page_desk.h"

namespace fails::scraper {

// fails.v1.ScraperService over the desk.
class GrpcScraperService final : public v1::ScraperService::Service {
 public:
  explicit GrpcScraperService(PageDesk& desk) : desk_(desk) {}

  grpc::Status ListPages(grpc::ServerContext* context,
                         const v1::ScraperServiceListPagesRequest* request,
                         v1::ScraperServiceListPagesResponse* response) override;
  grpc::Status PollNow(grpc::ServerContext* context, const v1::PollNowRequest* request,
                       v1::PollNowResponse* response) override;
  grpc::Status Backfill(grpc::ServerContext* context, const v1::BackfillRequest* request,
                        v1::BackfillResponse* response) override;

 private:
  PageDesk& desk_;
};

}  // namespace fails::scraper
