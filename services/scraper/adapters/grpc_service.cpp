// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/grpc_service.h"

#include "common/base/utf8.h"
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

grpc::Status GrpcScraperService::Import(grpc::ServerContext* context,
                                        grpc::ServerReader<v1::ImportRequest>* reader,
                                        v1::ImportResponse* response) {
  v1::ImportRequest piece;
  std::string format;
  std::string file;
  for (bool first = true; reader->Read(&piece); first = false) {
    if (first) {
      format = piece.format();
      if (const absl::Status known = imports_.CheckFormat(format); !known.ok()) {
        return rpc::ToGrpc(known);
      }
    }
    file += piece.content();
    if (file.size() > ImportDesk::kMaxFileBytes) break;  // refused below, in words
  }
  if (context->IsCancelled()) return rpc::ToGrpc(absl::CancelledError("the caller is gone"));
  const auto summary = imports_.Import(format, file);
  if (!summary.ok()) return rpc::ToGrpc(summary.status());
  response->set_documents(summary->documents);
  response->set_incidents(summary->incidents);
  response->set_outage_days(summary->outage_days);
  for (const std::string& problem : summary->problems) response->add_problems(RepairUtf8(problem));
  return grpc::Status::OK;
}

}  // namespace fails::scraper
