// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/http.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/hash.h"
#include "common/base/text.h"

namespace fails::simulator {
namespace {

std::string Find(const std::map<std::string, std::string>& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

// Weak comparison (RFC 9110, 8.8.3.2): W/"x" and "x" are the same.
bool Matches(const std::string& if_none_match, const std::string& etag) {
  const absl::string_view wanted = absl::StripPrefix(etag, "W/");
  for (absl::string_view candidate : absl::StrSplit(if_none_match, ',')) {
    candidate = absl::StripAsciiWhitespace(candidate);
    if (candidate == "*" || absl::StripPrefix(candidate, "W/") == wanted) return true;
  }
  return false;
}

}  // namespace

std::string Request::Header(const std::string& name) const {
  return Find(headers, name);
}
std::string Request::Query(const std::string& name) const {
  return Find(query, name);
}

Response JsonResponse(std::string body) {
  return {.content_type = "application/json; charset=utf-8",
          .body = std::move(body),
          .headers = {},
          .cut_after = std::nullopt};
}

Response HtmlResponse(int status, std::string_view title) {
  const std::string text = EscapeHtml(title);
  Response response;
  response.status = status;
  response.body = absl::StrCat("<!DOCTYPE html><html><head><title>", text,
                               "</title></head><body><h1>", text, "</h1></body></html>\n");
  return response;
}

std::string EscapeHtml(std::string_view text) {
  return absl::StrReplaceAll(
      Absl(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

std::string WeakEtag(std::string_view body) {
  return absl::StrCat("W/\"", ToHex(Sha256(body)).substr(0, 32), "\"");
}

void ApplyEtag(const Request& request, Response& response) {
  if (response.status != 200) return;
  const std::string etag = WeakEtag(response.body);
  response.headers["ETag"] = etag;
  const std::string if_none_match = request.Header("if-none-match");
  if (if_none_match.empty() || !Matches(if_none_match, etag)) return;
  response.status = 304;
  response.body.clear();
  response.content_type.clear();
}

}  // namespace fails::simulator
