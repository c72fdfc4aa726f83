// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routes/shared/export_formats.h"
#include "services/gateway/routes/shared/export_stream.h"
#include "services/gateway/routes/shared/incident_filter.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

// How the portions of an export become a file.
template <class Portion>
struct File {
  const char* name;
  const char* content_type;
  std::string (*head)();  // null: none
  std::string (*format)(const Portion&);
};

using Incidents = v1::ExportIncidentsResponse;
using OutageDays = v1::ExportOutageDaysResponse;

constexpr char kCsvType[] = "text/csv; charset=utf-8; header=present";
constexpr char kNdjsonType[] = "application/x-ndjson";

constexpr File<Incidents> kIncidentFiles[] = {
    {"incidents.csv", kCsvType, IncidentCsvHeader, CsvOf},
    {"incidents.ndjson", kNdjsonType, nullptr, NdjsonOf},
};
constexpr File<OutageDays> kOutageDayFiles[] = {
    {"outage-days.csv", kCsvType, OutageDayCsvHeader, CsvOf},
    {"outage-days.ndjson", kNdjsonType, nullptr, NdjsonOf},
};

// Waits for the first portion, so that what goes wrong before it is a problem document.
template <class Portion>
http::Task<routing::Answer> SendFile(const File<Portion>& file,
                                     std::unique_ptr<MessageStream<Portion>> portions) {
  auto first = co_await portions->Next();
  if (!first.ok()) co_return Problem::FromStatus(first.status());
  http::Response response;
  response.headers.Set("Content-Type", file.content_type);
  response.headers.Set("Content-Disposition",
                       fmt::format("attachment; filename=\"{}\"", file.name));
  response.headers.Set("Cache-Control", "no-store");
  response.stream = std::make_unique<ExportStream<Portion>>(
      std::move(portions), *std::move(first), file.head ? file.head() : std::string(), file.format);
  co_return response;
}

http::Task<routing::Answer> ExportIncidents(const AnalyticsClient& analytics,
                                            const File<Incidents>& file,
                                            const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  v1::ExportIncidentsRequest request;
  *request.mutable_filter() = ReadIncidentFilter(params);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  co_return co_await SendFile(file, analytics.ExportIncidents(request, exchange.traceparent));
}

// A date as it was typed, if it is one.
std::string ReadDate(routing::Params& params, std::string_view name) {
  std::string text = params.Text(name, 10);
  absl::CivilDay day;
  if (text.empty()) return text;
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day) ||
      absl::FormatCivilTime(day) != text) {
    params.Fail(name, "must be a date, YYYY-MM-DD");
  }
  return text;
}

http::Task<routing::Answer> ExportOutageDays(const AnalyticsClient& analytics,
                                             const File<OutageDays>& file,
                                             const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  v1::ExportOutageDaysRequest request;
  for (std::string& id : params.ProviderIds("provider")) request.add_providers(std::move(id));
  for (std::string& id : params.ServiceIds("service")) request.add_services(std::move(id));
  request.set_from(ReadDate(params, "from"));
  request.set_to(ReadDate(params, "to"));
  if (!request.from().empty() && !request.to().empty() && request.from() >= request.to()) {
    params.Fail("to", "must be later than from");
  }
  if (auto problem = params.Problem()) co_return *std::move(problem);
  co_return co_await SendFile(file, analytics.ExportOutageDays(request, exchange.traceparent));
}

}  // namespace

std::vector<routing::Route> ExportsRoutes(const Parts& parts) {
  const AnalyticsClient& analytics = parts.analytics;
  std::vector<routing::Route> routes;
  for (const File<Incidents>& file : kIncidentFiles) {
    routes.push_back({"GET", fmt::format("/api/v1/exports/{}", file.name),
                      [&analytics, &file](const routing::Exchange& exchange) {
                        return ExportIncidents(analytics, file, exchange);
                      }});
  }
  for (const File<OutageDays>& file : kOutageDayFiles) {
    routes.push_back({"GET", fmt::format("/api/v1/exports/{}", file.name),
                      [&analytics, &file](const routing::Exchange& exchange) {
                        return ExportOutageDays(analytics, file, exchange);
                      }});
  }
  return routes;
}

}  // namespace fails::gateway
