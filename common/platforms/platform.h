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
};

// The bytes of one answer, already known to be HTTP 200.
struct DocumentView {
  std::string_view kind;
  std::string_view url;
  std::string_view content_type;
  std::string_view body;
  absl::Time fetched_at;
};

struct ComponentStatus {
  ComponentRef component;
  std::string status;  // the platform's own word
};

// Which incidents a document claims to list completely: an incident known to us that falls into
// this window and is not in the list was withdrawn by its provider. Absent: the document makes no
// such claim.
struct Listing {
  std::optional<absl::Time>
      oldest;  // start of the oldest incident listed; absent: the list reaches back to the first
};

// Everything one document says. All parts may be empty.
struct Parsed {
  std::vector<Report> reports;
  std::vector<ComponentStatus> components;
  std::optional<Listing> listing;
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

  // The documents to begin with. `base_url` has no trailing slash.
  virtual std::vector<DocumentRequest> FirstRequests(std::string_view base_url,
                                                     Purpose purpose) const = 0;

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
