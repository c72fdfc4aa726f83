// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fails/v1/scraper_service.grpc.pb.h"
#include "services/scraper/app/import_desk.h"
#include "services/scraper/app/page_desk.h"

namespace fails::scraper {

// fails.v1.ScraperService over the desks.
class GrpcScraperService final : public v1::ScraperService::Service {
 public:
  GrpcScraperService(PageDesk& desk, const ImportDesk& imports) : desk_(desk), imports_(imports) {}

  grpc::Status ListPages(grpc::ServerContext* context,
                         const v1::ScraperServiceListPagesRequest* request,
                         v1::ScraperServiceListPagesResponse* response) override;
  grpc::Status PollNow(grpc::ServerContext* context, const v1::PollNowRequest* request,
                       v1::PollNowResponse* response) override;
  grpc::Status Backfill(grpc::ServerContext* context, const v1::BackfillRequest* request,
                        v1::BackfillResponse* response) override;
  grpc::Status Import(grpc::ServerContext* context, grpc::ServerReader<v1::ImportRequest>* reader,
                      v1::ImportResponse* response) override;

 private:
  PageDesk& desk_;
  const ImportDesk& imports_;
};

}  // namespace fails::scraper
