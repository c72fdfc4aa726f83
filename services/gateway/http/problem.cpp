// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/problem.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "common/base/utf8.h"

namespace fails::gateway {
namespace {

namespace json = boost::json;

// 404 -> "not-found". The kind of problem is the HTTP status and nothing finer: what differs stands
// in `errors`.
std::string KindOf(int status) {
  if (status == 400) return "invalid-argument";
  return absl::StrReplaceAll(absl::AsciiStrToLower(std::string(http::ReasonPhrase(status))),
                             {{" ", "-"}});
}

}  // namespace

int HttpStatusOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kFailedPrecondition:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:  // INTERNAL, UNKNOWN, DATA_LOSS
      return 500;
  }
}

Problem Problem::FromStatus(const absl::Status& status) {
  Problem problem{.status = HttpStatusOf(status.code())};
  switch (problem.status) {
    case 500:
      problem.detail = "something went wrong on our side";
      break;
    case 503:
      problem.detail = "a part of the system is not there right now";
      problem.headers.Add("Retry-After", "2");
      break;
    case 504:
      problem.detail = "the answer took too long";
      break;
    case 429:
      problem.headers.Add("Retry-After", "1");
      [[fallthrough]];
    default:
      problem.detail = std::string(status.message());
  }
  return problem;
}

Problem Problem::BadRequest(std::string detail) {
  return {.status = 400, .detail = std::move(detail)};
}

Problem Problem::NotFound(std::string detail) {
  return {.status = 404, .detail = std::move(detail)};
}

http::Response ToResponse(const Problem& problem, std::string_view request_id) {
  json::object body = {
      {"type", fmt::format("urn:fails:problem:{}", KindOf(problem.status))},
      {"title", http::ReasonPhrase(problem.status)},
      {"status", problem.status},
      {"detail", RepairUtf8(problem.detail)},
      {"instance", fmt::format("urn:fails:request:{}", request_id)},
  };
  if (!problem.errors.empty()) {
    json::array errors;
    for (const FieldError& error : problem.errors) {
      errors.push_back(json::object{{"field", RepairUtf8(error.field)},
                                    {"value", RepairUtf8(error.value)},
                                    {"message", error.message}});
    }
    body["errors"] = std::move(errors);
  }
  http::Response response{.status = problem.status, .headers = problem.headers};
  response.headers.Set("Content-Type", "application/problem+json");
  response.headers.Set("Cache-Control", "no-store");
  response.body = http::Bytes(json::serialize(body));
  return response;
}

}  // namespace fails::gateway
