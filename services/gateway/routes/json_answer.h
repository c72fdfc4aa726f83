// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/message.h>

#include <boost/json/object.hpp>
#include <string>

#include "services/gateway/routing/router.h"

namespace fails::gateway {

routing::Answer JsonAnswer(const boost::json::object& body, int status = 200);

// A reply as clients see it: its `next_cursor` and `notice` only where there is one.
boost::json::object BodyOf(const google::protobuf::Message& reply);

// The same of a reply with a field `incidents`, as the list of incidents shows it: without what
// only the detail view has.
boost::json::object IncidentPage(const google::protobuf::Message& page);

// The catalogue's notice, e.g. that this is demo data, where there is one.
void AddNotice(boost::json::object& body, const std::string& notice);

}  // namespace fails::gateway
