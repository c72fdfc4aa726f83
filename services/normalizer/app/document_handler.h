// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/catalog/catalog.h"
#include "fails/v1/document.pb.h"
#include "services/normalizer/app/incident_store.h"

namespace fails::normalizer {

// One raw document, from bytes to committed incidents: decode, parse, map, merge, store.
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

  const catalog::Catalog& catalog_;
  IncidentStore& store_;
  const Clock& clock_;
  std::function<void()> committed_;
};

}  // namespace fails::normalizer
