// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fails/v1/incident_service.grpc.pb.h"
#include "services/analytics/app/catalog_queries.h"
#include "services/analytics/app/incident_queries.h"

namespace fails::analytics {

class IncidentGrpcService final : public v1::IncidentService::Service {
 public:
  IncidentGrpcService(IncidentQueries& incidents, const CatalogQueries& catalog)
      : incidents_(incidents), catalog_(catalog) {}

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

 private:
  IncidentQueries& incidents_;
  const CatalogQueries& catalog_;
};

}  // namespace fails::analytics
