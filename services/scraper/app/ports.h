// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/platforms/platform.h"
#include "services/scraper/domain/backfill_state.h"
#include "services/scraper/domain/page_state.h"

// What the scraper needs of the world outside. All of it is called from many threads.
namespace fails::scraper {

// The shared state of the pages, changed by compare-and-set only. Every call: UNAVAILABLE while the
// store is away.
class StateStore {
 public:
  struct Entry {
    PageState state;
    std::uint64_t revision = 0;
  };

  virtual ~StateStore() = default;
  // Absent: nobody has touched the page yet.
  virtual absl::StatusOr<std::optional<Entry>> Get(const std::string& page) = 0;
  // ABORTED when `expected` (0: the page is not there) is no longer what is stored. Returns the new
  // revision.
  virtual absl::StatusOr<std::uint64_t> CompareAndSet(const std::string& page,
                                                      const PageState& state,
                                                      std::uint64_t expected) = 0;
  // For the readers of other processes. `backfill`: absent while the history was never walked.
  virtual absl::Status PublishHealth(const std::string& page, const Health& health,
                                     const std::optional<BackfillProgress>& backfill) = 0;
};

// The shared state of the walks through the pages' histories; the same rules as StateStore.
class BackfillStore {
 public:
  struct Entry {
    BackfillState state;
    std::uint64_t revision = 0;
  };

  virtual ~BackfillStore() = default;
  virtual absl::StatusOr<std::optional<Entry>> Get(const std::string& page) = 0;
  virtual absl::StatusOr<std::uint64_t> CompareAndSet(const std::string& page,
                                                      const BackfillState& state,
                                                      std::uint64_t expected) = 0;
};

enum class DocumentPurpose { kPoll, kBackfill, kImport };

// One document that changed.
struct Document {
  std::string page;
  std::string platform;
  std::string url;  // after redirects
  std::string kind;
  absl::Time fetched_at;
  int http_status = 0;
  std::string content_type;
  std::string body;
  std::string body_sha256;  // 32 raw bytes
  DocumentPurpose purpose = DocumentPurpose::kPoll;
};

class DocumentSink {
 public:
  virtual ~DocumentSink() = default;
  // OK once the document is stored for good; the same document again is no error. INVALID_ARGUMENT:
  // this document will never fit. Anything else: later.
  virtual absl::Status Publish(const Document& document) = 0;
};

struct FetchRequest {
  std::string url;
  std::string accept;
  std::string etag;           // empty: not conditional
  std::string last_modified;  // empty: not conditional
};

struct FetchResponse {
  int status = 0;
  std::string url;  // after redirects
  std::string content_type;
  std::string etag;           // empty unless it can be sent back
  std::string last_modified;  // likewise
  std::string retry_after;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};  // all, names in lower case
};

// Blocks for the answer. CANCELLED: we are shutting down; the other errors are those of
// common/http/client.h.
using Fetch = std::function<absl::StatusOr<FetchResponse>(const FetchRequest&)>;

// What came of a run of requests, one after the other.
struct RunAnswer {
  std::size_t unchanged = 0;  // the first so many were answered 304, by the URL asked itself
  // The answer to the request behind those, when it was another; the rest was not asked.
  std::optional<absl::StatusOr<FetchResponse>> other;
};

// Asks for one after the other, as long as nothing has changed and `last_start` has not passed.
// Blocks for the answers, at least one.
using FetchWhileUnchanged =
    std::function<RunAnswer(std::vector<FetchRequest> requests, absl::Time last_start)>;

// Null for an unknown platform.
using FindPlatform = std::function<const platforms::Platform*(std::string_view id)>;

// In [0, 1).
using Random = std::function<double()>;

}  // namespace fails::scraper
