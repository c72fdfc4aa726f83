// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/import_desk.h"

#include <fmt/format.h>

#include <utility>

#include "common/base/hash.h"
#include "common/base/status_macros.h"
#include "common/obs/log.h"

namespace fails::scraper {
namespace {

// Of one document: far below what the bus takes, and a transaction of bearable size.
constexpr std::size_t kPieceBytes = 1 << 20;

constexpr std::size_t kMaxProblems = 100;

void Count(platforms::Parsed parsed, ImportSummary& summary) {
  ++summary.documents;
  summary.incidents += static_cast<std::int64_t>(parsed.reports.size());
  summary.outage_days += static_cast<std::int64_t>(parsed.outage_days.size());
  for (std::string& problem : parsed.problems) {
    if (summary.problems.size() < kMaxProblems) summary.problems.push_back(std::move(problem));
  }
}

}  // namespace

absl::Status ImportDesk::CheckFormat(const std::string& format) const {
  if (find_format_(format)) return absl::OkStatus();
  return absl::InvalidArgumentError(fmt::format("unknown import format '{}'", format));
}

absl::StatusOr<ImportSummary> ImportDesk::Import(const std::string& id,
                                                 std::string_view file) const {
  FAILS_RETURN_IF_ERROR(CheckFormat(id));
  const platforms::ImportFormat& format = *find_format_(id);
  const platforms::Platform* platform = find_platform_(id);
  if (!platform) {
    return absl::InternalError(fmt::format("no platform reads the import format '{}'", id));
  }
  if (file.size() > kMaxFileBytes) {
    return absl::ResourceExhaustedError(
        fmt::format("a file of {} bytes; at most {} are taken", file.size(), kMaxFileBytes));
  }
  FAILS_ASSIGN_OR_RETURN(std::vector<platforms::ImportPiece> pieces,
                         format.Split(file, kPieceBytes));

  // Equal files have equal addresses, so that what is imported twice can be told.
  const std::string address = fmt::format("import:{}/{}", id, ToHex(Sha256(file)).substr(0, 16));
  const absl::Time now = clock_.Now();
  ImportSummary summary;
  std::vector<Document> documents;
  documents.reserve(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::string sha = Sha256(pieces[i].bytes);
    documents.push_back({.page = std::string(platforms::kImportPage),
                         .platform = id,
                         .url = platforms::PieceUrl(address, i + 1, pieces[i]),
                         .kind = id,
                         .fetched_at = now,
                         .http_status = 200,
                         .content_type = std::string(format.content_type()),
                         .body = std::move(pieces[i].bytes),  // the file may be large
                         .body_sha256 = sha,
                         .purpose = DocumentPurpose::kImport});
    const Document& document = documents.back();
    FAILS_ASSIGN_OR_RETURN(auto parsed,
                           platform->Parse({document.kind, document.url, document.content_type,
                                            document.body, document.fetched_at}));
    Count(std::move(parsed), summary);
  }
  if (summary.incidents == 0 && summary.outage_days == 0 && !summary.problems.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("nothing in the file could be read; {}", summary.problems.front()));
  }

  for (std::size_t i = 0; i < documents.size(); ++i) {
    const absl::Status published = sink_.Publish(documents[i]);
    if (published.ok()) continue;
    return absl::UnavailableError(fmt::format("{} of {} documents were published: {}", i,
                                              documents.size(), published.ToString()));
  }
  spdlog::info("imported {}: {} documents, {} incidents, {} outage days, {} problems", address,
               summary.documents, summary.incidents, summary.outage_days, summary.problems.size());
  return summary;
}

}  // namespace fails::scraper
