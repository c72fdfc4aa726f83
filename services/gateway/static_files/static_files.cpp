// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/static_files/static_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "services/gateway/http/gzip.h"
#include "services/gateway/http/negotiate.h"

namespace fails::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostBytes = 64u << 20;
constexpr std::string_view kIndex = "/index.html";

std::string_view LastSegment(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string ContentTypeOf(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  };
  for (const auto& [extension, type] : kTypes) {
    if (path.ends_with(extension)) return std::string(type);
  }
  return "application/octet-stream";
}

absl::StatusOr<std::string> ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) return absl::InvalidArgumentError(fmt::format("cannot read {}", path.string()));
  return content;
}

}  // namespace

bool IsHashedAsset(std::string_view path) {
  if (!path.starts_with("/assets/")) return false;
  const std::string_view name = LastSegment(path);
  const std::string_view stem = name.substr(0, name.find('.'));
  const std::size_t dash = stem.size() > 9 ? stem.size() - 9 : std::string_view::npos;
  return dash != std::string_view::npos && stem[dash] == '-';  // Vite's hash has 8 characters
}

absl::StatusOr<StaticFiles> StaticFiles::Load(const std::string& directory) {
  std::error_code error;
  fs::recursive_directory_iterator entry(directory, error), end;
  StaticFiles files;
  std::uintmax_t total = 0;
  for (; !error && entry != end; entry.increment(error)) {
    if (entry->is_symlink(error) || !entry->is_regular_file(error)) continue;
    total += entry->file_size(error);
    if (total > kMostBytes) {
      return absl::InvalidArgumentError(fmt::format("{} holds more than 64 MiB", directory));
    }
    auto content = ReadFile(entry->path());
    if (!content.ok()) return content.status();
    const std::string path = "/" + fs::relative(entry->path(), directory, error).generic_string();
    File file{
        .content_type = ContentTypeOf(path),
        .etag = http::ETagOf(*content),
        .cache_control = IsHashedAsset(path) ? "public, max-age=31536000, immutable" : "no-cache",
        .body = nullptr,
        .gzip_body = nullptr};
    std::string gzip = http::Gzip(*content, http::GzipLevel::kBest);
    if (gzip.size() < content->size()) file.gzip_body = http::Bytes(std::move(gzip));
    file.body = http::Bytes(*std::move(content));
    files.files_.emplace(path, std::move(file));
  }
  if (error) {
    return absl::InvalidArgumentError(
        fmt::format("cannot read the directory {}: {}", directory, error.message()));
  }
  if (!files.files_.contains(kIndex)) {
    return absl::InvalidArgumentError(fmt::format("{} has no index.html", directory));
  }
  return files;
}

http::Response StaticFiles::ToResponse(const File& file) {
  http::Response response;
  response.headers.Set("Content-Type", file.content_type);
  response.headers.Set("Cache-Control", file.cache_control);
  response.headers.Set("ETag", file.etag);
  response.body = file.body;
  response.gzip_body = file.gzip_body;
  return response;
}

std::optional<http::Response> StaticFiles::Find(std::string_view path,
                                                std::string_view accept) const {
  const auto found = files_.find(path == "/" ? kIndex : path);
  if (found != files_.end()) return ToResponse(found->second);
  const bool page_address = LastSegment(path).find('.') == std::string_view::npos;
  const auto index = files_.find(kIndex);
  if (!page_address || index == files_.end() || !http::AcceptsHtml(accept)) return std::nullopt;
  return ToResponse(index->second);
}

}  // namespace fails::gateway
