// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "common/catalog/catalog.h"
#include "common/http/client.h"

namespace fails::tools {

// How many providers, services and pages, and the pages by platform and status; lines of text.
std::string Summary(const catalog::Catalog& catalog);

struct ProbeVerdict {
  bool moved = false;  // certainly on another platform than the catalog says
  std::string words;
};

// Asks a page which platform it is on.
ProbeVerdict Probe(http::Client& client, const catalog::Page& page);

}  // namespace fails::tools
