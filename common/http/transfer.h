// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/http/client.h"

namespace fails::http {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, FreeEasy>;

// curl handles that were used and are as new: making one costs more than a small request. Used on
// one thread.
class EasyHandles {
 public:
  EasyHandle Take();  // null: no memory
  void GiveBack(EasyHandle easy);

 private:
  std::vector<EasyHandle> idle_;
};

// One request under way: a curl handle with all of its options, and what has come so far. Used on
// one thread.
class Transfer {
 public:
  // Null when the request cannot be sent; `done` has been told why.
  static std::unique_ptr<Transfer> Make(const Request& request, const std::string& user_agent,
                                        Client::Done done, EasyHandles& handles);

  CURL* easy() const { return easy_.get(); }
  // For the next transfer; this one is finished and no longer in a multi.
  EasyHandle TakeEasy() { return std::move(easy_); }

  // Calls Done with what curl made of it, or with `status`. One of the two, once.
  void Finish(CURLcode result);
  void Finish(const absl::Status& status);

 private:
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  explicit Transfer(Client::Done done) : done_(std::move(done)) {}
  absl::Status SetOptions(const Request& request, const std::string& user_agent,
                          EasyHandles& handles);
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
  EasyHandle easy_;  // the last: goes first, while what it points to is there
};

}  // namespace fails::http
