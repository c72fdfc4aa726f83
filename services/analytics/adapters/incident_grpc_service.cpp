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

// Waits until the client can take more.
template <class Portion>
ExportReader::Take<Portion> WriteTo(grpc::ServerContext& context,
                                    grpc::ServerWriter<Portion>& writer) {
  return [&](const Portion& portion) { return !context.IsCancelled() && writer.Write(portion); };
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

grpc::Status IncidentGrpcService::ListServiceStates(grpc::ServerContext*,
                                                    const v1::ListServiceStatesRequest* request,
                                                    v1::ListServiceStatesResponse* response) {
  return Answer(status_.ListStates(*request), response);
}

grpc::Status IncidentGrpcService::ListServiceStatusChanges(
    grpc::ServerContext*, const v1::ListServiceStatusChangesRequest* request,
    v1::ListServiceStatusChangesResponse* response) {
  return Answer(status_.ListChanges(*request), response);
}

grpc::Status IncidentGrpcService::ExportIncidents(
    grpc::ServerContext* context, const v1::ExportIncidentsRequest* request,
    grpc::ServerWriter<v1::ExportIncidentsResponse>* writer) {
  return rpc::ToGrpc(incidents_.Export(*request, WriteTo(*context, *writer)));
}

grpc::Status IncidentGrpcService::ExportOutageDays(
    grpc::ServerContext* context, const v1::ExportOutageDaysRequest* request,
    grpc::ServerWriter<v1::ExportOutageDaysResponse>* writer) {
  return rpc::ToGrpc(incidents_.Export(*request, WriteTo(*context, *writer)));
}

}  // namespace fails::analytics
