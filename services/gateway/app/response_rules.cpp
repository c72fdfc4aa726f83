// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/app/response_rules.h"

#include <utility>

#include "services/gateway/http/gzip.h"
#include "services/gateway/http/gzip_stream.h"
#include "services/gateway/http/negotiate.h"

namespace fails::gateway {
namespace {

constexpr std::size_t kWorthCompressing = 1024;

bool Compressible(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("yaml") ||
         type.ends_with("javascript") || type.ends_with("+xml");
}

bool GainsByGzip(const http::Response& response) {
  return response.body && response.body->size() > kWorthCompressing &&
         Compressible(response.headers.Get("Content-Type"));
}

void VaryByEncoding(http::Response& response) {
  const std::string_view varies = response.headers.Get("Vary");
  response.headers.Set("Vary", varies.empty() ? std::string("Accept-Encoding")
                                              : std::string(varies) + ", Accept-Encoding");
}

}  // namespace

void AddSecurityHeaders(http::Response& response) {
  response.headers.Set("Content-Security-Policy",
                       "default-src 'none'; script-src 'self'; style-src 'self'; "
                       "img-src 'self' data:; connect-src 'self'; font-src 'self'; "
                       "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  response.headers.Set("X-Content-Type-Options", "nosniff");
  response.headers.Set("Referrer-Policy", "no-referrer");
  response.headers.Set("Cross-Origin-Opener-Policy", "same-origin");
}

void ApplyConditional(const http::Headers& request, http::Response& response) {
  if (response.status != 200 || !response.body) return;
  if (!response.headers.Has("ETag")) response.headers.Set("ETag", http::ETagOf(*response.body));
  if (!http::MatchesETag(request.Get("If-None-Match"), response.headers.Get("ETag"))) return;
  if (GainsByGzip(response)) VaryByEncoding(response);  // as the 200 would say
  http::Response unchanged{.status = 304};
  for (const char* name : {"ETag", "Cache-Control", "Vary"}) {
    if (response.headers.Has(name)) {
      unchanged.headers.Set(name, std::string(response.headers.Get(name)));
    }
  }
  response = std::move(unchanged);
}

void ApplyCompression(const http::Headers& request, http::Response& response) {
  const std::string_view type = response.headers.Get("Content-Type");
  // Events must arrive one by one, not once enough of them have come together.
  if (response.stream && Compressible(type) && !type.starts_with("text/event-stream")) {
    VaryByEncoding(response);
    if (!http::AcceptsGzip(request.Get("Accept-Encoding"))) return;
    response.stream = http::GzipStream(std::move(response.stream));
    response.headers.Set("Content-Encoding", "gzip");
    return;
  }
  if (!GainsByGzip(response)) return;
  VaryByEncoding(response);
  if (!http::AcceptsGzip(request.Get("Accept-Encoding"))) return;
  response.body = response.gzip_body
                      ? response.gzip_body
                      : http::Bytes(http::Gzip(*response.body, http::GzipLevel::kFast));
  response.headers.Set("Content-Encoding", "gzip");
  const std::string tag(response.headers.Get("ETag"));
  if (!tag.empty() && !tag.starts_with("W/")) response.headers.Set("ETag", "W/" + tag);
}

}  // namespace fails::gateway
