// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/catalog/catalog.h"
#include "fails/v1/document.pb.h"
#include "services/normalizer/domain/decision.h"

namespace fails::normalizer {

struct ReadDocument {
  Statement statement;
  std::vector<std::string> problems;  // parts that could not be read, in words
  std::set<std::string> unmapped;     // components that the catalog lacks, by name
};

// What the page of a document has told before of its components; asked for only where the document
// names one that by itself stands for no service.
using KnownComponents = std::function<absl::StatusOr<ComponentBook>(const PageId& page)>;

// From bytes to what is said, in the catalog's words. Pure but for `known`, whose errors it passes
// on. Documents of the page "import" (common/platforms/import_format.h) name their providers
// themselves. Errors: INVALID_ARGUMENT (not the platform's document), DATA_LOSS (a broken body),
// FAILED_PRECONDITION (a page that the catalog lacks), UNIMPLEMENTED (a platform we cannot read),
// RESOURCE_EXHAUSTED (a body over the limit).
absl::StatusOr<ReadDocument> Read(const catalog::Catalog& catalog, const v1::RawDocument& document,
                                  const KnownComponents& known);

}  // namespace fails::normalizer
