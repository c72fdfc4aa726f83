// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fails/v1/analytics_service.pb.h"
#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/snapshot/names.h"

namespace fails::analytics {

QueryText FromProto(const v1::AnalysisQuery& query);
v1::EffectiveQuery ToProto(const Query& query, const Names& names);

}  // namespace fails::analytics
