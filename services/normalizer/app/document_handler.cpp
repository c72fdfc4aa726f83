// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/document_handler.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "common/base/status_macros.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"
#include "common/platforms/registry.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"
#include "services/normalizer/domain/merge.h"

namespace fails::normalizer {
namespace {

void ReportProblems(const v1::RawDocument& document, const platforms::Parsed& parsed) {
  for (const std::string& problem : parsed.problems) {
    spdlog::warn("page {}, {}: {}", document.page(), document.url(), problem);
  }
  obs::GetCounter("fails_normalizer_report_problems_total",
                  "Reports or updates that could not be read", {{"page", document.page()}})
      .Increment(static_cast<double>(parsed.problems.size()));
}

std::vector<MappedReport> MapAll(const catalog::Catalog& catalog, const catalog::Page& page,
                                 std::vector<Report> reports) {
  std::vector<MappedReport> mapped;
  std::set<IncidentId> seen;
  for (Report& report : reports) {
    MappedReport one = MapServices(catalog, page, std::move(report));
    if (seen.insert(one.id()).second) mapped.push_back(std::move(one));
  }
  return mapped;
}

// Maintenances are listed elsewhere, so a listing of incidents says nothing of them.
bool Listed(const Incident& incident) {
  switch (incident.content().status) {
    case IncidentStatus::kScheduled:
    case IncidentStatus::kInProgress:
    case IncidentStatus::kCompleted:
      return false;
    default:
      return incident.content().impact != Impact::kMaintenance;
  }
}

absl::StatusOr<std::vector<Change>> Decide(const std::vector<MappedReport>& reports, bool complete,
                                           const StoredIncidents& stored, absl::Time fetched_at,
                                           absl::Time now) {
  std::vector<Change> changes;
  std::set<IncidentId> reported;
  for (const MappedReport& report : reports) {
    const IncidentId id = report.id();
    reported.insert(id);
    const auto it = stored.find(id);
    FAILS_ASSIGN_OR_RETURN(
        std::optional<Change> change,
        Merge(it == stored.end() ? nullptr : &it->second, report, fetched_at, now));
    if (change) changes.push_back(*std::move(change));
  }
  if (!complete) return changes;
  for (const auto& [id, incident] : stored) {
    if (reported.contains(id) || !Listed(incident)) continue;
    if (auto change = Withdraw(incident, fetched_at, now)) changes.push_back(*std::move(change));
  }
  return changes;
}

}  // namespace

DocumentHandler::DocumentHandler(const catalog::Catalog& catalog, IncidentStore& store,
                                 const Clock& clock, std::function<void()> committed)
    : catalog_(catalog), store_(store), clock_(clock), committed_(std::move(committed)) {}

absl::StatusOr<UpdateResult> DocumentHandler::Handle(std::string_view message_key,
                                                     std::string_view payload) {
  v1::RawDocument document;
  if (!document.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return absl::InvalidArgumentError("the message is no RawDocument");
  }
  auto result = Apply(message_key, document);
  if (!result.ok()) {
    return absl::Status(result.status().code(),
                        fmt::format("page {}, {}: {}", document.page(), document.url(),
                                    std::string(result.status().message())));
  }
  return result;
}

absl::StatusOr<UpdateResult> DocumentHandler::Apply(std::string_view message_key,
                                                    const v1::RawDocument& document) {
  const platforms::Platform* platform = platforms::Find(document.platform());
  if (!platform) {
    return absl::UnimplementedError(fmt::format("unknown platform '{}'", document.platform()));
  }
  const catalog::Page* page = catalog_.FindPage(PageId(document.page()));
  if (!page) return absl::FailedPreconditionError("the catalog has no such page");
  FAILS_ASSIGN_OR_RETURN(const std::string body, wire::Body(document));
  const absl::Time fetched_at = wire::FromProto(document.fetched_at());
  FAILS_ASSIGN_OR_RETURN(platforms::Parsed parsed,
                         platform->Parse({.kind = document.kind(),
                                          .url = document.url(),
                                          .content_type = document.content_type(),
                                          .body = body,
                                          .fetched_at = fetched_at}));
  ReportProblems(document, parsed);
  const std::vector<MappedReport> reports = MapAll(catalog_, *page, std::move(parsed.reports));

  UpdateScope scope{
      .message_key = std::string(message_key), .page = page->id, .fetched_at = fetched_at};
  for (const MappedReport& report : reports) scope.ids.push_back(report.id());
  if (parsed.listing) scope.listing = UpdateScope::Window{parsed.listing->oldest};
  const absl::Time now = clock_.Now();
  FAILS_ASSIGN_OR_RETURN(
      const UpdateResult result, store_.Update(scope, [&](const StoredIncidents& stored) {
        return Decide(reports, parsed.listing.has_value(), stored, fetched_at, now);
      }));
  if (result.changed > 0) {
    spdlog::info("page {}, {}: {} incidents changed", document.page(), document.kind(),
                 result.changed);
    committed_();
  }
  return result;
}

}  // namespace fails::normalizer
