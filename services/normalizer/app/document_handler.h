// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/base/clock.h"
#include "common/catalog/catalog.h"
#include "fails/v1/document.pb.h"
#include "services/normalizer/app/incident_store.h"
#include "services/normalizer/app/read_document.h"

namespace fails::normalizer {

// One raw document, from bytes to what is committed: decode, parse, map, decide, store.
// Thread-safe.
class DocumentHandler {
 public:
  // `committed` is called after each transaction that changed something.
  DocumentHandler(const catalog::Catalog& catalog, IncidentStore& store, const Clock& clock,
                  std::function<void()> committed);

  // `message_key` names the message for the inbox; empty handles it in any case. Errors, by what is
  // to be done: INVALID_ARGUMENT, DATA_LOSS, FAILED_PRECONDITION (a page that the catalog lacks),
  // UNIMPLEMENTED (a platform we cannot read): never again. Everything else: later.
  absl::StatusOr<UpdateResult> Handle(std::string_view message_key, std::string_view payload);

 private:
  absl::StatusOr<UpdateResult> Apply(std::string_view message_key, const v1::RawDocument& document);
  void ReportFindings(const v1::RawDocument& document, const ReadDocument& read);
  void WarnOnce(const std::string& page, const std::string& component, std::string_view what);
  bool IsWatched(const PageId& page) const;

  const catalog::Catalog& catalog_;
  IncidentStore& store_;
  const Clock& clock_;
  std::function<void()> committed_;

  absl::Mutex mutex_;
  // Page and component that the log has told of: once is enough, the counter goes on.
  std::set<std::pair<std::string, std::string>> told_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace fails::normalizer
