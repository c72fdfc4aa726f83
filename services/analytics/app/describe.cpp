// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "services/analytics/app/analysis_runner.h"

namespace fails::analytics {
namespace {

v1::AnalysisParameter Parameter(std::string name, v1::ParameterType type, std::string description,
                                std::string default_value = "") {
  v1::AnalysisParameter parameter;
  parameter.set_name(std::move(name));
  parameter.set_type(type);
  parameter.set_description(std::move(description));
  parameter.set_default_value(std::move(default_value));
  return parameter;
}

template <class Words>
v1::AnalysisParameter Allow(v1::AnalysisParameter parameter, const Words& words) {
  for (const auto& word : words) parameter.add_allowed(std::string(word));
  return parameter;
}

}  // namespace

v1::AnalysisDescriptor Describe(const Analysis& analysis) {
  v1::AnalysisDescriptor descriptor;
  descriptor.set_id(std::string(analysis.id()));
  descriptor.set_title(std::string(analysis.title()));
  descriptor.set_description(std::string(analysis.description()));
  descriptor.set_shape(analysis.shape());
  const auto add = [&](v1::AnalysisParameter parameter) {
    *descriptor.add_parameters() = std::move(parameter);
  };
  std::vector<std::string_view> levels;
  for (const Impact impact : kImpacts) levels.push_back(ToString(impact));

  add(Parameter("services", v1::PARAMETER_TYPE_SERVICE_LIST,
                "Services to look at; by default all that have an incident."));
  add(Parameter("from", v1::PARAMETER_TYPE_TIME,
                "Incidents that started at or after this time; by default from midnight, in 'tz', "
                "of the day of the "
                "first incident on."));
  add(Parameter("to", v1::PARAMETER_TYPE_TIME,
                "Incidents that started before this time; by default up to 'now'."));
  add(Parameter("tz", v1::PARAMETER_TYPE_TIME_ZONE, "The IANA time zone of days and hours.",
                "UTC"));
  add(Allow(Parameter("include", v1::PARAMETER_TYPE_CHOICE_LIST,
                      "Incidents that are otherwise left out: maintenance, and those with stages "
                      "in the wrong order."),
            kIncludes));
  add(Allow(Parameter("impact", v1::PARAMETER_TYPE_CHOICE_LIST,
                      "Only incidents of these levels of impact; by default all.",
                      fmt::format("{}", fmt::join(levels, ","))),
            levels));
  if (const auto bases = analysis.bases(); !bases.empty()) {
    add(Allow(Parameter("basis", v1::PARAMETER_TYPE_CHOICE, "What the figures are made from.",
                        std::string(bases.front())),
              bases));
  }
  add(Allow(Parameter("start", v1::PARAMETER_TYPE_CHOICE,
                      "When an incident began: its first reported stage, or the impact start where "
                      "the provider states one.",
                      std::string(kStarts[0])),
            kStarts));
  if (analysis.measures_slo()) {
    add(Parameter(
        "slo", v1::PARAMETER_TYPE_NUMBER,
        "The objective that downtime is measured against: a percentage between 0 and 100.",
        fmt::format("{}", Query{}.slo)));
  }
  add(Parameter("now", v1::PARAMETER_TYPE_TIME,
                "The present to assume, for answers that can be repeated; by default the clock."));
  return descriptor;
}

}  // namespace fails::analytics
