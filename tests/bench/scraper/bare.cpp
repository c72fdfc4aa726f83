// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/scraper/bare.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace fails::bench {
namespace {

std::size_t Ignore(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

}  // namespace

BareCurl::BareCurl(std::vector<std::string> urls, const std::string& etag, int at_once)
    : urls_(std::move(urls)),
      multi_(curl_multi_init()),
      headers_(curl_slist_append(nullptr, ("If-None-Match: " + etag).c_str())) {
  for (int i = 0; i < at_once; ++i) {
    CURL* easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Ignore);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    handles_.push_back(easy);
  }
}

BareCurl::~BareCurl() {
  for (CURL* easy : handles_) curl_easy_cleanup(easy);
  curl_multi_cleanup(multi_);
  curl_slist_free_all(headers_);
}

void BareCurl::Begin(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_URL, urls_[next_++ % urls_.size()].c_str());
  curl_multi_add_handle(multi_, easy);
}

void BareCurl::Get(int count) {
  int to_begin = count, to_end = count;
  for (CURL* easy : handles_) {
    if (to_begin > 0) {
      Begin(easy);
      --to_begin;
    }
  }
  while (to_end > 0) {
    int running = 0, left = 0;
    curl_multi_perform(multi_, &running);
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      CURL* easy = message->easy_handle;
      const CURLcode result = message->data.result;
      long status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      if (result != CURLE_OK || status != 304) {
        throw std::runtime_error(
            fmt::format("bare libcurl: {}, status {}", curl_easy_strerror(result), status));
      }
      curl_multi_remove_handle(multi_, easy);
      --to_end;
      if (to_begin > 0) {
        Begin(easy);
        --to_begin;
      }
    }
    if (to_end > 0) curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
  }
}

}  // namespace fails::bench
