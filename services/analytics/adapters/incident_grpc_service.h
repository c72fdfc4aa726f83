// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fails/v1/incident_service.grpc.pb.h"
#include "services/analytics/app/catalog_queries.h"
#include "services/analytics/app/incident_queries.h"
#include "services/analytics/app/status_queries.h"

namespace fails::analytics {

class IncidentGrpcService final : public v1::IncidentService::Service {
 public:
  IncidentGrpcService(IncidentQueries& incidents, const CatalogQueries& catalog,
                      StatusQueries& status)
      : incidents_(incidents), catalog_(catalog), status_(status) {}

  grpc::Status ListIncidents(grpc::ServerContext* context, const v1::ListIncidentsRequest* request,
                             v1::ListIncidentsResponse* response) override;
  grpc::Status GetIncident(grpc::ServerContext* context, const v1::GetIncidentRequest* request,
                           v1::GetIncidentResponse* response) override;
  grpc::Status ListProviders(grpc::ServerContext* context, const v1::ListProvidersRequest* request,
                             v1::ListProvidersResponse* response) override;
  grpc::Status ListServices(grpc::ServerContext* context, const v1::ListServicesRequest* request,
                            v1::ListServicesResponse* response) override;
  grpc::Status ListPages(grpc::ServerContext* context, const v1::ListPagesRequest* request,
                         v1::ListPagesResponse* response) override;
  grpc::Status ListServiceStates(grpc::ServerContext* context,
                                 const v1::ListServiceStatesRequest* request,
                                 v1::ListServiceStatesResponse* response) override;
  grpc::Status ListServiceStatusChanges(grpc::ServerContext* context,
                                        const v1::ListServiceStatusChangesRequest* request,
                                        v1::ListServiceStatusChangesResponse* response) override;
  grpc::Status ExportIncidents(grpc::ServerContext* context,
                               const v1::ExportIncidentsRequest* request,
                               grpc::ServerWriter<v1::ExportIncidentsResponse>* writer) override;
  grpc::Status ExportOutageDays(grpc::ServerContext* context,
                                const v1::ExportOutageDaysRequest* request,
                                grpc::ServerWriter<v1::ExportOutageDaysResponse>* writer) override;

 private:
  IncidentQueries& incidents_;
  const CatalogQueries& catalog_;
  StatusQueries& status_;
};

}  // namespace fails::analytics
