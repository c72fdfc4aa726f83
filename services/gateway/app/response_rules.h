// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/gateway/http/message.h"

namespace fails::gateway {

// Headers that keep a browser from running, loading or framing what is not ours.
void AddSecurityHeaders(http::Response& response);

// Gives an answer of the API its entity tag (unless the route did) and turns it into 304 when the
// client has it already.
void ApplyConditional(const http::Headers& request, http::Response& response);

// Compresses bodies above 1 KiB of a type that gains by it, for clients that accept gzip. The tag
// of a compressed body is weak: the same tag must not name different bytes.
void ApplyCompression(const http::Headers& request, http::Response& response);

}  // namespace fails::gateway
