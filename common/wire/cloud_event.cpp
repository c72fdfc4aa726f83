// SPDX-License-Identifier: Apache-2.0
#include "common/wire/cloud_event.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <utility>

#include "common/base/time.h"
#include "common/wire/json.h"
#include "common/wire/service_status_proto.h"
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

std::string Envelope(std::string id, std::string_view type, const std::string& subject,
                     const google::protobuf::Timestamp& time, boost::json::object data) {
  const boost::json::object envelope = {
      {"specversion", "1.0"},
      {"id", std::move(id)},
      {"source", "/fails/normalizer"},
      {"type", boost::json::string(type)},
      {"subject", subject},
      {"time", ToRfc3339(FromProto(time))},
      {"datacontenttype", "application/json"},
      {"data", std::move(data)},
  };
  return boost::json::serialize(envelope);
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
  const std::string& id = event.incident().id();
  return Envelope(fmt::format("{}:{}", id, event.incident().revision()),
                  CloudEventType(event.type()), id, event.time(), std::move(data));
}

std::string EventSubject(const v1::ServiceStatusEvent& event) {
  return fmt::format("fails.events.v1.service.{}.status_changed", event.state().provider());
}

std::string ToCloudEvent(const v1::ServiceStatusEvent& event) {
  boost::json::object data = ToJson(event.state());
  data["previous"] = boost::json::string(ToString(FromProto(event.previous())));
  data["revision"] = event.revision();
  const std::string& service = event.state().service();
  return Envelope(fmt::format("{}:{}", service, event.revision()), kServiceStatusChanged, service,
                  event.time(), std::move(data));
}

}  // namespace fails::wire
