// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/faults.h"

#include <array>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "boost/json.hpp"
#include "common/base/status_macros.h"

namespace fails::simulator {
namespace json = boost::json;
namespace {

struct KindName {
  FaultKind kind;
  const char* name;
};
constexpr std::array<KindName, 9> kKinds = {{
    {FaultKind::kStatus, "status"},
    {FaultKind::kSlow, "slow"},
    {FaultKind::kTruncated, "truncated"},
    {FaultKind::kWrongContentType, "wrong_content_type"},
    {FaultKind::kHtml200, "html_200"},
    {FaultKind::kRedirect, "redirect"},
    {FaultKind::kFrozen, "frozen"},
    {FaultKind::kTooManyRequests, "too_many_requests"},
    {FaultKind::kIncidentRemoved, "incident_removed"},
}};

constexpr std::int64_t kLongestDelayMs = 600'000;

const char* NameOf(FaultKind kind) {
  for (const KindName& entry : kKinds) {
    if (entry.kind == kind) return entry.name;
  }
  return "unknown";
}

absl::StatusOr<FaultKind> KindOf(const std::string& name) {
  for (const KindName& entry : kKinds) {
    if (entry.name == name) return entry.kind;
  }
  return absl::InvalidArgumentError(absl::StrCat("kind: unknown kind \"", name, "\""));
}

absl::Status Wrong(const char* field, const char* wanted) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": must be ", wanted));
}

absl::Status ReadText(const json::object& object, const char* field, std::string& into) {
  const json::value* value = object.if_contains(field);
  if (value == nullptr || value->is_null()) return absl::OkStatus();
  if (!value->is_string()) return Wrong(field, "a string");
  into = json::value_to<std::string>(*value);
  return absl::OkStatus();
}

absl::Status ReadNumber(const json::object& object, const char* field, std::int64_t low,
                        std::int64_t high, std::optional<std::int64_t>& into) {
  const json::value* value = object.if_contains(field);
  if (value == nullptr || value->is_null()) return absl::OkStatus();
  if (!value->is_int64() || value->get_int64() < low || value->get_int64() > high) {
    return Wrong(field, absl::StrCat("a whole number from ", low, " to ", high).c_str());
  }
  into = value->get_int64();
  return absl::OkStatus();
}

absl::Status CheckFields(const json::object& object) {
  static const std::set<std::string> kKnown = {
      "host",     "path_prefix", "kind",  "status",       "delay_ms",      "retry_after",
      "location", "incident",    "times", "content_type", "cut_connection"};
  for (const auto& member : object) {
    if (kKnown.count(std::string(member.key())) == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("unknown field \"", std::string(member.key()), "\""));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Fault> ParseFault(const json::value& value) {
  if (!value.is_object()) return absl::InvalidArgumentError("a fault is a JSON object");
  const json::object& object = value.get_object();
  FAILS_RETURN_IF_ERROR(CheckFields(object));

  Fault fault;
  std::string kind;
  FAILS_RETURN_IF_ERROR(ReadText(object, "host", fault.host));
  FAILS_RETURN_IF_ERROR(ReadText(object, "path_prefix", fault.path_prefix));
  FAILS_RETURN_IF_ERROR(ReadText(object, "kind", kind));
  FAILS_RETURN_IF_ERROR(ReadText(object, "location", fault.location));
  FAILS_RETURN_IF_ERROR(ReadText(object, "content_type", fault.content_type));
  FAILS_RETURN_IF_ERROR(ReadText(object, "incident", fault.incident));
  if (fault.host.empty()) return Wrong("host", "a host name or \"*\"");
  FAILS_ASSIGN_OR_RETURN(fault.kind, KindOf(kind));
  if (fault.kind == FaultKind::kIncidentRemoved && fault.incident.empty()) {
    return Wrong("incident", "the code of an incident");
  }

  std::optional<std::int64_t> status, delay_ms, retry_after;
  FAILS_RETURN_IF_ERROR(ReadNumber(object, "status", 200, 599, status));
  FAILS_RETURN_IF_ERROR(ReadNumber(object, "delay_ms", 0, kLongestDelayMs, delay_ms));
  FAILS_RETURN_IF_ERROR(ReadNumber(object, "retry_after", 0, 86'400, retry_after));
  FAILS_RETURN_IF_ERROR(ReadNumber(object, "times", 1, 1'000'000'000, fault.times));
  if (fault.kind == FaultKind::kSlow && !delay_ms) return Wrong("delay_ms", "given");
  fault.status = static_cast<int>(status.value_or(0));
  fault.delay = absl::Milliseconds(delay_ms.value_or(0));
  if (retry_after) fault.retry_after = static_cast<int>(*retry_after);

  if (const json::value* cut = object.if_contains("cut_connection")) {
    if (!cut->is_bool()) return Wrong("cut_connection", "true or false");
    fault.cut_connection = cut->get_bool();
  }
  return fault;
}

json::value ToJson(const Fault& fault) {
  json::object object{{"id", fault.id},
                      {"host", fault.host},
                      {"path_prefix", fault.path_prefix},
                      {"kind", NameOf(fault.kind)}};
  if (fault.status != 0) object["status"] = fault.status;
  if (fault.delay > absl::ZeroDuration()) {
    object["delay_ms"] = absl::ToInt64Milliseconds(fault.delay);
  }
  if (fault.retry_after) object["retry_after"] = *fault.retry_after;
  if (!fault.location.empty()) object["location"] = fault.location;
  if (!fault.content_type.empty()) object["content_type"] = fault.content_type;
  if (!fault.incident.empty()) object["incident"] = fault.incident;
  if (fault.cut_connection) object["cut_connection"] = true;
  object["times"] = fault.times ? json::value(*fault.times) : json::value(nullptr);
  return object;
}

Fault FaultBook::Add(Fault fault) {
  absl::MutexLock lock(&mutex_);
  fault.id = ++last_id_;
  faults_.push_back(fault);
  return fault;
}

void FaultBook::Clear() {
  absl::MutexLock lock(&mutex_);
  faults_.clear();
}

std::vector<Fault> FaultBook::List() const {
  absl::MutexLock lock(&mutex_);
  return faults_;
}

std::vector<Fault> FaultBook::Take(const Request& request) {
  std::vector<Fault> taken;
  absl::MutexLock lock(&mutex_);
  for (Fault& fault : faults_) {
    if (fault.host != "*" && fault.host != request.host) continue;
    if (!absl::StartsWith(request.path, fault.path_prefix)) continue;
    taken.push_back(fault);
    if (fault.times) --*fault.times;
  }
  std::erase_if(faults_, [](const Fault& fault) { return fault.times && *fault.times <= 0; });
  return taken;
}

}  // namespace fails::simulator
