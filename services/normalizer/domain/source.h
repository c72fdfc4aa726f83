// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/time/time.h"
#include "common/domain/ids.h"

namespace fails::normalizer {

// Why a document was asked for.
enum class Origin { kPoll, kBackfill, kImport };

// Where a document comes from.
struct Source {
  ProviderId provider;  // empty: an import, whose reports name their provider themselves
  PageId page;
  std::string platform;  // that the document was read as
  Origin origin = Origin::kPoll;
  absl::Time fetched_at;

  bool import() const { return origin == Origin::kImport; }
};

}  // namespace fails::normalizer
