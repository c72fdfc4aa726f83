// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/answer.h"

#include <fmt/format.h>

#include <array>

#include "absl/strings/ascii.h"
#include "common/base/text.h"

namespace fails::scraper {
namespace {

std::string StatusWords(int http_status, std::string_view content_type) {
  if (content_type.empty()) return fmt::format("HTTP {}", http_status);
  return fmt::format("HTTP {} ({})", http_status, content_type);
}

std::string Words(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

}  // namespace

std::string_view ToString(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::kOk:
      return "ok";
    case AnswerKind::kNotModified:
      return "not_modified";
    case AnswerKind::kUnreachable:
      return "unreachable";
    case AnswerKind::kWrongContent:
      return "wrong_content";
    case AnswerKind::kRateLimited:
      return "rate_limited";
    case AnswerKind::kGone:
      return "gone";
  }
  return "unreachable";
}

Answer ClassifyResponse(int http_status, std::string_view content_type, bool conditional,
                        const std::function<absl::Status()>& recognize) {
  switch (http_status) {
    case 200: {
      const absl::Status recognized = recognize();
      if (recognized.ok()) return {};
      return {AnswerKind::kWrongContent, Words(recognized)};
    }
    case 304:
      if (conditional) return {AnswerKind::kNotModified, ""};
      return {AnswerKind::kWrongContent, "HTTP 304 to a request without conditions"};
    case 404:
    case 410:
      return {AnswerKind::kGone, StatusWords(http_status, content_type)};
    case 408:
      return {AnswerKind::kUnreachable, StatusWords(http_status, content_type)};
    case 420:  // Statuspage's older word for 429
    case 429:
      return {AnswerKind::kRateLimited, StatusWords(http_status, content_type)};
    default:
      break;
  }
  const AnswerKind kind = http_status >= 500 ? AnswerKind::kUnreachable : AnswerKind::kWrongContent;
  return {kind, StatusWords(http_status, content_type)};
}

std::string_view DeletedWords(std::string_view url, std::string_view content_type,
                              std::string_view body) {
  constexpr std::size_t kLooked = 64 << 10;
  static constexpr std::array<std::string_view, 9> kPhrases = {"page deleted",
                                                               "page-deleted",
                                                               "page has been deleted",
                                                               "page was deleted",
                                                               "page has been deactivated",
                                                               "page was deactivated",
                                                               "page no longer exists",
                                                               "page has been removed",
                                                               "page is no longer available"};
  std::string text = absl::AsciiStrToLower(Absl(url));
  if (content_type.find("html") != std::string_view::npos) {
    text += absl::AsciiStrToLower(Absl(body.substr(0, kLooked)));
  }
  for (const std::string_view phrase : kPhrases) {
    if (text.find(phrase) != std::string::npos) {
      return "the page says that it was deleted";
    }
  }
  return "";
}

Answer ClassifyError(const absl::Status& error) {
  switch (error.code()) {
    case absl::StatusCode::kResourceExhausted:  // over the size cap
    case absl::StatusCode::kInvalidArgument:    // led to a URL that is none for us
      return {AnswerKind::kWrongContent, Words(error)};
    default:
      return {AnswerKind::kUnreachable, Words(error)};
  }
}

}  // namespace fails::scraper
