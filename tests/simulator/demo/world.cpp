// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/world.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "tests/simulator/demo/generator.h"

namespace fails::simulator {
namespace {

// A process that runs on for that long still meets incidents of its own pace.
constexpr int kMonthsAhead = 12;

bool EarlierCreated(const IncidentPtr& a, const IncidentPtr& b) {
  return std::pair(a->created_at(), a->code) < std::pair(b->created_at(), b->code);
}

// What is known at `now` of incidents sorted by creation, newest first. A finished one is shared,
// not copied.
std::vector<IncidentPtr> Known(const std::vector<IncidentPtr>& all, absl::Time now) {
  std::vector<IncidentPtr> known;
  for (auto it = all.rbegin(); it != all.rend(); ++it) {
    if ((*it)->updated_at() <= now) {
      known.push_back(*it);
    } else if (std::optional<Incident> part = KnownAt(**it, now)) {
      known.push_back(std::make_shared<const Incident>(*std::move(part)));
    }
  }
  return known;
}

absl::Status CheckWord(const char* field, const std::string& word,
                       const std::set<std::string>& words) {
  if (words.count(word) > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(field, ": unknown value \"", word, "\""));
}

absl::StatusOr<std::vector<std::size_t>> FindComponents(const PageSpec& page,
                                                        const std::vector<std::string>& names) {
  std::vector<std::size_t> found;
  for (const std::string& name : names) {
    const auto it = std::find_if(page.components.begin(), page.components.end(),
                                 [&](const ComponentSpec& spec) { return spec.name == name; });
    if (it == page.components.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat("components: ", page.host, " has no \"", name, "\""));
    }
    found.push_back(static_cast<std::size_t>(it - page.components.begin()));
  }
  return found;
}

}  // namespace

absl::StatusOr<std::unique_ptr<World>> World::Create(const DemoOptions& options,
                                                     const Clock& clock) {
  auto world = absl::WrapUnique(new World(options, clock));
  FAILS_RETURN_IF_ERROR(world->LoadZones());
  world->GeneratePast();
  if (!options.quiet) FAILS_RETURN_IF_ERROR(world->RestoreSessions());
  return world;
}

World::World(const DemoOptions& options, const Clock& clock)
    : options_(options),
      clock_(clock),
      started_at_(absl::FromUnixMillis(absl::ToUnixMillis(clock.Now()))) {
  for (std::size_t i = 0; i < DemoPages().size(); ++i) page_of_host_[DemoPages()[i].host] = i;
}

absl::Status World::LoadZones() {
  absl::MutexLock lock(&mutex_);
  for (const PageSpec& spec : DemoPages()) {
    Page page;
    if (!absl::LoadTimeZone(spec.time_zone, &page.zone)) {
      return absl::NotFoundError(
          absl::StrCat("time zone ", spec.time_zone, " is not installed (package tzdata)"));
    }
    pages_.push_back(std::move(page));
  }
  return absl::OkStatus();
}

void World::GeneratePast() {
  absl::MutexLock lock(&mutex_);
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    Page& page = pages_[i];
    const absl::CivilMonth current = absl::ToCivilMonth(started_at_, page.zone);
    for (absl::CivilMonth month = current - 12 * options_.years; month <= current + kMonthsAhead;
         ++month) {
      for (Incident& incident : IncidentsOfMonth(DemoPages()[i], page.zone, options_.seed, month)) {
        // In a quiet demo nothing may happen by itself, so what is not over yet is left out.
        if (options_.quiet && incident.updated_at() > started_at_) continue;
        page.incidents.push_back(std::make_shared<const Incident>(std::move(incident)));
      }
      for (Incident& one : MaintenancesOfMonth(DemoPages()[i], options_.seed, month)) {
        std::optional<Incident> kept = options_.quiet ? KnownAt(one, started_at_) : std::move(one);
        if (kept) page.maintenances.push_back(std::make_shared<const Incident>(*std::move(kept)));
      }
    }
    std::sort(page.incidents.begin(), page.incidents.end(), EarlierCreated);
    std::sort(page.maintenances.begin(), page.maintenances.end(), EarlierCreated);
  }
}

