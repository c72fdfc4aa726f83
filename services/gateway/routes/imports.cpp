// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/base/text.h"
#include "common/wire/json.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

// Unpacked, a file may be several times as large as what was sent.
constexpr std::size_t kMaxFileBytes = 256 << 20;

Problem Unreadable(int status, std::string detail) {
  return {.status = status, .detail = std::move(detail)};
}

// The file as it was before the client packed it.
std::variant<std::shared_ptr<const std::string>, Problem> FileOf(const http::Request& request) {
  if (request.body.empty()) return Problem::BadRequest("the body, which is the file, is empty");
  const std::string coding = absl::AsciiStrToLower(Absl(request.headers.Get("Content-Encoding")));
  if (coding.empty() || coding == "identity") {
    return std::make_shared<const std::string>(request.body);
  }
  if (coding != "gzip" && coding != "x-gzip") {
    Problem problem = Unreadable(
        415, fmt::format("Content-Encoding '{}'; gzip is understood", coding.substr(0, 32)));
    problem.headers.Set("Accept-Encoding", "gzip");
    return problem;
  }
  auto file = http::Gunzip(request.body, kMaxFileBytes);
  if (absl::IsResourceExhausted(file.status())) {
    return Unreadable(413, std::string(file.status().message()));
  }
  if (!file.ok()) return Problem::FromStatus(file.status());
  return std::make_shared<const std::string>(*std::move(file));
}

http::Task<routing::Answer> Import(const ScraperClient& scraper,
                                   const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  const std::string format = params.Text("format", 64);
  if (format.empty()) params.Fail("format", "is missing: the format of the file");
  if (auto problem = params.Problem()) co_return *std::move(problem);
  auto file = FileOf(exchange.request);
  if (auto* problem = std::get_if<Problem>(&file)) co_return std::move(*problem);
  const auto reply = co_await scraper.Import(
      format, std::get<std::shared_ptr<const std::string>>(std::move(file)), exchange.traceparent);
  if (!reply.ok()) {
    if (absl::IsResourceExhausted(reply.status())) {
      co_return Unreadable(413, std::string(reply.status().message()));
    }
    co_return Problem::FromStatus(reply.status());
  }
  co_return JsonAnswer(wire::ToJson(*reply), 202);
}

}  // namespace

std::vector<routing::Route> ImportsRoutes(const Parts& parts) {
  const auto handler = [&scraper = parts.scraper](const routing::Exchange& exchange) {
    return Import(scraper, exchange);
  };
  return {{.method = "POST",
           .pattern = "/api/v1/imports",
           .handler = handler,
           .needs_key = true,
           .body_bytes = parts.import_bytes}};
}

}  // namespace fails::gateway
