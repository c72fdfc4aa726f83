// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <variant>

#include "fails/v1/analytics_service.pb.h"
#include "services/gateway/http/problem.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {

// Which incidents an analysis looks at. Names and forms are checked here; what the values mean,
// analytics knows: it gets them as they were typed.

// From the parameters of an address; what is wrong with them stands in `params`.
v1::AnalysisQuery ReadAnalysisQuery(routing::Params& params);

// From the body of a POST, the schema AnalysesRequest; an empty body asks for everything. A problem
// names every field that is wrong.
std::variant<v1::RunAnalysesRequest, Problem> ReadAnalysesRequest(std::string_view body);

}  // namespace fails::gateway
