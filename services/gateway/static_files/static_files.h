// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/gateway/http/message.h"

namespace fails::gateway {

// The built web pages, read into memory once. A path is looked up among the files that were found,
// never opened, so no path can lead outside. Immutable, thread-safe.
class StaticFiles {
 public:
  // No files at all: the gateway without a web.
  StaticFiles() = default;

  // Reads every regular file below `directory` (symbolic links are not followed). INVALID_ARGUMENT,
  // naming it, when it is no readable directory with an index.html or holds more than 64 MiB.
  static absl::StatusOr<StaticFiles> Load(const std::string& directory);

  // The file of that decoded path ("/" is /index.html), or for a page's address ("/incidents", no
  // dot in the last segment, from a client that accepts HTML) index.html, whose script draws the
  // page. With ETag, Cache-Control, Content-Type, and compressed beforehand where that helps.
  std::optional<http::Response> Find(std::string_view path, std::string_view accept) const;

  std::size_t size() const { return files_.size(); }

 private:
  struct File {
    std::string content_type, etag, cache_control;
    http::SharedBytes body;
    http::SharedBytes gzip_body;  // null when it would not be smaller
  };
  static http::Response ToResponse(const File& file);

  std::map<std::string, File, std::less<>> files_;
};

// Whether a file's name holds a hash of its content ("assets/index-B7PI925R.js"), so that it can be
// kept for ever.
bool IsHashedAsset(std::string_view path);

}  // namespace fails::gateway
