// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/document_handler.h"

#include <fmt/format.h>

#include <utility>

#include "common/base/status_macros.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"

namespace fails::normalizer {
namespace {

constexpr std::size_t kMostTold = 10'000;

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
  const auto known = [this](const PageId& page) { return store_.Components(page); };
  FAILS_ASSIGN_OR_RETURN(const ReadDocument read, Read(catalog_, document, known));
  ReportFindings(document, read);
  const absl::Time now = clock_.Now();
  const auto is_watched = [this](const PageId& page) { return IsWatched(page); };
  FAILS_ASSIGN_OR_RETURN(
      const UpdateResult result,
      store_.Update(std::string(message_key), read.statement, [&](const Stored& stored) {
        return Decide(read.statement, stored, is_watched, now);
      }));
  if (result.changed()) {
    spdlog::info("page {}, {}: {} incidents, {} outage days, {} service states changed",
                 document.page(), document.kind(), result.incidents, result.days, result.states);
    committed_();
  }
  return result;
}

// A component that was renamed or made anew shows here first: by its name it may still be mapped,
// but once that changes too it is lost.
void DocumentHandler::ReportFindings(const v1::RawDocument& document, const ReadDocument& read) {
  for (const std::string& problem : read.problems) {
    spdlog::warn("page {}, {}: {}", document.page(), document.url(), problem);
  }
  const obs::Labels page = {{"page", document.page()}};
  obs::GetCounter("fails_normalizer_report_problems_total",
                  "Reports or updates that could not be read", page)
      .Increment(static_cast<double>(read.problems.size()));
  obs::GetCounter("fails_normalizer_unmapped_components_total",
                  "Components of documents that the catalog maps to no service", page)
      .Increment(static_cast<double>(read.unmapped.size()));
  const std::set<std::string>& made_anew = read.statement.states.made_anew;
  obs::GetCounter("fails_normalizer_components_made_anew_total",
                  "Components of documents that have another id than the catalog knows", page)
      .Increment(static_cast<double>(made_anew.size()));
  for (const std::string& component : read.unmapped) {
    WarnOnce(document.page(), component, "the catalog maps it to no service");
  }
  for (const std::string& component : made_anew) {
    WarnOnce(document.page(), component, "the catalog knows another id for its name");
  }
}

void DocumentHandler::WarnOnce(const std::string& page, const std::string& component,
                               std::string_view what) {
  absl::MutexLock lock(&mutex_);
  if (told_.size() >= kMostTold || !told_.emplace(page, component).second) return;
  spdlog::warn("page {}: component '{}': {}", page, component, what);
}

bool DocumentHandler::IsWatched(const PageId& page) const {
  const catalog::Page* found = catalog_.FindPage(page);
  return found && found->status == catalog::PageStatus::kActive;
}

}  // namespace fails::normalizer
