// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/check_finite.h"

#include <google/protobuf/descriptor.h>

#include <cmath>

namespace fails::analytics::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void Look(const Message& message, const std::string& path, std::vector<std::string>& found) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string name = path + "." + field->name();
    const int n = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < n; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
        const double value = field->is_repeated() ? reflection->GetRepeatedDouble(message, field, i)
                                                  : reflection->GetDouble(message, field);
        const bool absent = field->is_repeated() && std::isnan(value);
        if (!std::isfinite(value) && !absent) found.push_back(name);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Look(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                  : reflection->GetMessage(message, field),
             name, found);
      }
    }
  }
}

}  // namespace

std::vector<std::string> NotFinite(const Message& message) {
  std::vector<std::string> found;
  Look(message, "", found);
  return found;
}

}  // namespace fails::analytics::testing
