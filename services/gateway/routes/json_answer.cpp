// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/json_answer.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "common/base/utf8.h"
#include "common/wire/json.h"

namespace fails::gateway {

routing::Answer JsonAnswer(const boost::json::object& body, int status) {
  http::Response response{.status = status};
  response.headers.Set("Content-Type", "application/json");
  response.body = http::Bytes(boost::json::serialize(body));
  return response;
}

boost::json::object BodyOf(const google::protobuf::Message& reply) {
  boost::json::object body = wire::ToJson(reply);
  for (const char* text : {"next_cursor", "notice"}) {
    const boost::json::value* value = body.if_contains(text);
    if (value && value->as_string().empty()) body.erase(text);
  }
  return body;
}

boost::json::object IncidentPage(const google::protobuf::Message& page) {
  boost::json::object body = BodyOf(page);
  for (boost::json::value& incident : body["incidents"].as_array()) {
    for (const char* detail : {"updates", "impact_intervals"}) incident.as_object().erase(detail);
  }
  return body;
}

void AddNotice(boost::json::object& body, const std::string& notice) {
  if (!notice.empty()) body["notice"] = RepairUtf8(notice);
}

}  // namespace fails::gateway
