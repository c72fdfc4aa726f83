// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/read_document.h"

#include <fmt/format.h>

#include <utility>

#include "common/base/status_macros.h"
#include "common/base/time.h"
#include "common/platforms/import_format.h"
#include "common/platforms/registry.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"

namespace fails::normalizer {
namespace {

Origin OriginOf(const v1::RawDocument& document) {
  if (document.page() == platforms::kImportPage) return Origin::kImport;
  switch (document.purpose()) {
    case v1::DOCUMENT_PURPOSE_IMPORT:
      return Origin::kImport;
    case v1::DOCUMENT_PURPOSE_BACKFILL:
      return Origin::kBackfill;
    default:
      return Origin::kPoll;
  }
}

absl::StatusOr<Source> SourceOf(const catalog::Catalog& catalog, const v1::RawDocument& document) {
  Source source{.page = PageId(document.page()),
                .platform = document.platform(),
                .origin = OriginOf(document),
                .fetched_at = ToMicroseconds(wire::FromProto(document.fetched_at()))};
  if (document.page() == platforms::kImportPage) return source;
  const catalog::Page* page = catalog.FindPage(source.page);
  if (!page) return absl::FailedPreconditionError("the catalog has no such page");
  source.provider = page->provider;
  return source;
}

void MapReports(const catalog::Catalog& catalog, platforms::Parsed& parsed, ReadDocument& read) {
  std::set<IncidentId> seen;
  for (Report& report : parsed.reports) {
    auto mapped = MapServices(catalog, read.statement.source, std::move(report));
    if (!mapped.ok()) {
      read.problems.emplace_back(mapped.status().message());
    } else if (seen.insert(mapped->id()).second) {
      const bool of_ours = mapped->services && !mapped->services->empty();
      mapped->of_others = parsed.of_many_products && !of_ours;
      read.statement.reports.push_back(*std::move(mapped));
    }
  }
}

}  // namespace

absl::StatusOr<ReadDocument> Read(const catalog::Catalog& catalog,
                                  const v1::RawDocument& document) {
  const platforms::Platform* platform = platforms::Find(document.platform());
  if (!platform) {
    return absl::UnimplementedError(fmt::format("unknown platform '{}'", document.platform()));
  }
  ReadDocument read;
  Statement& statement = read.statement;
  FAILS_ASSIGN_OR_RETURN(statement.source, SourceOf(catalog, document));
  FAILS_ASSIGN_OR_RETURN(const std::string body, wire::Body(document));
  FAILS_ASSIGN_OR_RETURN(platforms::Parsed parsed,
                         platform->Parse({.kind = document.kind(),
                                          .url = document.url(),
                                          .content_type = document.content_type(),
                                          .body = body,
                                          .fetched_at = statement.source.fetched_at}));
  read.problems = std::move(parsed.problems);
  MapReports(catalog, parsed, read);
  if (!statement.source.import()) statement.listing = parsed.listing;
  statement.days = MapOutageDays(catalog, statement.source, parsed.outage_days);
  statement.states =
      MapStates(catalog, statement.source, parsed.components, parsed.components_complete);
  for (std::string& problem : statement.days.problems) read.problems.push_back(std::move(problem));
  // Of a whole cloud most components are nobody's here: no news.
  if (parsed.of_many_products) return read;
  read.unmapped = statement.states.unmapped;
  read.unmapped.insert(statement.days.unmapped.begin(), statement.days.unmapped.end());
  return read;
}

}  // namespace fails::normalizer
