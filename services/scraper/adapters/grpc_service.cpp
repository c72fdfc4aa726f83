// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/grpc_service.h"

#include "common/rpc/status.h"
#include "services/scraper/adapters/state_codec.h"

namespace fails::scraper {

grpc::Status GrpcScraperService::ListPages(grpc::ServerContext*,
                                           const v1::ScraperServiceListPagesRequest*,
                                           v1::ScraperServiceListPagesResponse* response) {
  const auto listed = desk_.List();
  if (!listed.ok()) return rpc::ToGrpc(listed.status());
  for (const PageDesk::Listed& page : *listed) {
    *response->add_pages() = ToProto(page.page, page.health, page.backfill);
  }
  return grpc::Status::OK;
}

grpc::Status GrpcScraperService::PollNow(grpc::ServerContext*, const v1::PollNowRequest* request,
                                         v1::PollNowResponse*) {
  return rpc::ToGrpc(desk_.PollNow(request->page()));
}

grpc::Status GrpcScraperService::Backfill(grpc::ServerContext*, const v1::BackfillRequest* request,
                                          v1::BackfillResponse*) {
  return rpc::ToGrpc(desk_.Backfill(request->page()));
}

}  // namespace fails::scraper
