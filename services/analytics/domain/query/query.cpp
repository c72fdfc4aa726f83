// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/query/query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "absl/strings/numbers.h"
#include "common/base/time.h"
#include "services/analytics/domain/calendar.h"

namespace fails::analytics {
namespace {

// Collects what is wrong with a query, so that a client hears all of it at once.
class Resolver {
 public:
  Resolver(const QueryText& text, const Snapshot& snapshot) : text_(text), snapshot_(snapshot) {}

  absl::StatusOr<Query> Resolve(absl::Time default_now, std::span<const std::string_view> bases,
                                bool measures_slo) {
    query_.now = TimeOr("now", text_.now, default_now);
    query_.to = TimeOr("to", text_.to, query_.now);
    ResolveZone();
    ResolveWords(bases);
    ResolveSlo(measures_slo);
    ResolveFrom();
    ResolveServices();
    if (!problems_.empty()) {
      return absl::InvalidArgumentError(fmt::format("{}", fmt::join(problems_, "; ")));
    }
    query_.from_second = Ceil(query_.from);
    query_.to_second = Ceil(query_.to);
    query_.now_second = absl::ToUnixSeconds(query_.now);
    return std::move(query_);
  }

 private:
  template <class... Args>
  void Complain(fmt::format_string<Args...> format, Args&&... args) {
    problems_.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

  // Snapshots hold whole seconds, so `started >= from` is `started >= ceil(from)`, and the same for
  // `<`.
  static std::int64_t Ceil(absl::Time time) {
    const std::int64_t floor = absl::ToUnixSeconds(time);
    return absl::FromUnixSeconds(floor) == time ? floor : floor + 1;
  }

  absl::Time TimeOr(std::string_view field, const std::string& text, absl::Time otherwise) {
    if (text.empty()) return otherwise;
    const auto time = ParseTime(text);
    if (!time.ok()) {
      Complain("{}: '{}' is not an RFC 3339 time", field, text);
    } else if (!IsCalendarTime(*time)) {
      Complain("{}: '{}' is not within the years 1 to 9999", field, text);
    } else {
      return *time;
    }
    times_known_ = false;
    return otherwise;
  }

  void ResolveZone() {
    query_.tz_name = text_.tz.empty() ? "UTC" : text_.tz;
    const auto zone = LoadZone(query_.tz_name);
    if (zone.ok()) {
      query_.tz = *zone;
    } else {
      Complain("tz: '{}' is not a time zone", query_.tz_name);
    }
  }

  void Check(std::string_view field, const std::string& word,
             std::span<const std::string_view> allowed) {
    if (std::ranges::find(allowed, word) != allowed.end()) return;
    Complain("{}: '{}' is not one of {}", field, word, fmt::join(allowed, ", "));
  }

  // The first of what is allowed where nothing is given.
  std::string Choice(std::string_view field, const std::string& word,
                     std::span<const std::string_view> allowed) {
    if (word.empty()) return std::string(allowed.front());
    Check(field, word, allowed);
    return word;
  }

  void ResolveWords(std::span<const std::string_view> bases) {
    for (const std::string& word : text_.include) {
      Check("include", word, kIncludes);
      query_.include_maintenance |= word == "maintenance";
      query_.include_inconsistent |= word == "inconsistent";
    }
    for (const std::string& word : text_.impact) {
      if (const auto impact = ImpactFromString(word)) {
        query_.impact_bits |= 1U << static_cast<unsigned>(*impact);
      } else {
        Complain("impact: '{}' is not a level of impact", word);
      }
    }
    for (const Impact impact : kImpacts) {
      if (text_.impact.empty()) query_.impact_bits |= 1U << static_cast<unsigned>(impact);
      if (query_.Takes(impact)) query_.impacts.push_back(impact);
    }
    if (!bases.empty()) {
      query_.basis = Choice("basis", text_.basis, bases);
    } else if (!text_.basis.empty()) {
      Complain("basis: '{}' is given to an analysis that has only one", text_.basis);
    }
    query_.start = Choice("start", text_.start, kStarts) == "impact" ? StartBasis::kImpact
                                                                     : StartBasis::kReport;
  }

  void ResolveSlo(bool measures_slo) {
    if (text_.slo.empty()) return;
    if (!measures_slo) {
      Complain("slo: '{}' is given to an analysis that measures against none", text_.slo);
      return;
    }
    if (!absl::SimpleAtod(text_.slo, &query_.slo) || !(query_.slo > 0 && query_.slo < 100)) {
      Complain("slo: '{}' is not a percentage between 0 and 100", text_.slo);
    }
  }

  absl::Time Midnight(absl::Time time) const {
    return absl::FromCivil(absl::ToCivilDay(time, query_.tz), query_.tz);
  }

  void ResolveFrom() {
    // A default that lies behind the end would turn an empty range into an error that the client
    // did not make.
    absl::Time first = query_.to - absl::Seconds(1);
    const std::int64_t known = snapshot_.first_started(query_.start);
    if (known != kNoTime) first = std::min(first, absl::FromUnixSeconds(known));
    query_.from = TimeOr("from", text_.from, std::max(Midnight(first), FirstTime()));
    if (!times_known_ || query_.from < query_.to) return;
    if (text_.from.empty()) {
      Complain("to: '{}' leaves no time before it", text_.to);
    } else {
      Complain("from: '{}' is not before to: '{}'", text_.from,
               text_.to.empty() ? ToRfc3339(query_.to) : text_.to);
    }
  }

  void ResolveServices() {
    const Names& names = snapshot_.names();
    query_.chosen.resize(names.service_count());
    for (const std::string& id : text_.services) {
      if (const auto index = names.Find(ServiceId(id))) {
        query_.chosen[*index] = true;
      } else {
        Complain("services: '{}' is not a service", id);
      }
    }
    const bool everything = text_.services.empty();
    // Per provider: how many of its services the data knows, how many of those are chosen, how many
    // are chosen at all.
    std::vector<int> known(names.provider_count()), known_chosen(names.provider_count()),
        chosen(names.provider_count());
    bool every_known_one = true;
    for (const ServiceIndex service : names.ServicesInOrder()) {
      const ProviderIndex provider = names.provider_of(service);
      const bool knows = snapshot_.Knows(service);
      if (everything) query_.chosen[service] = knows;
      if (query_.chosen[service]) query_.services.push_back(service);
      known[provider] += knows ? 1 : 0;
      known_chosen[provider] += knows && query_.chosen[service] ? 1 : 0;
      chosen[provider] += query_.chosen[service] ? 1 : 0;
      every_known_one &= !knows || query_.chosen[service];
    }
    for (ProviderIndex p = 0; p < names.provider_count(); ++p) {
      query_.takes_unnamed.push_back(known[p] > 0 ? known_chosen[p] == known[p]
                                                  : every_known_one || chosen[p] > 0);
    }
  }

  const QueryText& text_;
  const Snapshot& snapshot_;
  Query query_;
  bool times_known_ = true;
  std::vector<std::string> problems_;
};

// Not as one number of nanoseconds: that holds the years 1677 to 2262 alone, and all times beyond
// would be the same.
std::string Exact(absl::Time time) {
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  return fmt::format("{}.{}", seconds,
                     absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds)));
}

}  // namespace

std::string Query::Key(const Names& names) const {
  return fmt::format("{}|{}|{}", SelectionKey(names), basis, slo);
}

std::string Query::SelectionKey(const Names& names) const {
  std::string ids;
  for (const ServiceIndex service : services) ids += names.service(service).str() + ",";
  return fmt::format("{}|{}|{}|{}|{}{}|{}|{}|{}", ids, Exact(from), Exact(to), tz_name,
                     include_maintenance ? "m" : "", include_inconsistent ? "i" : "", impact_bits,
                     start == StartBasis::kImpact ? "impact" : "report", Exact(now));
}

absl::StatusOr<Query> ResolveQuery(const QueryText& text, const Snapshot& snapshot,
                                   absl::Time default_now, std::span<const std::string_view> bases,
                                   bool measures_slo) {
  return Resolver(text, snapshot).Resolve(default_now, bases, measures_slo);
}

}  // namespace fails::analytics
