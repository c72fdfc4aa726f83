// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/domain/report.h"

namespace fails::platforms {

// Why documents are asked for. A poll looks at the present; a backfill walks back through the
// history.
enum class Purpose { kPoll, kBackfill };

// One document to ask a page for. `kind` names it within the platform and comes back with the
// document.
struct DocumentRequest {
  std::string kind;
  std::string url;
  std::string accept;  // the Accept header, e.g. "application/json"
  // What the platform wants to know again when it is asked for the follow-ups of the answer (how
  // many empty pages came before, say). Short; opaque to everyone else.
  std::string state = {};
  // Large documents that change slowly (uptime calendars) are asked for no more often than this.
  absl::Duration every = absl::ZeroDuration();
  // A document that says less than another, which has this URL: asked for only when that one was
  // asked for in the same poll, or the same walk through the history, and could not be had. Stands
  // behind it in the list. Empty: asked for always.
  std::string instead_of = {};
};

// The bytes of one answer, already known to be HTTP 200.
struct DocumentView {
  std::string_view kind;
  std::string_view url;
  std::string_view content_type;
  std::string_view body;
  absl::Time fetched_at;
  std::string_view state = {};  // of the request that it answers; empty outside the scraper
};

// How a component does at the time of the document.
struct ComponentStatus {
  ComponentRef component;
  ServiceStatus status = ServiceStatus::kUnknown;  // a word that we do not know is unknown
  ComponentRef group = {};  // that the page shows it in; empty: none, or not told

  friend bool operator==(const ComponentStatus&, const ComponentStatus&) = default;
};

// Which incidents a document claims to list completely: an incident known to us that falls into
// this window and is not in the list was withdrawn by its provider. Absent: the document makes no
// such claim.
struct Listing {
  std::optional<absl::Time>
      oldest;  // start of the oldest incident listed; absent: the list reaches back to the first
  // What it means that an incident is missing: its provider took it back, or, on pages that show
  // nothing but what is going on, it is over (its end is then inferred from the absence).
  enum class Absence { kWithdrawn, kResolved } absence = Absence::kWithdrawn;
};

// Everything one document says. All parts may be empty.
struct Parsed {
  std::vector<Report> reports;
  // The present state of components. `components_complete`: a component that is missing here is one
  // that the page no longer has; otherwise absence says nothing.
  std::vector<ComponentStatus> components;
  bool components_complete = false;
  std::vector<OutageDayReport> outage_days;  // from uptime calendars
  std::optional<Listing> listing;
  // The page is of more products than anyone watches (a whole cloud): reports that name no service
  // of the catalog are none of ours.
  bool of_many_products = false;
  // When the page changed last by its own account: incidents or states, not its settings.
  std::optional<absl::Time> page_updated_at;
  // Reports that could not be read, in words; the others of the document are good.
  std::vector<std::string> problems;
};

// The software behind a status page: what to ask for and how to read the answers. Pure: bytes in,
// reports out; no clock, no socket. Stateless and thread-safe.
class Platform {
 public:
  virtual ~Platform() = default;

  virtual std::string_view id() const = 0;  // "statuspage"

  // The documents to begin with. `base_url` has no trailing slash; `now` for platforms whose
  // history is asked for by time. An empty backfill: the platform offers no history.
  virtual std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                                     absl::Time now) const = 0;

  // Further documents that an answer leads to (an incident's own page, the next page of a history).
  virtual std::vector<DocumentRequest> FollowUps(std::string_view base_url, Purpose purpose,
                                                 const DocumentView& document) const = 0;

  // Cheap check that an answer is what this platform sends, before it is published: content type
  // and outer shape. FAILED_PRECONDITION says in words what came instead ("HTML instead of JSON").
  virtual absl::Status Recognize(const DocumentView& document) const = 0;

  // INVALID_ARGUMENT: not this platform's document at all. A single bad incident is no error but a
  // `problem`.
  virtual absl::StatusOr<Parsed> Parse(const DocumentView& document) const = 0;
};

}  // namespace fails::platforms
