// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/outage_days.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/import_format.h"
#include "services/normalizer/domain/mapped_report.h"

namespace fails::normalizer {
namespace {

constexpr std::int32_t kLongestDay = 25 * 60 * 60;  // the day the clocks go back

bool CanBe(const OutageDay& day) {
  const auto in_a_day = [](std::int32_t seconds) { return seconds >= 0 && seconds <= kLongestDay; };
  return day.date.year() >= 2000 && day.date.year() < 2200 && in_a_day(day.partial_seconds) &&
         in_a_day(day.major_seconds);
}

OutageDay Worst(const OutageDay& a, const OutageDay& b) {
  return {a.date, std::max(a.partial_seconds, b.partial_seconds),
          std::max(a.major_seconds, b.major_seconds)};
}

}  // namespace

MappedDays MapOutageDays(const catalog::Catalog& catalog, const Source& source,
                         const std::vector<OutageDayReport>& reports) {
  MappedDays mapped;
  for (const OutageDayReport& report : reports) {
    const OutageDay& day = report.day;
    const auto complain = [&](const std::string& what) {
      mapped.problems.push_back(fmt::format("day {} of '{}': {}", absl::FormatCivilTime(day.date),
                                            NameOf(report.component), what));
    };
    const auto provider = ProviderOf(catalog, source, report.provider);
    if (!provider.ok()) {
      complain(std::string(provider.status().message()));
      continue;
    }
    if (!CanBe(day)) {
      complain(fmt::format("{} and {} seconds of outage cannot be", day.partial_seconds,
                           day.major_seconds));
      continue;
    }
    const catalog::Service* service = catalog.MapComponent(*provider, report.component);
    if (!service) {
      mapped.unmapped.insert(NameOf(report.component));
      continue;
    }
    const auto [it, fresh] = mapped.days.try_emplace({service->id, day.date}, day);
    if (!fresh) it->second = Worst(it->second, day);
  }
  return mapped;
}

std::vector<std::pair<ServiceId, StoredDay>> ChangedDays(const StoredDays& stored,
                                                         const MappedDays& mapped,
                                                         const Source& source) {
  const PageId import_page{std::string(platforms::kImportPage)};
  const PageId page = source.import() ? import_page : source.page;
  std::vector<std::pair<ServiceId, StoredDay>> changed;
  for (const auto& [key, said] : mapped.days) {
    const auto it = stored.find(key);
    if (it == stored.end()) {
      changed.emplace_back(key.first, StoredDay{said, page, source.fetched_at});
      continue;
    }
    const StoredDay& known = it->second;
    const bool takes_over = known.page == import_page && !source.import();
    if (source.import() && known.page != import_page) continue;
    if (!takes_over && source.fetched_at < known.source_at) continue;
    const bool other_page = !takes_over && known.page != page;
    const OutageDay day = other_page ? Worst(known.day, said) : said;
    if (day == known.day && (other_page || known.page == page)) continue;
    changed.emplace_back(key.first, StoredDay{day, page, source.fetched_at});
  }
  return changed;
}

}  // namespace fails::normalizer
