// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "services/gateway/routing/router.h"

namespace fails::gateway {

routing::Answer JsonAnswer(const boost::json::object& body, int status = 200);

// The catalogue's notice, e.g. that this is demo data, where there is one.
void AddNotice(boost::json::object& body, const std::string& notice);

}  // namespace fails::gateway
