// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/message.h>

#include <boost/json/object.hpp>
#include <string>

namespace fails::wire {

// The REST form of any of our messages, by reflection: snake_case names; times as RFC 3339 UTC;
// enum values without their prefix in lower case, *_UNSPECIFIED as "unknown"; 64-bit integers as
// numbers; plain scalars, lists and maps always present; optional fields and messages only when
// set; a non-finite double as null (so a list of doubles can hold gaps); a
// google.protobuf.Value that holds a string or a number as that. A oneof named `result`
// shows under the name "result". Text that is not valid UTF-8 is repaired with U+FFFD.
boost::json::object ToJson(const google::protobuf::Message& message);

}  // namespace fails::wire
