// SPDX-License-Identifier: Apache-2.0
#include "common/wire/json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "absl/strings/ascii.h"
#include "common/base/text.h"
#include "common/base/time.h"
#include "common/base/utf8.h"
#include "common/wire/time_proto.h"

namespace fails::wire {
namespace {

namespace json = boost::json;
namespace pb = google::protobuf;

// IMPACT_MAJOR of enum Impact -> "major". The prefix is the enum's own name in upper snake case, as
// buf's lint demands.
std::string EnumWord(const pb::EnumValueDescriptor& value) {
  const std::string& zero = value.type()->value(0)->name();
  constexpr std::string_view kSuffix = "UNSPECIFIED";
  if (value.number() == 0 && zero.ends_with(kSuffix)) return "unknown";
  const std::size_t prefix = zero.ends_with(kSuffix) ? zero.size() - kSuffix.size() : 0;
  return absl::AsciiStrToLower(value.name().substr(prefix));
}

json::value Number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return value;
}

// Of the kinds of google.protobuf.Value those that our messages use.
json::value ScalarValue(const pb::Value& value) {
  if (value.has_string_value()) return json::value(RepairUtf8(value.string_value()));
  if (!value.has_number_value()) return nullptr;
  const double number = value.number_value();
  const auto whole = static_cast<std::int64_t>(number);
  if (static_cast<double>(whole) == number) return whole;
  return Number(number);
}

json::value MessageValue(const pb::Message& message) {
  if (message.GetDescriptor() == pb::Value::descriptor()) {
    return ScalarValue(static_cast<const pb::Value&>(message));
  }
  if (message.GetDescriptor() == pb::Timestamp::descriptor()) {
    return json::value(ToRfc3339(FromProto(static_cast<const pb::Timestamp&>(message))));
  }
  return ToJson(message);
}

json::value Single(const pb::Message& m, const pb::Reflection& r, const pb::FieldDescriptor* f) {
  switch (f->cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_INT32:
      return r.GetInt32(m, f);
    case pb::FieldDescriptor::CPPTYPE_INT64:
      return r.GetInt64(m, f);
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return r.GetUInt32(m, f);
    case pb::FieldDescriptor::CPPTYPE_UINT64:
      return r.GetUInt64(m, f);
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      return Number(r.GetDouble(m, f));
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
      return Number(r.GetFloat(m, f));
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return r.GetBool(m, f);
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return json::value(EnumWord(*r.GetEnum(m, f)));
    case pb::FieldDescriptor::CPPTYPE_STRING:
      return json::value(RepairUtf8(r.GetString(m, f)));
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(r.GetMessage(m, f));
  }
  return nullptr;
}

json::value Element(const pb::Message& m, const pb::Reflection& r, const pb::FieldDescriptor* f,
                    int i) {
  switch (f->cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_INT32:
      return r.GetRepeatedInt32(m, f, i);
    case pb::FieldDescriptor::CPPTYPE_INT64:
      return r.GetRepeatedInt64(m, f, i);
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return r.GetRepeatedUInt32(m, f, i);
    case pb::FieldDescriptor::CPPTYPE_UINT64:
      return r.GetRepeatedUInt64(m, f, i);
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      return Number(r.GetRepeatedDouble(m, f, i));
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
      return Number(r.GetRepeatedFloat(m, f, i));
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return r.GetRepeatedBool(m, f, i);
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return json::value(EnumWord(*r.GetRepeatedEnum(m, f, i)));
    case pb::FieldDescriptor::CPPTYPE_STRING:
      return json::value(RepairUtf8(r.GetRepeatedString(m, f, i)));
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(r.GetRepeatedMessage(m, f, i));
  }
  return nullptr;
}

json::value MapObject(const pb::Message& m, const pb::Reflection& r, const pb::FieldDescriptor* f) {
  json::object object;
  const int n = r.FieldSize(m, f);
  for (int i = 0; i < n; ++i) {
    const pb::Message& entry = r.GetRepeatedMessage(m, f, i);
    const pb::Reflection& er = *entry.GetReflection();
    const pb::FieldDescriptor* key = f->message_type()->map_key();
    object[RepairUtf8(er.GetString(entry, key))] =
        Single(entry, er, f->message_type()->map_value());
  }
  return object;
}

json::value List(const pb::Message& m, const pb::Reflection& r, const pb::FieldDescriptor* f) {
  json::array array;
  const int n = r.FieldSize(m, f);
  array.reserve(n);
  for (int i = 0; i < n; ++i) array.push_back(Element(m, r, f, i));
  return array;
}

// An enclosing oneof called `result` hides which shape was chosen: clients learn it from the
// analysis' descriptor.
std::string_view NameOf(const pb::FieldDescriptor* f) {
  const pb::OneofDescriptor* oneof = f->real_containing_oneof();
  return oneof && oneof->name() == "result" ? std::string_view(oneof->name())
                                            : std::string_view(f->name());
}

}  // namespace

json::object ToJson(const pb::Message& message) {
  const pb::Descriptor& descriptor = *message.GetDescriptor();
  const pb::Reflection& reflection = *message.GetReflection();
  json::object object;
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const pb::FieldDescriptor* field = descriptor.field(i);
    if (field->is_map()) {
      object[NameOf(field)] = MapObject(message, reflection, field);
    } else if (field->is_repeated()) {
      object[NameOf(field)] = List(message, reflection, field);
    } else if (!field->has_presence() || reflection.HasField(message, field)) {
      object[NameOf(field)] = Single(message, reflection, field);
    }
  }
  return object;
}

}  // namespace fails::wire
