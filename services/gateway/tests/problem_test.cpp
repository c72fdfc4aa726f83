// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/problem.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <utility>

namespace fails::gateway {
namespace {

TEST(Problem, EveryStatusCodeHasItsHttpStatus) {
  const std::pair<absl::StatusCode, int> table[] = {
      {absl::StatusCode::kCancelled, 499},          {absl::StatusCode::kUnknown, 500},
      {absl::StatusCode::kInvalidArgument, 400},    {absl::StatusCode::kDeadlineExceeded, 504},
      {absl::StatusCode::kNotFound, 404},           {absl::StatusCode::kAlreadyExists, 409},
      {absl::StatusCode::kPermissionDenied, 403},   {absl::StatusCode::kResourceExhausted, 429},
      {absl::StatusCode::kFailedPrecondition, 400}, {absl::StatusCode::kAborted, 409},
      {absl::StatusCode::kOutOfRange, 400},         {absl::StatusCode::kUnimplemented, 501},
      {absl::StatusCode::kInternal, 500},           {absl::StatusCode::kUnavailable, 503},
      {absl::StatusCode::kDataLoss, 500},           {absl::StatusCode::kUnauthenticated, 401},
  };
  for (const auto& [code, status] : table) {
    EXPECT_EQ(HttpStatusOf(code), status) << absl::StatusCodeToString(code);
    EXPECT_NE(http::ReasonPhrase(status), "Unknown") << status;
  }
}

TEST(Problem, OurOwnTroubleIsNotTold) {
  for (const auto& status : {absl::InternalError("SELECT secret"), absl::DataLossError("secret"),
                             absl::UnknownError("secret"), absl::UnavailableError("10.0.0.7:1")}) {
    const Problem problem = Problem::FromStatus(status);
    EXPECT_EQ(problem.detail.find("secret"), std::string::npos);
    EXPECT_EQ(problem.detail.find("10.0.0.7"), std::string::npos);
    EXPECT_NE(problem.detail, "");
  }
  EXPECT_EQ(Problem::FromStatus(absl::NotFoundError("unknown incident: a/b")).detail,
            "unknown incident: a/b");
}

TEST(Problem, TellsWhenToComeBack) {
  EXPECT_EQ(Problem::FromStatus(absl::UnavailableError("")).headers.Get("Retry-After"), "2");
}

TEST(Problem, IsADocumentOfRfc9457) {
  Problem problem = Problem::BadRequest("no \xff good");
  problem.errors.push_back({"limit", "1\"0", "is bad"});
  const http::Response response = ToResponse(problem, "abc");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.headers.Get("content-type"), "application/problem+json");
  const auto body = boost::json::parse(*response.body).as_object();
  EXPECT_EQ(body.at("type"), "urn:fails:problem:invalid-argument");
  EXPECT_EQ(body.at("title"), "Bad Request");
  EXPECT_EQ(body.at("status"), 400);
  EXPECT_EQ(body.at("detail"), "no \xEF\xBF\xBD good");
  EXPECT_EQ(body.at("instance"), "urn:fails:request:abc");
  const auto& error = body.at("errors").as_array().at(0).as_object();
  EXPECT_EQ(error.at("field"), "limit");
  EXPECT_EQ(error.at("value"), "1\"0");
  EXPECT_EQ(error.at("message"), "is bad");
}

}  // namespace
}  // namespace fails::gateway
