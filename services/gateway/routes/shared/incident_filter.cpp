// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/shared/incident_filter.h"

#include <algorithm>
#include <array>

#include "common/domain/levels.h"
#include "common/wire/incident_proto.h"
#include "common/wire/time_proto.h"

namespace fails::gateway {
namespace {

constexpr std::array kImpacts = {Impact::kNone,     Impact::kMinor,       Impact::kMajor,
                                 Impact::kCritical, Impact::kMaintenance, Impact::kUnknown};
constexpr std::array kStatuses = {
    IncidentStatus::kInvestigating, IncidentStatus::kIdentified, IncidentStatus::kMonitoring,
    IncidentStatus::kResolved,      IncidentStatus::kPostmortem, IncidentStatus::kScheduled,
    IncidentStatus::kInProgress,    IncidentStatus::kCompleted,  IncidentStatus::kUnknown};

constexpr std::string_view kIncludeWords[] = {"withdrawn", "maintenance", "inconsistent"};

template <class Enum, std::size_t N>
std::array<std::string_view, N> WordsOf(const std::array<Enum, N>& values) {
  std::array<std::string_view, N> words;
  std::transform(values.begin(), values.end(), words.begin(),
                 [](Enum value) { return ToString(value); });
  return words;
}

}  // namespace

v1::ListIncidentsRequest ReadIncidentFilter(routing::Params& params) {
  v1::ListIncidentsRequest request;
  for (std::string& id : params.ProviderIds("provider")) request.add_providers(std::move(id));
  for (std::string& id : params.ServiceIds("service")) request.add_services(std::move(id));
  for (const std::size_t i : params.ChoiceList("impact", WordsOf(kImpacts))) {
    request.add_impacts(wire::ToProto(kImpacts[i]));
  }
  for (const std::size_t i : params.ChoiceList("status", WordsOf(kStatuses))) {
    request.add_statuses(wire::ToProto(kStatuses[i]));
    // A postmortem is written after the resolution: whoever asks for what is resolved means these
    // too.
    if (kStatuses[i] == IncidentStatus::kResolved) {
      request.add_statuses(v1::INCIDENT_STATUS_POSTMORTEM);
    }
  }
  const auto from = params.Time("from");
  const auto to = params.Time("to");
  if (from) *request.mutable_from() = wire::ToProto(*from);
  if (to) *request.mutable_to() = wire::ToProto(*to);
  if (from && to && *from >= *to) params.Fail("to", "must be later than from");
  if (const auto ongoing = params.Boolean("ongoing")) request.set_ongoing(*ongoing);
  request.set_query(params.Text("q", 800));
  for (const std::size_t i : params.ChoiceList("include", kIncludeWords)) {
    if (kIncludeWords[i] == "withdrawn") request.set_include_withdrawn(true);
  }
  return request;
}

}  // namespace fails::gateway
