// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/query_proto.h"

#include "common/wire/incident_proto.h"
#include "common/wire/time_proto.h"

namespace fails::analytics {

QueryText FromProto(const v1::AnalysisQuery& query) {
  return {
      .services = {query.services().begin(), query.services().end()},
      .from = query.from(),
      .to = query.to(),
      .tz = query.tz(),
      .include = {query.include().begin(), query.include().end()},
      .impact = {query.impact().begin(), query.impact().end()},
      .basis = query.basis(),
      .start = query.start(),
      .now = query.now(),
      .slo = query.slo(),
  };
}

v1::EffectiveQuery ToProto(const Query& query, const Names& names) {
  v1::EffectiveQuery proto;
  for (const ServiceIndex service : query.services)
    proto.add_services(names.service(service).str());
  *proto.mutable_from() = wire::ToProto(query.from);
  *proto.mutable_to() = wire::ToProto(query.to);
  proto.set_tz(query.tz_name);
  if (query.include_maintenance) proto.add_include("maintenance");
  if (query.include_inconsistent) proto.add_include("inconsistent");
  for (const Impact impact : query.impacts) proto.add_impact(wire::ToProto(impact));
  if (!query.basis.empty()) proto.set_basis(query.basis);
  proto.set_start(query.start == StartBasis::kImpact ? "impact" : "report");
  *proto.mutable_now() = wire::ToProto(query.now);
  return proto;
}

}  // namespace fails::analytics
