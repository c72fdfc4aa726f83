// SPDX-License-Identifier: Apache-2.0
#include "common/wire/cloud_event.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "common/base/time.h"
#include "common/wire/json.h"
#include "common/wire/time_proto.h"

namespace fails::wire {
namespace {

std::string_view Word(v1::IncidentEventType type) {
  switch (type) {
    case v1::INCIDENT_EVENT_TYPE_OPENED:
      return "opened";
    case v1::INCIDENT_EVENT_TYPE_RESOLVED:
      return "resolved";
    case v1::INCIDENT_EVENT_TYPE_REOPENED:
      return "reopened";
    case v1::INCIDENT_EVENT_TYPE_WITHDRAWN:
      return "withdrawn";
    default:
      return "updated";
  }
}

}  // namespace

std::string CloudEventType(v1::IncidentEventType type) {
  return fmt::format("fails.incident.{}", Word(type));
}

std::string EventSubject(const v1::IncidentEvent& event) {
  return fmt::format("fails.events.v1.incident.{}.{}", event.incident().provider(),
                     Word(event.type()));
}

std::string ToCloudEvent(const v1::IncidentEvent& event) {
  boost::json::object data = ToJson(event.incident());
  boost::json::array changed;
  for (const std::string& field : event.changed()) changed.emplace_back(field);
  data["changed"] = std::move(changed);
  const boost::json::object envelope = {
      {"specversion", "1.0"},
      {"id", fmt::format("{}:{}", event.incident().id(), event.incident().revision())},
      {"source", "/fails/normalizer"},
      {"type", CloudEventType(event.type())},
      {"subject", event.incident().id()},
      {"time", ToRfc3339(FromProto(event.time()))},
      {"datacontenttype", "application/json"},
      {"data", std::move(data)},
  };
  return boost::json::serialize(envelope);
}

}  // namespace fails::wire