absl::Status World::RestoreSessions() {
  absl::MutexLock lock(&mutex_);
  if (!options_.state_file.empty()) {
    FAILS_ASSIGN_OR_RETURN(sessions_, LoadSessions(options_.state_file));
  }
  std::erase_if(sessions_,
                [this](const Session& session) { return session.seed != options_.seed; });
  for (const Session& session : sessions_) {
    LiveStream past(DemoPages(), session.seed, session.from, session.speed);
    while (past.next_at() <= session.until) {
      LiveIncident live = past.Next();
      Insert(live.page, std::move(live.incident));
    }
  }
  live_.emplace(DemoPages(), options_.seed, started_at_, options_.speed);
  sessions_.push_back({options_.seed, options_.speed, started_at_, started_at_});
  return absl::OkStatus();
}

void World::Insert(std::size_t page, Incident incident) {
  auto shared = std::make_shared<const Incident>(std::move(incident));
  std::vector<IncidentPtr>& list = pages_[page].incidents;
  list.insert(std::upper_bound(list.begin(), list.end(), shared, EarlierCreated), shared);
}

absl::Status World::AdvanceTo(absl::Time now) {
  bool opened = false;
  while (live_ && live_->next_at() <= now) {
    sessions_.back().until = live_->next_at();
    LiveIncident live = live_->Next();
    Insert(live.page, std::move(live.incident));
    opened = true;
  }
  if (!opened || options_.state_file.empty()) return absl::OkStatus();
  return SaveSessions(options_.state_file, sessions_);
}

absl::StatusOr<std::optional<PageView>> World::Look(const std::string& host) {
  const auto found = page_of_host_.find(host);
  if (found == page_of_host_.end()) return std::nullopt;
  absl::MutexLock lock(&mutex_);
  const absl::Time now = clock_.Now();
  FAILS_RETURN_IF_ERROR(AdvanceTo(now));
  const Page& page = pages_[found->second];
  return PageView{&DemoPages()[found->second], page.zone, now, Known(page.incidents, now),
                  Known(page.maintenances, now)};
}

absl::StatusOr<std::string> World::Open(const NewIncident& wanted) {
  const auto found = page_of_host_.find(wanted.host);
  if (found == page_of_host_.end()) {
    return absl::InvalidArgumentError(absl::StrCat("host: unknown value \"", wanted.host, "\""));
  }
  FAILS_RETURN_IF_ERROR(CheckWord("impact", wanted.impact, {"none", "minor", "major", "critical"}));
  Incident incident;
  FAILS_ASSIGN_OR_RETURN(incident.components,
                         FindComponents(DemoPages()[found->second], wanted.components));
  absl::MutexLock lock(&mutex_);
  Rng rng(absl::StrCat(options_.seed, "/control/", absl::ToUnixMillis(started_at_), "/",
                       ++opened_by_control_));
  incident.code = rng.Code();
  incident.name = wanted.name;
  incident.impact = wanted.impact;
  incident.updates = {{rng.Code(), "investigating", wanted.body, clock_.Now()}};
  const std::string code = incident.code;
  Insert(found->second, std::move(incident));
  return code;
}

absl::Status World::AddUpdate(const std::string& code, const std::string& status,
                              const std::string& body) {
  FAILS_RETURN_IF_ERROR(CheckWord(
      "status", status, {"investigating", "identified", "monitoring", "resolved", "postmortem"}));
  absl::MutexLock lock(&mutex_);
  const absl::Time now = clock_.Now();
  FAILS_RETURN_IF_ERROR(AdvanceTo(now));
  for (Page& page : pages_) {
    for (IncidentPtr& kept : page.incidents) {
      if (kept->code != code) continue;
      std::optional<Incident> incident = KnownAt(*kept, now);
      if (!incident) break;
      Rng rng(absl::StrCat(code, "/", incident->updates.size()));
      incident->updates.push_back({rng.Code(), status, body, now});
      kept = std::make_shared<const Incident>(*std::move(incident));
      return absl::OkStatus();
    }
  }
  return absl::NotFoundError(absl::StrCat("no incident \"", code, "\""));
}

}  // namespace fails::simulator
