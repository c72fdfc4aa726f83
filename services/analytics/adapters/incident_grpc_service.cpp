// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/incident_grpc_service.h"

#include <utility>

#include "common/rpc/status.h"

namespace fails::analytics {
namespace {

template <class Response>
grpc::Status Answer(absl::StatusOr<Response> result, Response* response) {
  if (!result.ok()) return rpc::ToGrpc(result.status());
  *response = *std::move(result);
  return grpc::Status::OK;
}

}  // namespace

grpc::Status IncidentGrpcService::ListIncidents(grpc::ServerContext*,
                                                const v1::ListIncidentsRequest* request,
                                                v1::ListIncidentsResponse* response) {
  return Answer(incidents_.List(*request), response);
}

grpc::Status IncidentGrpcService::GetIncident(grpc::ServerContext*,
                                              const v1::GetIncidentRequest* request,
                                              v1::GetIncidentResponse* response) {
  return Answer(incidents_.Get(*request), response);
}

grpc::Status IncidentGrpcService::ListProviders(grpc::ServerContext*,
                                                const v1::ListProvidersRequest*,
                                                v1::ListProvidersResponse* response) {
  *response = catalog_.ListProviders();
  return grpc::Status::OK;
}

grpc::Status IncidentGrpcService::ListServices(grpc::ServerContext*,
                                               const v1::ListServicesRequest* request,
                                               v1::ListServicesResponse* response) {
  return Answer(catalog_.ListServices(request->provider()), response);
}

grpc::Status IncidentGrpcService::ListPages(grpc::ServerContext*, const v1::ListPagesRequest*,
                                            v1::ListPagesResponse* response) {
  *response = catalog_.ListPages();
  return grpc::Status::OK;
}

}  // namespace fails::analytics
