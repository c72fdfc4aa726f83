// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace fails::scraper {

// What one HTTP exchange turned out to be. HTTP 200 alone is never trusted.
enum class AnswerKind {
  kOk,            // 200, and what the platform sends
  kNotModified,   // 304 to a conditional request
  kUnreachable,   // no connection, time-out, 5xx
  kWrongContent,  // an answer, but not the platform's: HTML with 200, a challenge, a broken body
  kRateLimited,   // 429, 420
  kGone,          // 404, 410: the page answers, this document is not there
};

struct Answer {
  AnswerKind kind = AnswerKind::kOk;
  std::string words;  // why it is not good; empty for kOk and kNotModified

  bool good() const { return kind == AnswerKind::kOk || kind == AnswerKind::kNotModified; }
};

// "ok", "not_modified", "unreachable", "wrong_content", "rate_limited", "gone".
std::string_view ToString(AnswerKind kind);

// An answer that arrived. `recognize` is the platform's check of the content, asked for HTTP 200
// only. `conditional`: the request carried validators, so that 304 means something.
Answer ClassifyResponse(int http_status, std::string_view content_type, bool conditional,
                        const std::function<absl::Status()>& recognize);

// "the page says that it was deleted", if an HTML answer that is not the platform's says so; else
// empty.
std::string_view DeletedWords(std::string_view url, std::string_view content_type,
                              std::string_view body);

// No usable answer: the error of the HTTP client.
Answer ClassifyError(const absl::Status& error);

}  // namespace fails::scraper
