// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/incident_store.h"

#include <cstdint>
#include <set>

#include "common/base/status_macros.h"
#include "common/outbox/inbox.h"
#include "common/outbox/outbox.h"
#include "common/pg/query.h"
#include "common/wire/cloud_event.h"
#include "services/normalizer/adapters/component_table.h"
#include "services/normalizer/adapters/incident_table.h"
#include "services/normalizer/adapters/outage_day_table.h"
#include "services/normalizer/adapters/service_state_table.h"
#include "services/normalizer/app/announcement.h"

namespace fails::normalizer {
namespace {

constexpr char kSchema[] = "incidents";
constexpr char kConsumer[] = "normalizer";

constexpr pg::Query kLockProvider = {
    "lock_provider", "SELECT pg_advisory_xact_lock(hashtext('provider'), hashtext($1))",
    /*prepared=*/true};

constexpr pg::Query kNextVersion = {
    "next_version", "UPDATE incidents.data_version SET version = version + 1 RETURNING version",
    /*prepared=*/true};

// What the newest migration added.
constexpr pg::Query kSchemaThere = {"schema_there",
                                    "SELECT to_regclass('incidents.component') IS NOT NULL"};

// An import tells of several providers; a page and an import may tell of the same incident. Sorted,
// so that two never wait for each other.
void LockProviders(pqxx::work& tx, const Statement& statement) {
  std::set<std::string> providers;
  if (!statement.source.provider.empty()) providers.insert(statement.source.provider.str());
  for (const MappedReport& report : statement.reports) providers.insert(report.provider.str());
  for (const auto& [key, day] : statement.days.days) {
    const std::string& service = key.first.str();
    providers.insert(service.substr(0, service.find('/')));
  }
  for (const std::string& provider : providers) pg::Exec(tx, kLockProvider, provider);
}

absl::StatusOr<Stored> Load(pqxx::work& tx, const Statement& statement) {
  Stored stored;
  FAILS_ASSIGN_OR_RETURN(stored.incidents, LoadIncidents(tx, statement));
  stored.days = LoadDays(tx, statement);
  stored.states = LoadStates(tx, statement);
  return stored;
}

template <class Event>
outbox::Message MessageOf(const Event& event) {
  return {wire::EventSubject(event), wire::ToCloudEvent(event)};
}

void TellIncidents(pqxx::work& tx, const std::vector<Change>& changes) {
  std::vector<outbox::Message> messages;
  for (const Change& change : changes) {
    if (change.kind != ChangeKind::kUnseen) messages.push_back(MessageOf(Announcement(change)));
  }
  outbox::Enqueue(tx, kSchema, messages);
}

void TellStates(pqxx::work& tx, const std::vector<StateChange>& changes) {
  std::vector<outbox::Message> messages;
  for (const StateChange& change : changes) {
    if (change.kind != StateChange::Kind::kChanged) continue;
    const std::vector<std::string> ongoing = OngoingIncidents(tx, change.state.service);
    messages.push_back(MessageOf(Announcement(change.state, ongoing)));
  }
  outbox::Enqueue(tx, kSchema, messages);
}

UpdateResult ResultOf(const Decision& decision) {
  UpdateResult result{.incidents = static_cast<int>(decision.incidents.size()),
                      .days = static_cast<int>(decision.days.size())};
  for (const StateChange& change : decision.states) {
    result.states += change.kind != StateChange::Kind::kConfirmed;
  }
  return result;
}

// The version's row lock, held until the commit, lets one transaction at a time go on: what can be
// done without the version comes before it is drawn.
UpdateResult Save(pqxx::work& tx, const Decision& decision, const Stored& stored) {
  const UpdateResult result = ResultOf(decision);
  const IncidentRows rows = RowsOf(decision.incidents, stored.incidents);
  TellIncidents(tx, decision.incidents);
  // What is merely confirmed keeps its version.
  const std::int64_t version =
      result.changed() ? pg::Exec(tx, kNextVersion)[0][0].as<std::int64_t>() : 0;
  if (!decision.incidents.empty()) SaveIncidents(tx, rows, version);
  if (!decision.days.empty()) SaveDays(tx, decision.days, version);
  SaveStates(tx, decision.states, version);
  TellStates(tx, decision.states);  // with the incidents that are going on now
  return result;
}

// A missing table or privilege is a migration that is still to come: no reason to give a document
// up.
absl::Status NotGivenUp(const absl::Status& status) {
  if (!absl::IsFailedPrecondition(status)) return status;
  return absl::UnavailableError(status.message());
}

}  // namespace

absl::StatusOr<UpdateResult> PgIncidentStore::Update(const std::string& message_key,
                                                     const Statement& statement,
                                                     const Decide& decide) {
  auto result =
      pool_.Transact("update_incidents", [&](pqxx::work& tx) -> absl::StatusOr<UpdateResult> {
        if (!message_key.empty() && !outbox::MarkHandled(tx, kSchema, kConsumer, message_key)) {
          return UpdateResult{.repeat = true};
        }
        LockProviders(tx, statement);
        FAILS_ASSIGN_OR_RETURN(const Stored stored, Load(tx, statement));
        FAILS_ASSIGN_OR_RETURN(const Decision decision, decide(stored));
        const UpdateResult saved = Save(tx, decision, stored);
        TouchIncidents(tx, statement, decision.incidents);
        TouchDays(tx, statement);
        SaveComponents(tx, statement);
        return saved;
      });
  if (!result.ok()) return NotGivenUp(result.status());
  return result;
}

absl::StatusOr<ComponentBook> PgIncidentStore::Components(const PageId& page) {
  auto book = pool_.Transact("components", [&](pqxx::work& tx) -> absl::StatusOr<ComponentBook> {
    return LoadComponents(tx, page);
  });
  if (!book.ok()) return NotGivenUp(book.status());
  return book;
}

absl::Status PgIncidentStore::Probe() {
  return pool_.Transact("probe", [](pqxx::work& tx) {
    if (pg::Exec(tx, kSchemaThere)[0][0].as<bool>()) return absl::OkStatus();
    return absl::UnavailableError("the schema 'incidents' is not there yet, or not up to date");
  });
}

}  // namespace fails::normalizer
