// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fails::gateway::http {

// Whether `Accept-Encoding` allows gzip: named, or by "*", with a q above 0.
bool AcceptsGzip(std::string_view accept_encoding);

// Whether `Accept` names text/html, as browsers do when they open a page.
bool AcceptsHtml(std::string_view accept);

// Whether `Accept` names text/csv, and JSON not before it.
bool PrefersCsv(std::string_view accept);

// Whether `Content-Type` is application/json, with or without parameters.
bool IsJson(std::string_view content_type);

// Whether `If-None-Match` holds the entity tag, by weak comparison (RFC 9110, 13.1.2), or is "*".
bool MatchesETag(std::string_view if_none_match, std::string_view etag);

// A strong entity tag of the bytes.
std::string ETagOf(std::string_view bytes);

}  // namespace fails::gateway::http
