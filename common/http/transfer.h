// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "common/http/client.h"

namespace fails::http {

// One request under way: a curl handle, and what has come so far. For one request after the other:
// making a handle, and setting what all requests share, costs more than a small request. Used on
// one thread; stays where it is.
class Transfer {
 public:
  // Throws without memory for a handle.
  explicit Transfer(const std::string& user_agent);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Makes the handle ready to be added to a multi. INVALID_ARGUMENT: the request cannot be sent,
  // and `done` is left alone.
  absl::Status Prepare(Request& request, Client::Done& done);

  CURL* easy() const { return easy_.get(); }

  // Calls Done with what curl made of it, or with `status`. One of the two, once a request.
  void Finish(CURLcode result);
  void Finish(const absl::Status& status);

 private:
  struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  absl::Status SetHeaders(const Request& request);
  absl::Status ToStatus(CURLcode result) const;
  std::string EffectiveUrl() const;

  static std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* self);

  Client::Done done_;
  std::string request_body_;  // curl reads it while the transfer runs
  std::unique_ptr<curl_slist, FreeList> request_headers_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::size_t max_body_bytes_ = 0;
  std::size_t header_bytes_ = 0;
  bool too_large_ = false;
  Response response_;
  // The last: goes first, while what it points to is there.
  const std::unique_ptr<CURL, FreeEasy> easy_;
};

}  // namespace fails::http
