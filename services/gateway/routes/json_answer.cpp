// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/json_answer.h"

#include <boost/json/serialize.hpp>

#include "common/base/utf8.h"

namespace fails::gateway {

routing::Answer JsonAnswer(const boost::json::object& body, int status) {
  http::Response response{.status = status};
  response.headers.Set("Content-Type", "application/json");
  response.body = http::Bytes(boost::json::serialize(body));
  return response;
}

void AddNotice(boost::json::object& body, const std::string& notice) {
  if (!notice.empty()) body["notice"] = RepairUtf8(notice);
}

}  // namespace fails::gateway
