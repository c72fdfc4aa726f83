// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/shared/tidy_table.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <cmath>

namespace fails::gateway {
namespace {

using google::protobuf::FieldDescriptor;

}  // namespace

std::string TextOf(double number) {
  return fmt::format("{}", number);
}

TidyTable::TidyTable(const std::vector<std::string_view>& columns) {
  for (const std::string_view column : columns) line_.Plain(column);
  text_ = line_.Plain("metric").Plain("value").Take();
}

void TidyTable::Number(const Keys& keys, std::string_view metric, double value) {
  if (std::isfinite(value)) Line(keys, metric, TextOf(value));
}

void TidyTable::Number(const Keys& keys, std::string_view metric, std::int64_t value) {
  Line(keys, metric, std::to_string(value));
}

void TidyTable::Numbers(const Keys& keys, const google::protobuf::Message& message,
                        const std::string& prefix) {
  const google::protobuf::Descriptor& descriptor = *message.GetDescriptor();
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor* field = descriptor.field(i);
    if (field->is_repeated()) continue;
    if (field->has_presence() && !reflection.HasField(message, field)) continue;
    const std::string name = prefix + field->name();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT64:
        Number(keys, name, static_cast<std::int64_t>(reflection.GetInt64(message, field)));
        break;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        Number(keys, name, reflection.GetDouble(message, field));
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        Numbers(keys, reflection.GetMessage(message, field), name + "_");
        break;
      default:  // names: they are keys
        break;
    }
  }
}

void TidyTable::Line(const Keys& keys, std::string_view metric, std::string_view value) {
  for (const std::string& key : keys) key.empty() ? line_.Plain("") : line_.Text(key);
  text_ += line_.Plain(metric).Plain(value).Take();
}

}  // namespace fails::gateway
