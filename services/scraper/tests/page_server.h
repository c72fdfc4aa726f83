// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace fails::scraper {

// An HTTP server on a free port of this machine. Documents are what Set says, with an ETag from the
// body; everything else is 404. Thread-safe.
class PageServer {
 public:
  struct Document {
    std::string body = {};
    int status = 200;
    std::string content_type = "application/json";
    std::string retry_after = {};
    bool hang = false;  // no answer until Set or Release say otherwise
    bool etag = true;
    std::string location = {};  // of a redirect
  };
  struct Seen {
    std::string path;
    std::string if_none_match;
    std::string user_agent;
  };

  PageServer();
  ~PageServer();

  std::string url() const;  // no trailing slash
  void Set(const std::string& path, Document document);
  void Release();  // all that hang

  std::vector<Seen> Requests() const;
  int Count(const std::string& path) const;
  int MostAtOnce() const;  // requests under way at the same time

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::scraper
