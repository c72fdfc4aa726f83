// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/analytics/domain/snapshot/row.h"
#include "services/analytics/tests/support/invented.h"

namespace fails::analytics::testing {

// A second implementation of what belongs to a query, of downtime and of days, for references:
// written from the definitions, minute by minute, sharing nothing with the analyses but the rows.
// For times in whole minutes.

struct Question {
  std::vector<std::string> services = {};  // of no provider all, unless empty
  std::string from = {}, to = {}, tz = "UTC", start = "report";
  bool maintenance = false, inconsistent = false;
  std::optional<Impact> impact = {};  // only this level
};

// What an analysis asks of incidents.
struct Wanted {
  bool downtime = false, service = false, outage_impact = false, inconsistent = false;
};

struct NaiveIncident {
  const IncidentRow* row = nullptr;
  absl::Time started, ended;
};

class NaiveStudy {
 public:
  // `data` must live as long. The present is 2024-09-01.
  NaiveStudy(const Invented& data, const Question& question);

  struct Selected {
    std::vector<NaiveIncident> incidents;
    std::map<std::string, std::int64_t> excluded;
  };
  Selected Select(const Wanted& wanted) const { return Select(wanted, from_, to_); }
  // In another range of time.
  Selected Select(const Wanted& wanted, absl::Time from, absl::Time to) const;

  // In the order of answers.
  std::vector<std::string> services() const;
  std::vector<std::string> providers() const;
  bool Chosen(const std::string& service) const;
  // Labels of the days of the range, and of its months.
  std::vector<std::string> Days() const;
  std::vector<std::string> Months() const;
  std::string Day(absl::Time at) const { return absl::FormatTime("%Y-%m-%d", at, tz_); }
  std::string Month(absl::Time at) const { return absl::FormatTime("%Y-%m", at, tz_); }

  // The minutes of downtime of some incidents, each once, by the label of their day.
  using Incidents = std::vector<NaiveIncident>;
  std::map<std::string, int> DowntimeByDay(const Incidents& incidents,
                                           const std::string& service) const;
  int DownMinutes(const Incidents& incidents, absl::Time from, absl::Time to) const;
  // How many minutes the day has.
  double Length(const std::string& day) const;
  // Since when a service is known: its first incident of any kind or its first calendar record.
  std::optional<absl::Time> KnownFrom(const std::string& service) const;
  const OutageDayRow* Record(const std::string& service, const std::string& day) const;

  absl::Time now() const { return now_; }
  static bool Affects(const NaiveIncident& incident, const std::string& service);

 private:
  std::vector<char> Down(const Incidents& incidents) const;  // by minute: 0 or 1

  const Invented& data_;
  Question question_;
  absl::TimeZone tz_;
  absl::Time now_, from_, to_;
  std::map<std::pair<std::string, std::string>, const OutageDayRow*> records_;
};

}  // namespace fails::analytics::testing
