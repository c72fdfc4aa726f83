// SPDX-License-Identifier: Apache-2.0
#include "common/http/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"

namespace fails::http {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256 << 10;
constexpr absl::Duration kConnectTimeout = absl::Seconds(10);
constexpr char kSchemes[] = "http,https";

// curl takes 0 for "no limit".
long ToMillis(absl::Duration duration) {
  return static_cast<long>(
      std::clamp<std::int64_t>(absl::ToInt64Milliseconds(duration), 1, INT_MAX));
}

bool HasScheme(std::string_view url) {
  return absl::StartsWithIgnoreCase(Absl(url), "http://") ||
         absl::StartsWithIgnoreCase(Absl(url), "https://");
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// Sets options one after the other and remembers the first refusal.
class OptionSetter {
 public:
  explicit OptionSetter(CURL* easy) : easy_(easy) {}

  template <class T>
  OptionSetter& operator()(CURLoption option, T value) {
    if (result_ == CURLE_OK) result_ = curl_easy_setopt(easy_, option, value);
    return *this;
  }
  CURLcode result() const { return result_; }

 private:
  CURL* easy_;
  CURLcode result_ = CURLE_OK;
};

}  // namespace

Transfer::Transfer(const std::string& user_agent) : easy_(curl_easy_init()) {
  if (easy_ == nullptr) throw std::runtime_error("no memory for a transfer");
  OptionSetter set(easy());
  set(CURLOPT_USERAGENT, user_agent.c_str())(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, kSchemes)(CURLOPT_REDIR_PROTOCOLS_STR, kSchemes);
  set(CURLOPT_ACCEPT_ENCODING, "");  // whatever curl can decode
  set(CURLOPT_ERRORBUFFER, error_text_.data());
  set(CURLOPT_WRITEFUNCTION, &Transfer::OnBody)(CURLOPT_WRITEDATA, this);
  set(CURLOPT_HEADERFUNCTION, &Transfer::OnHeader)(CURLOPT_HEADERDATA, this);
  if (set.result() != CURLE_OK) throw std::runtime_error(curl_easy_strerror(set.result()));
}

absl::Status Transfer::SetHeaders(const Request& request) {
  request_headers_.reset();
  std::string line;
  for (const auto& [name, value] : request.headers) {
    if (name.empty() || HasControl(name) || HasControl(value)) {
      return absl::InvalidArgumentError(fmt::format("header \"{}\" cannot be sent", name));
    }
    // curl wants "Name;" for a header without a value.
    line.assign(name).append(value.empty() ? ";" : ": ").append(value);
    request_headers_.reset(curl_slist_append(request_headers_.release(), line.c_str()));
  }
  return absl::OkStatus();
}

absl::Status Transfer::Prepare(Request& request, Client::Done& done) {
  if (!HasScheme(request.url)) {
    return absl::InvalidArgumentError(
        fmt::format("\"{}\" is not an http or https URL", request.url));
  }
  FAILS_RETURN_IF_ERROR(SetHeaders(request));
  // Everything that Prepare or a callback has set for the request before.
  OptionSetter set(easy());
  set(CURLOPT_URL, request.url.c_str())(CURLOPT_HTTPHEADER, request_headers_.get());
  set(CURLOPT_FOLLOWLOCATION, request.max_redirects > 0 ? 1L : 0L);
  set(CURLOPT_MAXREDIRS, static_cast<long>(request.max_redirects));
  set(CURLOPT_TIMEOUT_MS, ToMillis(request.timeout));
  set(CURLOPT_CONNECTTIMEOUT_MS, ToMillis(std::min(request.timeout, kConnectTimeout)));
  if (request.post_body) {
    request_body_ = *std::move(request.post_body);
    set(CURLOPT_POSTFIELDS, request_body_.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_body_.size()));
  } else {
    request_body_.clear();
    set(CURLOPT_HTTPGET, 1L);
  }
  // Counts the announced bytes as sent; the write callback counts what they decode to.
  set(CURLOPT_MAXFILESIZE_LARGE,
      static_cast<curl_off_t>(std::max<std::int64_t>(request.max_body_bytes, 1)));
  if (set.result() != CURLE_OK) {
    return absl::InvalidArgumentError(curl_easy_strerror(set.result()));
  }
  done_ = std::move(done);
  max_body_bytes_ = static_cast<std::size_t>(std::max<std::int64_t>(request.max_body_bytes, 0));
  error_text_[0] = '\0';
  header_bytes_ = 0;
  too_large_ = false;
  response_ = {};
  return absl::OkStatus();
}

std::size_t Transfer::OnBody(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  std::string& body = transfer.response_.body;
  if (bytes > transfer.max_body_bytes_ - body.size()) {
    transfer.too_large_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  body.append(data, bytes);
  return bytes;
}

std::size_t Transfer::OnHeader(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  transfer.header_bytes_ += bytes;
  if (transfer.header_bytes_ > kMaxHeaderBytes) {
    transfer.too_large_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  const std::string_view line(data, bytes);
  if (line.starts_with("HTTP/")) {
    transfer.response_.headers.Clear();  // of the redirect before
  } else {
    transfer.response_.headers.AddLine(line);
  }
  return bytes;
}

absl::Status Transfer::ToStatus(CURLcode result) const {
  const std::string text = error_text_[0] != '\0' ? error_text_.data() : curl_easy_strerror(result);
  if (too_large_ || result == CURLE_FILESIZE_EXCEEDED) {
    return absl::ResourceExhaustedError(
        fmt::format("the answer is larger than {} bytes", max_body_bytes_));
  }
  switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
      return absl::DeadlineExceededError(text);
    case CURLE_UNSUPPORTED_PROTOCOL:
      // Of the URL (then a redirect's), or an answer that is no HTTP.
      if (HasScheme(EffectiveUrl())) return absl::UnavailableError(text);
      return absl::InvalidArgumentError(text);
    case CURLE_URL_MALFORMAT:
      return absl::InvalidArgumentError(text);
    default:
      return absl::UnavailableError(text);
  }
}

std::string Transfer::EffectiveUrl() const {
  const char* url = nullptr;
  curl_easy_getinfo(easy(), CURLINFO_EFFECTIVE_URL, &url);
  return url == nullptr ? "" : url;
}

void Transfer::Finish(CURLcode result) {
  if (result != CURLE_OK) return Finish(ToStatus(result));
  long status = 0;
  curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  response_.effective_url = EffectiveUrl();
  std::exchange(done_, nullptr)(std::move(response_));
}

void Transfer::Finish(const absl::Status& status) {
  std::exchange(done_, nullptr)(status);
}

}  // namespace fails::http
