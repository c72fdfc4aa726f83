// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/control.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "boost/json.hpp"

namespace fails::simulator {
namespace json = boost::json;
namespace {

Response Answer(int status, json::value body) {
  Response response = JsonResponse(json::serialize(body));
  response.status = status;
  return response;
}

Response Error(int status, const std::string& text) {
  return Answer(status, json::object{{"error", text}});
}

Response Error(const absl::Status& status) {
  return Error(absl::IsNotFound(status) ? 404 : 400, std::string(status.message()));
}

Response MethodNotAllowed(const char* allowed) {
  Response response = Error(405, "method not allowed");
  response.headers["Allow"] = allowed;
  return response;
}

absl::StatusOr<json::value> ParseBody(const std::string& body) {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  if (error) return absl::InvalidArgumentError("the body is not JSON: " + error.message());
  if (!value.is_object()) return absl::InvalidArgumentError("the body is not a JSON object");
  return value;
}

absl::StatusOr<std::string> Text(const json::value& body, const char* field, const char* fallback) {
  const json::value* value = body.get_object().if_contains(field);
  if (value == nullptr && fallback != nullptr) return std::string(fallback);
  if (value == nullptr || !value->is_string()) {
    return absl::InvalidArgumentError(std::string(field) + ": must be a string");
  }
  return json::value_to<std::string>(*value);
}

absl::StatusOr<std::vector<std::string>> Texts(const json::value& body, const char* field) {
  std::vector<std::string> texts;
  const json::value* value = body.get_object().if_contains(field);
  if (value == nullptr) return texts;
  const absl::Status wrong =
      absl::InvalidArgumentError(std::string(field) + ": must be a list of strings");
  if (!value->is_array()) return wrong;
  for (const json::value& item : value->get_array()) {
    if (!item.is_string()) return wrong;
    texts.push_back(json::value_to<std::string>(item));
  }
  return texts;
}

}  // namespace

Response ControlApi::Handle(const Request& request) {
  if (request.path == "/faults") return Faults(request);
  if (request.path == "/requests") return Requests(request);
  if (!absl::StartsWith(request.path, "/incidents")) return Error(404, "no such control");

  if (demo_ == nullptr) return Error(409, "incidents can be steered with --demo only");
  if (request.method != "POST") return MethodNotAllowed("POST");
  if (request.path == "/incidents") return OpenIncident(request);
  absl::string_view code = absl::StripPrefix(request.path, "/incidents/");
  if (!absl::ConsumeSuffix(&code, "/updates")) return Error(404, "no such control");
  return UpdateIncident(request, std::string(code));
}

Response ControlApi::Faults(const Request& request) {
  if (request.method == "DELETE") {
    faults_.Clear();
    return Answer(200, json::object{{"faults", json::array()}});
  }
  if (request.method == "GET") {
    json::array list;
    for (const Fault& fault : faults_.List()) list.push_back(ToJson(fault));
    return Answer(200, json::object{{"faults", std::move(list)}});
  }
  if (request.method != "POST") return MethodNotAllowed("GET, POST, DELETE");
  const absl::StatusOr<json::value> body = ParseBody(request.body);
  if (!body.ok()) return Error(body.status());
  absl::StatusOr<Fault> fault = ParseFault(*body);
  if (!fault.ok()) return Error(fault.status());
  return Answer(201, ToJson(faults_.Add(*std::move(fault))));
}

Response ControlApi::Requests(const Request& request) {
  if (request.method == "DELETE") {
    log_.Clear();
  } else if (request.method != "GET") {
    return MethodNotAllowed("GET, DELETE");
  }
  return Answer(200, log_.ToJson());
}

Response ControlApi::OpenIncident(const Request& request) {
  const absl::StatusOr<json::value> body = ParseBody(request.body);
  if (!body.ok()) return Error(body.status());
  const auto host = Text(*body, "host", nullptr);
  const auto name = Text(*body, "name", nullptr);
  const auto impact = Text(*body, "impact", "minor");
  const auto text = Text(*body, "body", "We are investigating this issue.");
  const auto components = Texts(*body, "components");
  for (const absl::Status& status :
       {host.status(), name.status(), impact.status(), text.status(), components.status()}) {
    if (!status.ok()) return Error(status);
  }
  const absl::StatusOr<std::string> code = demo_->Open({*host, *name, *impact, *components, *text});
  if (!code.ok()) return Error(code.status());
  return Answer(201, json::object{{"code", *code}, {"host", *host}});
}

Response ControlApi::UpdateIncident(const Request& request, const std::string& code) {
  const absl::StatusOr<json::value> body = ParseBody(request.body);
  if (!body.ok()) return Error(body.status());
  const auto status = Text(*body, "status", nullptr);
  const auto text = Text(*body, "body", "");
  if (!status.ok()) return Error(status.status());
  if (!text.ok()) return Error(text.status());
  const absl::Status added = demo_->AddUpdate(code, *status, *text);
  if (!added.ok()) return Error(added);
  return Answer(201, json::object{{"code", code}, {"status", *status}});
}

}  // namespace fails::simulator
