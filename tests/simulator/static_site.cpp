// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/static_site.h"

#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace fails::simulator {
namespace fs = std::filesystem;
namespace {

constexpr char kNoHistory[] = R"({"components":[],"months":[]})";

std::string ContentType(const fs::path& file) {
  static const std::map<std::string, std::string> kTypes = {
      {".json", "application/json; charset=utf-8"},
      {".html", "text/html; charset=utf-8"},
      {".atom", "application/atom+xml; charset=utf-8"},
      {".rss", "application/rss+xml; charset=utf-8"},
      {".xml", "application/xml; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".txt", "text/plain; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
  };
  const auto found = kTypes.find(file.extension().string());
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

// Whether a name may stand between two slashes of a path that we open.
bool IsPlainName(absl::string_view name) {
  return !name.empty() && name[0] != '.' && !absl::StrContains(name, "\\") &&
         name.find('\0') == absl::string_view::npos;
}

// The path below the site's folder, or nothing when it tries to leave it.
std::optional<fs::path> RelativeFile(absl::string_view path) {
  fs::path file;
  for (absl::string_view name : absl::StrSplit(path, '/', absl::SkipEmpty())) {
    if (!IsPlainName(name)) return std::nullopt;
    file /= std::string(name);
  }
  if (file.empty()) file = "index.html";
  return file;
}

bool IsBelow(const fs::path& file, const fs::path& folder) {
  const fs::path relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

std::optional<std::string> Read(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path canonical =
      fs::canonical(file, error);  // follows links: a link may not lead out either
  if (error || !IsBelow(canonical, folder) || !fs::is_regular_file(canonical, error)) {
    return std::nullopt;
  }
  std::ifstream in(canonical, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool IsHistory(const Request& request) {
  return request.path == "/history.json" ||
         (request.path == "/history" &&
          absl::StrContains(request.Header("accept"), "application/json"));
}

}  // namespace

absl::StatusOr<StaticSite> StaticSite::Open(const fs::path& root) {
  std::error_code error;
  const fs::path canonical = fs::canonical(root, error);
  if (error || !fs::is_directory(canonical, error)) {
    return absl::NotFoundError(absl::StrCat("no such folder: ", root.string()));
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(canonical, error)) {
    if (fs::is_directory(entry.path() / "site", error)) return StaticSite(canonical);
  }
  return absl::NotFoundError(absl::StrCat("no <host>/site below ", root.string()));
}

bool StaticSite::Knows(const std::string& host) const {
  std::error_code error;
  return IsPlainName(host) && host.find('/') == std::string::npos &&
         fs::is_directory(root_ / host / "site", error);
}

Response StaticSite::Get(const Request& request) {
  if (!Knows(request.host)) return HtmlResponse(404, "Page not found");
  const fs::path folder = root_ / request.host / "site";
  if (IsHistory(request)) {
    int page = 1;
    if (!absl::SimpleAtoi(request.Query("page"), &page) || page < 1) page = 1;
    const auto body = Read(folder / "history" / absl::StrCat(page, ".json"), folder);
    return JsonResponse(body.value_or(kNoHistory));  // the platform has no last page
  }
  const std::optional<fs::path> file = RelativeFile(request.path);
  const std::optional<std::string> body = file ? Read(folder / *file, folder) : std::nullopt;
  if (!body) return HtmlResponse(404, "Page not found");
  Response response;
  response.content_type = ContentType(*file);
  response.body = *body;
  return response;
}

}  // namespace fails::simulator
