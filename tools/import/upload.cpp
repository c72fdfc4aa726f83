// SPDX-License-Identifier: Apache-2.0
#include "tools/import/upload.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>
#include <filesystem>

#include "common/base/status_macros.h"
#include "common/platforms/import_format.h"

namespace fails::tools {
namespace {

namespace json = boost::json;

constexpr absl::Duration kTimeout = absl::Minutes(6);
constexpr std::size_t kPieceBytes = 1 << 20;

absl::StatusCode CodeOf(int http_status) {
  switch (http_status) {
    case 401:
      return absl::StatusCode::kUnauthenticated;
    case 403:
      return absl::StatusCode::kPermissionDenied;
    case 413:
      return absl::StatusCode::kResourceExhausted;
    case 429:
    case 502:
    case 503:
    case 504:
      return absl::StatusCode::kUnavailable;
    default:
      return absl::StatusCode::kInvalidArgument;
  }
}

// The detail of a problem document, with what is wrong with each parameter.
std::string ProblemWords(const http::Response& response) {
  boost::system::error_code error;
  const json::value body = json::parse(response.body, error);
  const json::object* problem = error ? nullptr : body.if_object();
  const json::value* detail = problem ? problem->if_contains("detail") : nullptr;
  if (!detail || !detail->is_string()) return fmt::format("HTTP {}", response.status);
  std::string words = fmt::format("HTTP {}: {}", response.status, detail->as_string().c_str());
  const json::value* errors = problem->if_contains("errors");
  if (!errors || !errors->is_array()) return words;
  for (const json::value& each : errors->as_array()) {
    const json::object* field = each.if_object();
    const json::value* name = field ? field->if_contains("field") : nullptr;
    const json::value* message = field ? field->if_contains("message") : nullptr;
    if (!name || !name->is_string() || !message || !message->is_string()) continue;
    words += fmt::format("; {} {}", name->as_string().c_str(), message->as_string().c_str());
  }
  return words;
}

absl::StatusOr<UploadResult> ReadSummary(const std::string& body) {
  try {
    const json::value summary = json::parse(body);
    return UploadResult{
        .documents = summary.at("documents").to_number<std::int64_t>(),
        .incidents = summary.at("incidents").to_number<std::int64_t>(),
        .outage_days = summary.at("outage_days").to_number<std::int64_t>(),
        .problems = json::value_to<std::vector<std::string>>(summary.at("problems"))};
  } catch (const std::exception& error) {
    return absl::DataLossError(
        fmt::format("the gateway's answer is not understood: {}", error.what()));
  }
}

std::string Counted(std::int64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string InWords(const UploadResult& result) {
  return fmt::format("{}, {}, {}", Counted(result.incidents, "incident"),
                     Counted(result.outage_days, "outage day"),
                     Counted(result.documents, "document"));
}

absl::StatusOr<std::string> GuessFormat(const std::string& path, std::string_view file) {
  const std::string extension = std::filesystem::path(path).extension().string();
  if (extension == ".ndjson" || extension == ".jsonl") return "ndjson";
  std::vector<std::string> fitting;
  std::string why;
  for (const platforms::ImportFormat* format : platforms::AllImportFormats()) {
    if (format->id() == "ndjson") continue;  // takes any lines
    const auto pieces = format->Split(file, kPieceBytes);
    if (pieces.ok()) {
      fitting.emplace_back(format->id());
    } else {
      why += fmt::format("\n  no {}: {}", format->id(), std::string(pieces.status().message()));
    }
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty()) {
    return absl::InvalidArgumentError(fmt::format("of no known format (see --format):{}", why));
  }
  return absl::InvalidArgumentError(
      fmt::format("could be {}: say which with --format", fmt::join(fitting, " or ")));
}

absl::StatusOr<UploadResult> Upload(http::Client& client, const Gateway& gateway,
                                    const std::string& format, std::string file) {
  http::Request request{.url = fmt::format("{}/api/v1/imports?format={}", gateway.url, format),
                        .headers = {{"Authorization", "Bearer " + gateway.key},
                                    {"Content-Type", "application/octet-stream"},
                                    {"Accept", "application/json"}},
                        .timeout = kTimeout,
                        .max_redirects = 0,  // the key is for this gateway alone
                        .post_body = std::move(file)};
  FAILS_ASSIGN_OR_RETURN(const http::Response response, client.FetchAndWait(std::move(request)));
  if (response.status == 202) return ReadSummary(response.body);
  return absl::Status(CodeOf(response.status), ProblemWords(response));
}

}  // namespace fails::tools
