// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/mapped_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/base/time.h"
#include "common/base/utf8.h"
#include "common/domain/incident.h"

namespace fails::normalizer {
namespace {

constexpr std::size_t kManyComponents = 15;
constexpr std::size_t kManyServices = 8;
constexpr std::size_t kLongestId = 1000;  // far below what a row of an index may hold

void RepairText(Report& report) {
  for (std::string* text :
       {&report.native_id, &report.title, &report.url, &report.provider, &report.page}) {
    *text = RepairUtf8(*text);
  }
  for (Update& update : report.updates) {
    update.native_id = RepairUtf8(update.native_id);
    update.body = RepairUtf8(update.body);
  }
}

// The times of a report, as they can be stored.
std::vector<absl::Time*> TimesOf(Report& report) {
  std::vector<absl::Time*> times;
  for (std::optional<absl::Time>* time :
       {&report.impact_started_at, &report.impact_ended_at, &report.scheduled_for,
        &report.scheduled_until, &report.withdrawn_at, &report.end_inferred_at}) {
    if (*time) times.push_back(&**time);
  }
  for (Update& update : report.updates) times.push_back(&update.at);
  if (!report.component_impacts) return times;
  for (ComponentImpact& impact : *report.component_impacts) {
    times.push_back(&impact.from);
    if (impact.to) times.push_back(&*impact.to);
  }
  return times;
}

absl::Status RepairTimes(Report& report) {
  static const absl::Time earliest = absl::FromCivil(absl::CivilDay(1990), absl::UTCTimeZone());
  static const absl::Time latest = absl::FromCivil(absl::CivilDay(2200), absl::UTCTimeZone());
  for (absl::Time* time : TimesOf(report)) {
    if (*time < earliest || *time > latest) {
      return absl::InvalidArgumentError(fmt::format("incident '{}': a time of {} cannot be",
                                                    report.native_id, absl::FormatTime(*time)));
    }
    *time = ToMicroseconds(*time);
  }
  return absl::OkStatus();
}

// "<provider>/<slug>": what may stand in data, whether or not the catalog knows it.
bool IsServiceOf(const ProviderId& provider, std::string_view id) {
  if (!id.starts_with(provider.str() + "/")) return false;
  const std::string_view slug = id.substr(provider.str().size() + 1);
  return !slug.empty() && std::ranges::all_of(slug, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void MapNamed(const std::vector<std::string>& named, MappedReport& mapped) {
  mapped.services.emplace();
  for (const std::string& id : named) {
    if (IsServiceOf(mapped.provider, id)) {
      mapped.services->emplace_back(id);
    } else {
      mapped.unknown_component = true;
    }
  }
}

void MapComponents(const catalog::Catalog& catalog, const std::vector<ComponentRef>& components,
                   const ComponentBook& book, MappedReport& mapped) {
  mapped.services.emplace();
  for (const ComponentRef& component : components) {
    if (const auto* service = FindService(catalog, mapped.provider, component, book)) {
      mapped.services->push_back(service->id);
    } else {
      mapped.unknown_component = true;
    }
  }
}

bool IsBroad(const catalog::Catalog& catalog, const MappedReport& mapped) {
  if (mapped.report.components && mapped.report.components->size() > kManyComponents) return true;
  const catalog::Provider* provider = catalog.FindProvider(mapped.provider);
  if (!provider || !mapped.services || provider->services.size() < kManyServices) return false;
  const std::set<ServiceId> named(mapped.services->begin(), mapped.services->end());
  return std::ranges::all_of(provider->services, [&](const catalog::Service& service) {
    return named.contains(service.id);
  });
}

bool HasFlag(const Report& report, std::string_view flag) {
  return std::ranges::find(report.flags, flag) != report.flags.end();
}

void MapImpacts(const catalog::Catalog& catalog, const std::vector<ComponentImpact>& impacts,
                const ComponentBook& book, MappedReport& mapped) {
  mapped.impact_intervals.emplace();
  for (const ComponentImpact& impact : impacts) {
    const catalog::Service* service = FindService(catalog, mapped.provider, impact.component, book);
    if (!service) {
      mapped.unknown_component = true;
      continue;
    }
    if (impact.to && *impact.to < impact.from) continue;  // cannot be
    const ImpactInterval interval = {service->id, impact.from, impact.to, impact.level};
    if (std::ranges::find(*mapped.impact_intervals, interval) == mapped.impact_intervals->end()) {
      mapped.impact_intervals->push_back(interval);
    }
  }
}

PageId PageOf(const catalog::Catalog& catalog, const Source& source, const MappedReport& mapped) {
  if (!source.import()) return source.page;
  if (!mapped.report.page.empty()) return PageId(mapped.report.page);
  const catalog::Provider* provider = catalog.FindProvider(mapped.provider);
  return provider && !provider->pages.empty() ? provider->pages.front().id : source.page;
}

}  // namespace

std::string NameOf(const ComponentRef& component) {
  return RepairUtf8(component.name.empty() ? component.id : component.name);
}

absl::StatusOr<ProviderId> ProviderOf(const catalog::Catalog& catalog, const Source& source,
                                      const std::string& named) {
  if (!source.provider.empty()) return source.provider;
  if (named.empty()) return absl::InvalidArgumentError("names no provider");
  const catalog::Provider* provider = catalog.ProviderNamed(named);
  if (!provider) {
    return absl::InvalidArgumentError(fmt::format("the catalog has no provider '{}'", named));
  }
  return provider->id;
}

absl::StatusOr<MappedReport> MapServices(const catalog::Catalog& catalog, const Source& source,
                                         Report report, const ComponentBook& book) {
  RepairText(report);
  if (report.native_id.empty()) {
    return absl::InvalidArgumentError(fmt::format("incident '{}' has no id", report.title));
  }
  if (report.native_id.size() > kLongestId) {
    return absl::InvalidArgumentError(fmt::format("incident '{}…' has an id of {} bytes",
                                                  report.native_id.substr(0, 40),
                                                  report.native_id.size()));
  }
  FAILS_RETURN_IF_ERROR(RepairTimes(report));
  auto provider = ProviderOf(catalog, source, report.provider);
  if (!provider.ok()) {
    return absl::InvalidArgumentError(fmt::format("incident '{}': {}", report.native_id,
                                                  std::string(provider.status().message())));
  }
  MappedReport mapped{.provider = *std::move(provider)};
  mapped.report = std::move(report);
  mapped.page = PageOf(catalog, source, mapped);
  if (mapped.report.services) {
    MapNamed(*mapped.report.services, mapped);
  } else if (mapped.report.components) {
    MapComponents(catalog, *mapped.report.components, book, mapped);
  }
  mapped.broad = IsBroad(catalog, mapped) || HasFlag(mapped.report, flag::kBroad);
  if (HasFlag(mapped.report, flag::kUnknownComponent)) mapped.unknown_component = true;
  if (mapped.report.component_impacts) {
    MapImpacts(catalog, *mapped.report.component_impacts, book, mapped);
  }
  return mapped;
}

}  // namespace fails::normalizer
