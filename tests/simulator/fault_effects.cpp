// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/fault_effects.h"

#include "absl/strings/str_cat.h"
#include "boost/json.hpp"

namespace fails::simulator {
namespace json = boost::json;
namespace {

constexpr int kDefaultRetryAfterSeconds = 5;

bool IsIncident(const json::value& value, const std::string& code) {
  if (!value.is_object()) return false;
  for (const char* key : {"id", "code"}) {
    const json::value* id = value.get_object().if_contains(key);
    if (id != nullptr && id->is_string() && id->get_string() == code) return true;
  }
  return false;
}

void Erase(json::object& document, const char* key, const std::string& code) {
  json::value* list = document.if_contains(key);
  if (list == nullptr || !list->is_array()) return;
  json::array kept;
  for (json::value& item : list->get_array()) {
    if (!IsIncident(item, code)) kept.push_back(std::move(item));
  }
  *list = std::move(kept);
}

Response Replace(int status, const char* title, const Fault& fault) {
  return HtmlResponse(fault.status == 0 ? status : fault.status, title);
}

void Freeze(const Fault& fault, const Request& request, Response& response) {
  const std::string key = absl::StrCat(request.host, request.path, "?", request.Query("page"));
  absl::MutexLock lock(&fault.frozen->mutex);
  response = fault.frozen->by_path.try_emplace(key, response).first->second;
}

void RemoveIncident(const Fault& fault, const Request& request, Response& response) {
  if (request.path == absl::StrCat("/incidents/", fault.incident, ".json") ||
      request.path == absl::StrCat("/incidents/", fault.incident)) {
    response = HtmlResponse(404, "Page not found");
  } else {
    response.body = WithoutIncident(response.body, fault.incident);
  }
}

}  // namespace

bool ApplyFault(const Fault& fault, const Request& request, Response& response) {
  switch (fault.kind) {
    case FaultKind::kSlow:
      return true;
    case FaultKind::kFrozen:
      Freeze(fault, request, response);
      return true;
    case FaultKind::kIncidentRemoved:
      RemoveIncident(fault, request, response);
      return true;
    case FaultKind::kTruncated:
      if (fault.cut_connection) {
        response.cut_after = response.body.size() / 2;
      } else {
        response.body.resize(response.body.size() / 2);
      }
      return false;
    case FaultKind::kWrongContentType:
      response.content_type =
          fault.content_type.empty() ? "text/html; charset=utf-8" : fault.content_type;
      return false;
    case FaultKind::kStatus:
      response = Replace(503, "Something went wrong", fault);
      break;
    case FaultKind::kHtml200:
      response = Replace(200, "This page has moved", fault);
      break;
    case FaultKind::kRedirect:
      response = Replace(302, "Found", fault);
      response.headers["Location"] = fault.location.empty()
                                         ? absl::StrCat("/", request.host, "/_page-deleted")
                                         : fault.location;
      break;
    case FaultKind::kTooManyRequests:
      response = Replace(429, "Too many requests", fault);
      response.headers["Retry-After"] =
          absl::StrCat(fault.retry_after.value_or(kDefaultRetryAfterSeconds));
      return false;
  }
  if (fault.retry_after) response.headers["Retry-After"] = absl::StrCat(*fault.retry_after);
  return false;
}

std::string WithoutIncident(const std::string& body, const std::string& code) {
  boost::system::error_code error;
  json::value document = json::parse(body, error);
  if (error || !document.is_object()) return body;
  json::object& object = document.get_object();
  Erase(object, "incidents", code);
  Erase(object, "scheduled_maintenances", code);
  if (json::value* months = object.if_contains("months"); months && months->is_array()) {
    for (json::value& month : months->get_array()) {
      if (month.is_object()) Erase(month.get_object(), "incidents", code);
    }
  }
  return json::serialize(document);
}

}  // namespace fails::simulator
