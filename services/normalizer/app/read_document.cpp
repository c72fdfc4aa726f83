// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/read_document.h"

#include <fmt/format.h>

#include <algorithm>
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

bool NamesAStranger(const catalog::Catalog& catalog, const ProviderId& provider,
                    const Report& report, const ComponentBook& book) {
  const auto strange = [&](const ComponentRef& component) {
    return !component.id.empty() && !FindService(catalog, provider, component, book);
  };
  const bool named = report.components && std::ranges::any_of(*report.components, strange);
  return named ||
         (report.component_impacts &&
          std::ranges::any_of(*report.component_impacts, strange, &ComponentImpact::component));
}

// The document's own list of components and, where that is not enough, the page's earlier ones.
absl::StatusOr<ComponentBook> BookFor(const catalog::Catalog& catalog, const Source& source,
                                      const platforms::Parsed& parsed,
                                      const KnownComponents& known) {
  ComponentBook book = BookOf(parsed.components);
  if (source.import() || parsed.of_many_products) return book;
  const bool enough = std::ranges::none_of(parsed.reports, [&](const Report& report) {
    return NamesAStranger(catalog, source.provider, report, book);
  });
  if (enough) return book;
  FAILS_ASSIGN_OR_RETURN(ComponentBook earlier, known(source.page));
  book.merge(earlier);
  return book;
}

void MapReports(const catalog::Catalog& catalog, const ComponentBook& book,
                platforms::Parsed& parsed, ReadDocument& read) {
  std::set<IncidentId> seen;
  for (Report& report : parsed.reports) {
    auto mapped = MapServices(catalog, read.statement.source, std::move(report), book);
    if (!mapped.ok()) {
      read.problems.emplace_back(mapped.status().message());
    } else if (seen.insert(mapped->id()).second) {
      const bool of_ours = mapped->services && !mapped->services->empty();
      mapped->of_others = parsed.of_many_products && !of_ours;
      // Of a whole cloud most components are nobody's here: no news, and no flaw.
      if (parsed.of_many_products) mapped->unknown_component = false;
      read.statement.reports.push_back(*std::move(mapped));
    }
  }
}

}  // namespace

absl::StatusOr<ReadDocument> Read(const catalog::Catalog& catalog, const v1::RawDocument& document,
                                  const KnownComponents& known) {
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
  FAILS_ASSIGN_OR_RETURN(const ComponentBook book,
                         BookFor(catalog, statement.source, parsed, known));
  MapReports(catalog, book, parsed, read);
  if (!statement.source.import()) {
    statement.listing = parsed.listing;
    // Of a whole cloud nobody needs to know all components.
    if (!parsed.of_many_products) statement.components = BookOf(parsed.components);
  }
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
