// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/event.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <utility>

namespace fails::gateway {
namespace {

namespace json = boost::json;

std::string StringAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

absl::Status NotAnEvent(const bus::StoredMessage& message, std::string_view why) {
  return absl::InvalidArgumentError(
      fmt::format("message {} on {} is no event: {}", message.sequence, message.subject, why));
}

bool AnyOf(const std::vector<std::string>& wanted, const std::string& one) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), one) != wanted.end();
}

}  // namespace

absl::StatusOr<Event> ParseEvent(const bus::StoredMessage& message) {
  boost::system::error_code error;
  const json::value parsed = json::parse(message.payload, error);
  if (error) return NotAnEvent(message, error.message());
  const json::object* envelope = parsed.if_object();
  const json::value* data = envelope ? envelope->if_contains("data") : nullptr;
  if (!data || !data->is_object()) return NotAnEvent(message, "no data");
  Event event;
  event.sequence = message.sequence;
  event.type = StringAt(*envelope, "type");
  event.provider = StringAt(data->as_object(), "provider");
  if (event.type.empty() || event.provider.empty()) {
    return NotAnEvent(message, "no type or no provider");
  }
  if (const json::value* services = data->as_object().if_contains("services");
      services && services->is_array()) {
    for (const json::value& service : services->as_array()) {
      if (service.is_string()) event.services.emplace_back(service.as_string());
    }
  }
  if (std::string service = StringAt(data->as_object(), "service"); !service.empty()) {
    event.services.push_back(std::move(service));
  }
  // A line break ends a field of the frame, so JSON that was written on several lines is written
  // again on one.
  const bool one_line = message.payload.find_first_of("\r\n") == std::string::npos;
  event.frame = http::SharedBytes(std::make_shared<const std::string>(EventFrame(
      event.sequence, event.type, one_line ? message.payload : json::serialize(parsed))));
  return event;
}

std::string EventFrame(std::uint64_t id, std::string_view type, std::string_view data) {
  std::string name(type);  // foreign text, which must not begin a field of its own
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", id, name, data);
}

std::string HelloFrame(const std::uint64_t* id) {
  std::string frame = ": hello\nretry: 2000\n";
  if (id) frame += fmt::format("id: {}\n", *id);
  return frame + "\n";
}

std::string HeartbeatFrame() {
  return ": heartbeat\n\n";
}

bool EventFilter::Matches(const Event& event) const {
  if (!AnyOf(providers, event.provider) || !AnyOf(types, event.type)) return false;
  return services.empty() || std::any_of(event.services.begin(), event.services.end(),
                                         [&](const auto& one) { return AnyOf(services, one); });
}

}  // namespace fails::gateway
