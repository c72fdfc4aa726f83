// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/pg_export_reader.h"

#include <string>
#include <utility>

#include "common/pg/query.h"
#include "services/analytics/adapters/for_clients.h"
#include "services/analytics/adapters/incident_details.h"
#include "services/analytics/adapters/incident_rows.h"
#include "services/analytics/adapters/list_sql.h"
#include "services/analytics/adapters/read_transaction.h"

namespace fails::analytics {
namespace {

constexpr pg::Query kNextIncidents = {"next_export_incidents", "FETCH 200 FROM export_rows"};
constexpr pg::Query kNextDays = {"next_export_days", "FETCH 2000 FROM export_rows"};
// Updates can be long: a message is sent once it is that large.
constexpr std::size_t kMessageBytes = 256 << 10;

// Hands over what a cursor yields, in portions.
template <class Portion>
class Sender {
 public:
  explicit Sender(const ExportReader::Take<Portion>& take) : take_(take) {}

  // Runs again when the connection was lost; but what was handed over cannot be taken back.
  absl::Status Begin() const {
    if (!sent_) return absl::OkStatus();
    return absl::UnavailableError("the database broke off in the middle of the export");
  }
  Portion& portion() { return portion_; }
  void Added(std::size_t bytes) { bytes_ += bytes; }
  bool full() const { return bytes_ >= kMessageBytes; }

  absl::Status Flush() {
    if (bytes_ == 0) return absl::OkStatus();
    sent_ = true;
    if (!take_(portion_)) return absl::CancelledError("the client went away");
    portion_.Clear();
    bytes_ = 0;
    return absl::OkStatus();
  }

 private:
  const ExportReader::Take<Portion>& take_;
  Portion portion_;
  std::size_t bytes_ = 0;
  bool sent_ = false;
};

v1::OutageDay DayFrom(const pqxx::row& row) {
  v1::OutageDay day;
  day.set_service(row["service"].as<std::string>());
  day.set_provider(row["provider"].as<std::string>());
  day.set_date(row["date"].as<std::string>());
  day.set_partial_seconds(row["partial_seconds"].as<std::int64_t>());
  day.set_major_seconds(row["major_seconds"].as<std::int64_t>());
  day.set_page(row["page"].as<std::string>());
  return day;
}

void Declare(pqxx::work& tx, const char* name, const Statement& statement) {
  pg::Exec(tx, pg::Query{name, statement.sql.c_str()},
           pqxx::prepare::make_dynamic_params(statement.parameters));
}

}  // namespace

absl::Status PgExportReader::Incidents(const IncidentFilter& filter,
                                       const Take<v1::ExportIncidentsResponse>& take) {
  Sender<v1::ExportIncidentsResponse> sender(take);
  return ForClients(pool_.Transact("export_incidents", [&](pqxx::work& tx) -> absl::Status {
    if (absl::Status status = sender.Begin(); !status.ok()) return status;
    BeginRead(tx);
    Declare(tx, "export_incidents", ExportStatement(filter));
    for (;;) {
      std::vector<v1::Incident> incidents;
      for (const pqxx::row& row : pg::Exec(tx, kNextIncidents)) {
        incidents.push_back(IncidentFromRow(row));
      }
      if (incidents.empty()) return sender.Flush();
      AddDetails(tx, incidents);
      for (v1::Incident& incident : incidents) {
        sender.Added(incident.ByteSizeLong());
        *sender.portion().add_incidents() = std::move(incident);
        if (!sender.full()) continue;
        if (absl::Status status = sender.Flush(); !status.ok()) return status;
      }
    }
  }));
}

absl::Status PgExportReader::OutageDays(const OutageDayFilter& filter,
                                        const Take<v1::ExportOutageDaysResponse>& take) {
  Sender<v1::ExportOutageDaysResponse> sender(take);
  return ForClients(pool_.Transact("export_outage_days", [&](pqxx::work& tx) -> absl::Status {
    if (absl::Status status = sender.Begin(); !status.ok()) return status;
    BeginRead(tx);
    Declare(tx, "export_outage_days", ExportStatement(filter));
    for (;;) {
      const pqxx::result rows = pg::Exec(tx, kNextDays);
      if (rows.empty()) return sender.Flush();
      for (const pqxx::row& row : rows) {
        v1::OutageDay& day = *sender.portion().add_outage_days() = DayFrom(row);
        sender.Added(day.ByteSizeLong());
      }
      if (absl::Status status = sender.Flush(); !status.ok()) return status;
    }
  }));
}

}  // namespace fails::analytics
