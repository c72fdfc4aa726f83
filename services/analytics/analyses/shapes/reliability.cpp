// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/reliability.h"

#include <algorithm>
#include <tuple>

#include "common/base/status_macros.h"
#include "services/analytics/domain/query/recovery.h"
#include "services/analytics/domain/stats/bootstrap.h"
#include "services/analytics/domain/stats/moments.h"
#include "services/analytics/domain/stats/sort.h"
#include "services/analytics/domain/time/civil.h"

namespace fails::analytics {
namespace {

constexpr std::int64_t kYear = 365;

// The incidents that began or were down in the days before `now`.
absl::StatusOr<Selection> SelectWindow(const AnalysisInput& input, std::int64_t days) {
  Query window = input.query;
  window.to_second = window.now_second;
  window.from_second = window.now_second - days * kDaySeconds;
  return Select(input.snapshot, window, {.downtime = true}, input.cancelled);
}

std::int64_t Earlier(std::int64_t a, std::int64_t b) {
  return a == kNoTime || b == kNoTime ? std::max(a, b) : std::min(a, b);
}

// Since when something is known of a service; kNoTime: nothing is.
std::int64_t KnownFrom(const AnalysisInput& input, ServiceIndex service) {
  const auto calendar = input.snapshot.calendar().days(service);
  const std::int64_t first = input.snapshot.first_started(service);
  if (calendar.empty()) return first;
  return Earlier(first, absl::ToUnixSeconds(
                            absl::FromCivil(DayOfNumber(calendar.front().day), input.query.tz)));
}

std::int64_t LengthOf(const Span& span) {
  return std::max<std::int64_t>(span.end - span.begin, 0);
}

// Calls `visit` with the place of every group in which the incident stands.
template <class Visit>
void ForEachGroup(const AnalysisInput& input, const IncidentView& incident, const Visit& visit) {
  visit(PlaceOf(input.snapshot.names(), {incident.provider(), std::nullopt}));
  for (const ServiceIndex service : incident.services()) {
    if (!input.query.chosen[service]) continue;
    visit(PlaceOf(input.snapshot.names(), {incident.provider(), service}));
  }
}

void FillEstimate(std::vector<std::int64_t> seconds, v1::Estimate& estimate) {
  const std::vector<double> values = stats::Sorted(std::move(seconds));
  estimate.set_n(static_cast<std::int64_t>(values.size()));
  if (const auto mean = stats::Mean(values)) estimate.set_value(*mean);
  if (const auto interval = stats::MeanInterval95(values)) {
    estimate.mutable_ci95()->set_low(interval->low);
    estimate.mutable_ci95()->set_high(interval->high);
  }
}

std::vector<std::int64_t> Gaps(std::vector<std::int64_t> started) {
  const std::vector<double> ordered = stats::Sorted(std::move(started));
  std::vector<std::int64_t> gaps;
  for (std::size_t i = 1; i < ordered.size(); ++i) {
    gaps.push_back(static_cast<std::int64_t>(ordered[i] - ordered[i - 1]));
  }
  return gaps;
}

}  // namespace

absl::StatusOr<ReliabilityGroup> GroupOf(const CellKey& cell, const AnalysisInput& input) {
  const Names& names = input.snapshot.names();
  const std::optional<std::string> text = cell.Text("group");
  if (text && text->find('/') == std::string::npos) {
    FAILS_ASSIGN_OR_RETURN(const ProviderIndex provider,
                           cell.Provider("group", names, input.query));
    return ReliabilityGroup{provider, std::nullopt};
  }
  FAILS_ASSIGN_OR_RETURN(const ServiceIndex service, cell.Service("group", names, input.query));
  return ReliabilityGroup{names.provider_of(service), service};
}

std::size_t PlaceOf(const Names& names, const ReliabilityGroup& group) {
  return group.service ? names.provider_count() + *group.service : group.provider;
}

absl::StatusOr<std::vector<ReliabilityRecord>> ReadRecords(const AnalysisInput& input) {
  const Names& names = input.snapshot.names();
  std::vector<ReliabilityRecord> records(names.provider_count() + names.service_count());
  for (const ServiceIndex service : input.query.services) {
    const ReliabilityGroup group = {names.provider_of(service), service};
    const std::int64_t known = KnownFrom(input, service);
    records[PlaceOf(names, group)].known_from = known;
    std::int64_t& of_provider = records[PlaceOf(names, {group.provider, std::nullopt})].known_from;
    of_provider = Earlier(of_provider, known);
  }
  for (const Snapshot::Row row : input.selection.rows) {
    const IncidentView incident = input.snapshot.at(row);
    const std::int64_t started = incident.started(input.query.start);
    std::optional<std::int64_t> recovery;
    if (RecoveryStart(incident, input.query.start) != kNoTime) {
      const Recovery found = RecoveryOf(incident, input.query);
      if (!found.censored) recovery = found.seconds;
    }
    ForEachGroup(input, incident, [&](std::size_t place) {
      ReliabilityRecord& record = records[place];
      record.started.push_back(started);
      record.known_from = Earlier(record.known_from, started);
      if (incident.ongoing()) ++record.ongoing;
      if (recovery) record.recovery.push_back(*recovery);
      if (!record.longest || LastsLonger(input, row, *record.longest)) record.longest = row;
    });
  }
  FAILS_ASSIGN_OR_RETURN(const Selection recent, SelectWindow(input, kYear));
  for (const Snapshot::Row row : recent.rows) {
    const IncidentView incident = input.snapshot.at(row);
    const Span down = DowntimeOf(incident, input.query);
    ForEachGroup(input, incident, [&](std::size_t place) {
      records[place].recent.push_back(down);
      records[place].known_from = Earlier(records[place].known_from, down.begin);
    });
  }
  return records;
}

void FillSummary(const AnalysisInput& input, ReliabilityRecord record,
                 std::span<const std::int64_t> windows, v1::SummaryGroup& summary) {
  summary.set_incidents(static_cast<std::int64_t>(record.started.size()));
  summary.set_ongoing(record.ongoing);
  FillEstimate(std::move(record.recovery), *summary.mutable_mttr());
  FillEstimate(Gaps(std::move(record.started)), *summary.mutable_mtbf());
  if (record.longest) {
    const IncidentView incident = input.snapshot.at(*record.longest);
    summary.set_longest_incident(std::string(incident.id()));
    summary.set_longest_seconds(static_cast<double>(LengthOf(DowntimeOf(incident, input.query))));
  }
  const std::int64_t now = input.query.now_second;
  const std::vector<Span> disjoint = UnionOf(record.recent);
  for (const std::int64_t days : windows) {
    const std::int64_t begin = now - days * kDaySeconds;
    v1::SummaryAvailability& window = *summary.add_availability();
    window.set_days(days);
    window.set_incidents(std::ranges::count_if(
        record.recent, [&](const Span& down) { return down.begin >= begin || down.end > begin; }));
    const std::int64_t from = std::max(begin, record.known_from);
    const auto seconds = static_cast<double>(SecondsWithin(disjoint, from, now));
    window.set_downtime_seconds(seconds);
    if (record.known_from == kNoTime || from >= now) continue;
    const auto length = static_cast<double>(now - from);
    window.set_availability(100 * (length - seconds) / length);
    window.set_error_budget_used(100 * seconds / (length * (100 - input.query.slo) / 100));
  }
}

absl::StatusOr<std::vector<Snapshot::Row>> RowsOfWindow(const AnalysisInput& input,
                                                        const ReliabilityGroup& group,
                                                        std::int64_t days) {
  FAILS_ASSIGN_OR_RETURN(Selection selection, SelectWindow(input, days));
  std::erase_if(selection.rows,
                [&](Snapshot::Row row) { return !group.Holds(input.snapshot.at(row)); });
  return std::move(selection.rows);
}

bool LastsLonger(const AnalysisInput& input, Snapshot::Row a, Snapshot::Row b) {
  const IncidentView one = input.snapshot.at(a);
  const IncidentView other = input.snapshot.at(b);
  const Span span = DowntimeOf(one, input.query);
  const Span other_span = DowntimeOf(other, input.query);
  const std::int64_t length = LengthOf(span);
  const std::int64_t other_length = LengthOf(other_span);
  if (length != other_length) return length > other_length;
  return std::tuple(span.begin, one.id()) < std::tuple(other_span.begin, other.id());
}

}  // namespace fails::analytics
