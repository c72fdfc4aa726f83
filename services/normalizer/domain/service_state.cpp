// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/service_state.h"

#include <fmt/format.h>

#include "common/base/utf8.h"
#include "services/normalizer/domain/component_book.h"
#include "services/normalizer/domain/mapped_report.h"

namespace fails::normalizer {
namespace {

using Kind = StateChange::Kind;

StateChange FirstSight(const ServiceId& service, ServiceStatus status, const Source& source) {
  const bool well = status == ServiceStatus::kUnknown || status == ServiceStatus::kOperational;
  return {{.service = service,
           .provider = source.provider,
           .status = status,
           .previous = ServiceStatus::kUnknown,
           .since = source.fetched_at,
           .page = source.page,
           .reported_at = source.fetched_at,
           .source_at = source.fetched_at},
          well ? Kind::kFirstSeen : Kind::kChanged};
}

void Turn(StateChange& change, ServiceStatus status, const Source& source) {
  ServiceState& state = change.state;
  change.kind = Kind::kChanged;
  state.previous = state.status;
  state.status = status;
  state.since = source.fetched_at;
  ++state.revision;
}

bool Believed(const ServiceState& known, ServiceStatus said, const Source& source,
              const std::function<bool(const PageId&)>& is_watched) {
  return known.page == source.page || known.status == ServiceStatus::kUnknown ||
         !is_watched(known.page) || Worse(known.status, said) != known.status;
}

}  // namespace

MappedStates MapStates(const catalog::Catalog& catalog, const Source& source,
                       const std::vector<platforms::ComponentStatus>& components, bool complete) {
  MappedStates mapped;
  if (source.import()) return mapped;
  // An empty list is a page that has lost its list, not one that has dropped everything.
  mapped.complete = complete && !components.empty();
  const ComponentBook book = BookOf(components);
  for (const platforms::ComponentStatus& one : components) {
    const auto* service = FindService(catalog, source.provider, one.component, book);
    if (!service) {
      mapped.unmapped.insert(NameOf(one.component));
      continue;
    }
    if (catalog.IsMadeAnew(source.provider, one.component)) {
      mapped.made_anew.insert(
          fmt::format("{} ({})", NameOf(one.component), RepairUtf8(one.component.id)));
    }
    const auto [it, fresh] = mapped.states.try_emplace(service->id, one.status);
    if (!fresh) it->second = Worse(it->second, one.status);
  }
  return mapped;
}

std::vector<StateChange> ChangedStates(const StoredStates& stored, const MappedStates& mapped,
                                       const Source& source,
                                       const std::function<bool(const PageId&)>& is_watched) {
  std::vector<StateChange> changes;
  for (const auto& [service, status] : mapped.states) {
    const auto it = stored.find(service);
    if (it == stored.end()) {
      changes.push_back(FirstSight(service, status, source));
      continue;
    }
    const ServiceState& known = it->second;
    if (source.fetched_at < known.source_at || !Believed(known, status, source, is_watched))
      continue;
    StateChange change{known};
    if (status != known.status) Turn(change, status, source);
    change.state.page = source.page;
    change.state.reported_at = change.state.source_at = source.fetched_at;
    if (change.kind != Kind::kConfirmed || change.state != known) changes.push_back(change);
  }
  if (!mapped.complete) return changes;
  for (const auto& [service, known] : stored) {
    if (known.page != source.page || mapped.states.contains(service)) continue;
    if (source.fetched_at < known.source_at || known.status == ServiceStatus::kUnknown) continue;
    StateChange change{known};
    Turn(change, ServiceStatus::kUnknown, source);
    change.state.source_at = source.fetched_at;
    changes.push_back(change);
  }
  return changes;
}

}  // namespace fails::normalizer
