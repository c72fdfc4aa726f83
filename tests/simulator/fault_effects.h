// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/simulator/faults.h"
#include "tests/simulator/http.h"

namespace fails::simulator {

// Turns the healthy answer to `request` into the faulty one; pure but for what a freeze remembers.
// The delay of a slow answer is the caller's business. Returns false when the answer must not carry
// an ETag (it is not the document).
bool ApplyFault(const Fault& fault, const Request& request, Response& response);

// The document without the incident or maintenance of that code; text that is not JSON comes back
// as it is.
std::string WithoutIncident(const std::string& body, const std::string& code);

}  // namespace fails::simulator
