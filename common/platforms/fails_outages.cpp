// SPDX-License-Identifier: Apache-2.0
// The calendars of FAILS and of the ICPE'25 artifact (outage_unexploded.csv): a service's day a
// line, in minutes of partial and of major outage.
#include "common/platforms/fails_outages.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "absl/time/civil_time.h"
#include "common/base/status_macros.h"
#include "common/platforms/reading/csv_reader.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

constexpr std::array kRequired = {"Date"sv, "Service"sv, "provider"sv, "partial_outage_minutes"sv,
                                  "major_outage_minutes"sv};

constexpr double kLongestDay = 25 * 60;  // minutes: one day of the year has 25 hours

// Whole seconds. Absent: no number of minutes that a day can hold.
std::optional<std::int32_t> Seconds(std::string_view minutes) {
  double value = 0;
  const char* end = minutes.data() + minutes.size();
  const auto [last, error] = std::from_chars(minutes.data(), end, value);
  if (error != std::errc{} || last != end || !(value >= 0 && value <= kLongestDay)) {
    return std::nullopt;
  }
  return static_cast<std::int32_t>(std::lround(value * 60));
}

class FailsOutages final : public ImportPlatform {
 public:
  std::string_view id() const override { return "fails-outages"; }
  std::string_view content_type() const override { return "text/csv"; }

  absl::StatusOr<std::vector<ImportPiece>> Split(std::string_view file,
                                                 std::size_t max_bytes) const override {
    return SplitCsv(file, max_bytes, kRequired);
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    FAILS_ASSIGN_OR_RETURN(const CsvTable table,
                           CsvTable::Read(document.body, kRequired, LinesBefore(document.url)));
    Parsed parsed;
    for (const CsvRecord& record : table.records()) ReadDay(table, record, parsed);
    return parsed;
  }

 private:
  static void ReadDay(const CsvTable& table, const CsvRecord& record, Parsed& parsed) {
    const std::string_view date = table.Field(record, "Date").substr(0, 10);
    const std::string_view service = table.Field(record, "Service");
    const std::string_view provider = table.Field(record, "provider");
    const auto partial = Seconds(table.Field(record, "partial_outage_minutes"));
    const auto major = Seconds(table.Field(record, "major_outage_minutes"));
    absl::CivilDay day;
    std::string problem;
    if (date.size() != 10 || !absl::ParseCivilTime(std::string(date), &day)) {
      problem = fmt::format("'{}' is no date", date);
    } else if (service.empty() || provider.empty()) {
      problem = "no Service or no provider";
    } else if (!partial || !major) {
      problem = fmt::format("'{}' and '{}' are no minutes of a day",
                            table.Field(record, "partial_outage_minutes").substr(0, 40),
                            table.Field(record, "major_outage_minutes").substr(0, 40));
    }
    if (!problem.empty()) {
      parsed.problems.push_back(fmt::format("line {}: {}", record.line, problem));
      return;
    }
    parsed.outage_days.push_back(
        {std::string(provider), {"", std::string(service)}, {day, *partial, *major}});
  }
};

}  // namespace

const ImportPlatform& FailsOutagesPlatform() {
  static const FailsOutages platform;
  return platform;
}

}  // namespace fails::platforms
