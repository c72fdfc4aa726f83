// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "common/bus/connection.h"
#include "fails/v1/normalizer_service.pb.h"
#include "services/normalizer/app/document_handler.h"

namespace fails::normalizer {

// Reads the raw stream again through the present parsers: what it holds when the replay starts, of
// one page or all (imports are the page "import"), fetched in [from, to). The server gives only the
// page's documents, and only those stored from about `from` on. `progress` is called every few
// hundred documents and at the end; false stops (CANCELLED). A document that cannot be read is
// logged and skipped, as it was the first time. Other errors end the replay. INVALID_ARGUMENT,
// quoting it, for what cannot be a page, or a range that is empty.
absl::Status Replay(bus::Connection& connection, DocumentHandler& handler,
                    const v1::ReplayRequest& request,
                    const std::function<bool(const v1::ReplayResponse&)>& progress);

}  // namespace fails::normalizer
