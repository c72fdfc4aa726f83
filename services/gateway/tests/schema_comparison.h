// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace fails::gateway {

// Which of the described fields a value must have.
enum class Presence { kRequired, kAll };

// Where a value is not what that schema of openapi.yaml says, one line a difference; empty where it
// is. Stricter than JSON Schema: a field that is not described is a difference, too. Knows what our
// schemas of events use: $ref, allOf, type, format date-time, enum, const, properties, items.
std::vector<std::string> Differences(const std::string& schema, const boost::json::value& value,
                                     Presence presence = Presence::kRequired);

}  // namespace fails::gateway
