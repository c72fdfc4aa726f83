// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/catalog_queries.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/wire/time_proto.h"

namespace fails::analytics {
namespace {

v1::Service ToProto(const catalog::Service& service) {
  v1::Service proto;
  proto.set_id(service.id.str());
  proto.set_name(service.name);
  proto.set_provider(service.provider.str());
  return proto;
}

bool IsFailure(v1::PageHealthState state) {
  return state == v1::PAGE_HEALTH_STATE_UNREACHABLE ||
         state == v1::PAGE_HEALTH_STATE_WRONG_CONTENT ||
         state == v1::PAGE_HEALTH_STATE_RATE_LIMITED;
}

// A page that its provider took down is dormant, whatever the catalog says.
bool IsActive(const catalog::Page& page, const std::optional<v1::PageHealth>& health) {
  const bool deleted = health && health->state() == v1::PAGE_HEALTH_STATE_DELETED;
  return page.status == catalog::PageStatus::kActive && !deleted;
}

}  // namespace

Names NamesOf(const catalog::Catalog& catalog) {
  Names::Catalogued ids;
  for (const catalog::Provider& provider : catalog.providers()) {
    auto& services = ids.emplace_back(provider.id, std::vector<ServiceId>()).second;
    for (const catalog::Service& service : provider.services) services.push_back(service.id);
  }
  return Names(ids);
}

absl::Duration PatienceWith(absl::Duration interval) {
  return std::max(10 * interval, absl::Minutes(10));
}

v1::PageHealth HealthAt(absl::Time now, absl::Duration interval, v1::PageHealth reported) {
  const absl::Time limit = now - PatienceWith(interval);
  const bool succeeded_lately =
      reported.has_last_success_at() && wire::FromProto(reported.last_success_at()) >= limit;
  const bool tried_lately =
      reported.has_last_attempt_at() && wire::FromProto(reported.last_attempt_at()) >= limit;
  const bool tried_at_all = reported.has_last_success_at() || reported.has_last_attempt_at();
  if (!tried_at_all || succeeded_lately) return reported;
  // Never a success, but lately tried: a new page, or one that fails.
  if (tried_lately && (IsFailure(reported.state()) || !reported.has_last_success_at())) {
    return reported;
  }
  reported.set_state(v1::PAGE_HEALTH_STATE_STALE);
  return reported;
}

v1::ListProvidersResponse CatalogQueries::ListProviders() const {
  v1::ListProvidersResponse response;
  for (const catalog::Provider& provider : catalog_.providers()) {
    v1::Provider& out = *response.add_providers();
    out.set_id(provider.id.str());
    out.set_name(provider.name);
    out.set_color(provider.color);
    out.set_website(provider.website);
    for (const catalog::Service& service : provider.services) {
      *out.add_services() = ToProto(service);
    }
    for (const catalog::Page& page : provider.pages) out.add_pages(page.id.str());
  }
  response.set_notice(catalog_.notice());
  return response;
}

absl::StatusOr<v1::ListServicesResponse> CatalogQueries::ListServices(
    const std::string& provider) const {
  if (!provider.empty() && !catalog_.FindProvider(ProviderId(provider))) {
    return absl::InvalidArgumentError(fmt::format("provider: '{}' is not a provider", provider));
  }
  v1::ListServicesResponse response;
  for (const catalog::Service* service : catalog_.Services()) {
    if (provider.empty() || service->provider.str() == provider) {
      *response.add_services() = ToProto(*service);
    }
  }
  response.set_notice(catalog_.notice());
  return response;
}

v1::ListPagesResponse CatalogQueries::ListPages() const {
  const absl::Time now = clock_.Now();
  v1::ListPagesResponse response;
  for (const catalog::Page* page : catalog_.Pages()) {
    auto reported = health_.Get(page->id.str());
    const bool active = IsActive(*page, reported);
    v1::Page& out = *response.add_pages();
    out.set_id(page->id.str());
    out.set_provider(page->provider.str());
    out.set_platform(page->platform);
    out.set_url(page->url);
    out.set_status(active ? v1::PAGE_STATUS_ACTIVE : v1::PAGE_STATUS_DORMANT);
    out.set_interval_seconds(static_cast<int>(absl::ToInt64Seconds(page->interval)));
    v1::PageHealth& health = *out.mutable_health();
    if (reported) {
      health = active ? HealthAt(now, page->interval, *std::move(reported)) : *std::move(reported);
    }
    health.set_page(page->id.str());
  }
  response.set_notice(catalog_.notice());
  return response;
}

std::vector<SourceCount> CatalogQueries::CountSources(const Names& names) const {
  const absl::Time now = clock_.Now();
  std::vector<SourceCount> counts(names.provider_count());
  for (const catalog::Page* page : catalog_.Pages()) {
    const auto provider = names.Find(page->provider);
    const auto health = health_.Get(page->id.str());
    if (!provider || !IsActive(*page, health)) continue;
    ++counts[*provider].sources;
    const bool fresh =
        health && health->has_last_success_at() &&
        wire::FromProto(health->last_success_at()) >= now - PatienceWith(page->interval);
    if (!fresh) ++counts[*provider].stale;
  }
  return counts;
}

}  // namespace fails::analytics
