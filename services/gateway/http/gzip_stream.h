// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "services/gateway/http/body_stream.h"

namespace fails::gateway::http {

// The pieces of another stream, compressed on the way. The last piece ends the gzip file; a stream
// that is broken gets no such end.
std::unique_ptr<BodyStream> GzipStream(std::unique_ptr<BodyStream> plain);

}  // namespace fails::gateway::http
