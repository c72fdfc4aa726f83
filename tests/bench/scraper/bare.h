// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace fails::bench {

// Conditional GETs with libcurl's multi interface and nothing else: one thread, handles, headers
// and connections used again, answers thrown away.
class BareCurl {
 public:
  // `at_once`: requests under way at the same time.
  BareCurl(std::vector<std::string> urls, const std::string& etag, int at_once);
  ~BareCurl();
  BareCurl(const BareCurl&) = delete;
  BareCurl& operator=(const BareCurl&) = delete;

  // Throws unless every one is answered 304.
  void Get(int count);

 private:
  void Begin(CURL* easy);

  const std::vector<std::string> urls_;
  std::size_t next_ = 0;
  CURLM* multi_;
  curl_slist* headers_;
  std::vector<CURL*> handles_;
};

}  // namespace fails::bench
