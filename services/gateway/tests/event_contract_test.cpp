// SPDX-License-Identifier: Apache-2.0
// What the event stream sends is what openapi.yaml says of it: the same fields, no more and no
// fewer, from the message of the normalizer to the frame of the gateway.
#include <gmock/gmock.h>
#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>

#include "common/wire/cloud_event.h"
#include "fails/v1/events.pb.h"
#include "services/gateway/events/event.h"
#include "services/gateway/tests/schema_comparison.h"

namespace fails::gateway {
namespace {

namespace json = boost::json;
namespace pb = google::protobuf;
using ::testing::Contains;
using ::testing::IsEmpty;

// Sets one field to something that is not its default; a list gets one element.
void FillField(pb::Message& message, const pb::FieldDescriptor& field);

// Every field of a message, so that a field that is new is compared as well.
void Fill(pb::Message& message) {
  if (auto* time = dynamic_cast<pb::Timestamp*>(&message)) return time->set_seconds(1'700'000'000);
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    FillField(message, *message.GetDescriptor()->field(i));
  }
}

void FillField(pb::Message& message, const pb::FieldDescriptor& field) {
  const pb::Reflection& reflection = *message.GetReflection();
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(list ? *reflection.AddMessage(&message, &field)
                       : *reflection.MutableMessage(&message, &field));
    case pb::FieldDescriptor::CPPTYPE_STRING:
      return list ? reflection.AddString(&message, &field, "openai/api")
                  : reflection.SetString(&message, &field, "openai/api");
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return list ? reflection.AddEnumValue(&message, &field, 1)
                  : reflection.SetEnumValue(&message, &field, 1);
    case pb::FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, &field, 7);
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, true);
    default:
      FAIL() << "no value for " << field.full_name();
  }
}

// The `data:` of the frame that subscribers of the gateway get.
json::value Sent(const std::string& cloud_event) {
  bus::StoredMessage message;
  message.sequence = 42;
  message.payload = cloud_event;
  const absl::StatusOr<Event> event = ParseEvent(message);
  if (!event.ok()) {
    ADD_FAILURE() << event.status();
    return nullptr;
  }
  const std::string marker = "\ndata: ";
  const std::size_t begin = event->frame->find(marker) + marker.size();
  return json::parse(event->frame->substr(begin, event->frame->find('\n', begin) - begin));
}

v1::ServiceStatusEvent ServiceEvent() {
  v1::ServiceStatusEvent event;
  Fill(event);
  return event;
}

TEST(EventContract, OfAnIncidentHasEveryFieldThatIsDescribed) {
  for (int type = v1::IncidentEventType_MIN; type <= v1::IncidentEventType_MAX; ++type) {
    v1::IncidentEvent event;
    Fill(event);
    event.set_type(static_cast<v1::IncidentEventType>(type));
    EXPECT_THAT(Differences("IncidentEvent", Sent(wire::ToCloudEvent(event)), Presence::kAll),
                IsEmpty());
  }
}

TEST(EventContract, OfAnIncidentOfWhichLittleIsKnownHasWhatIsRequired) {
  v1::IncidentEvent event;
  event.mutable_time()->set_seconds(1'700'000'000);
  event.mutable_incident()->set_provider("openai");
  event.mutable_incident()->mutable_stages();
  EXPECT_THAT(Differences("IncidentEvent", Sent(wire::ToCloudEvent(event))), IsEmpty());
}

TEST(EventContract, OfAServiceHasEveryFieldThatIsDescribed) {
  for (int status = v1::ServiceStatus_MIN; status <= v1::ServiceStatus_MAX; ++status) {
    v1::ServiceStatusEvent event = ServiceEvent();
    event.mutable_state()->set_status(static_cast<v1::ServiceStatus>(status));
    EXPECT_THAT(Differences("ServiceStatusEvent", Sent(wire::ToCloudEvent(event)), Presence::kAll),
                IsEmpty());
  }
}

// The comparison sees what the tests above rely on it to see.
TEST(EventContract, WhatIsNotAsDescribedIsADifference) {
  json::value event = Sent(wire::ToCloudEvent(ServiceEvent()));
  json::object& data = event.as_object()["data"].as_object();
  data["invented"] = 1;
  data["status"] = "splendid";
  data["since"] = "yesterday";
  data["page"] = 3;
  data["ongoing_incidents"].as_array().emplace_back(false);
  data.erase("previous");
  const auto differences = Differences("ServiceStatusEvent", event);
  for (const char* difference :
       {"ServiceStatusEvent.data.invented: is not described",
        "ServiceStatusEvent.data.status: \"splendid\" is none of the words",
        "ServiceStatusEvent.data.since: \"yesterday\" is no time",
        "ServiceStatusEvent.data.page: 3 is no string",
        "ServiceStatusEvent.data.ongoing_incidents[1]: false is no string",
        "ServiceStatusEvent.data.previous: is not there"}) {
    EXPECT_THAT(differences, Contains(difference));
  }
  EXPECT_THAT(Differences("NoSuch", event), Contains("NoSuch: there is no schema NoSuch"));
}

}  // namespace
}  // namespace fails::gateway
