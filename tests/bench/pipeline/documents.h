// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/time/time.h"
#include "common/catalog/catalog.h"
#include "fails/v1/document.pb.h"

namespace fails::bench {

// `pages` providers with a page and five services each: "p0", "p1" ….
catalog::Catalog SomeCatalog(int pages);

// One answer of a page: `incidents` of them, resolved, with three updates of ordinary length each.
// Ids and times follow from `first`, the number of the first incident, so that a later document
// lists later incidents.
v1::RawDocument Listing(const std::string& page, int first, int incidents, absl::Time fetched_at);

}  // namespace fails::bench
