// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/tests/fakes.h"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>
#include <utility>

namespace fails::scraper {

using platforms::DocumentRequest;
using platforms::DocumentView;
using platforms::Purpose;

absl::StatusOr<std::optional<StateStore::Entry>> MemoryStateStore::Get(const std::string& page) {
  absl::MutexLock lock(&mutex_);
  if (away_) return Refuse();
  const auto it = entries_.find(page);
  if (it == entries_.end()) return std::nullopt;
  return it->second;
}

absl::StatusOr<std::uint64_t> MemoryStateStore::CompareAndSet(const std::string& page,
                                                              const PageState& state,
                                                              std::uint64_t expected) {
  absl::MutexLock lock(&mutex_);
  if (away_) return Refuse();
  const auto it = entries_.find(page);
  const std::uint64_t revision = it == entries_.end() ? 0 : it->second.revision;
  if (revision != expected) return absl::AbortedError("somebody was faster");
  entries_[page] = {state, expected + 1};
  return expected + 1;
}

absl::Status MemoryStateStore::PublishHealth(const std::string& page, const Health& health,
                                             const std::optional<BackfillProgress>& backfill) {
  absl::MutexLock lock(&mutex_);
  if (away_) return Refuse();
  health_[page] = health;
  if (backfill) backfill_[page] = *backfill;
  return absl::OkStatus();
}

absl::Status MemoryStateStore::Refuse() {
  ++refused_;
  return absl::UnavailableError("away");
}

int MemoryStateStore::Refused() const {
  absl::MutexLock lock(&mutex_);
  return refused_;
}

void MemoryStateStore::SetAway(bool away) {
  absl::MutexLock lock(&mutex_);
  away_ = away;
}

PageState MemoryStateStore::State(const std::string& page) {
  absl::MutexLock lock(&mutex_);
  const auto it = entries_.find(page);
  return it == entries_.end() ? PageState{} : it->second.state;
}

std::optional<Health> MemoryStateStore::Published(const std::string& page) {
  absl::MutexLock lock(&mutex_);
  const auto it = health_.find(page);
  if (it == health_.end()) return std::nullopt;
  return it->second;
}

std::optional<BackfillProgress> MemoryStateStore::PublishedBackfill(const std::string& page) {
  absl::MutexLock lock(&mutex_);
  const auto it = backfill_.find(page);
  if (it == backfill_.end()) return std::nullopt;
  return it->second;
}

absl::StatusOr<std::optional<BackfillStore::Entry>> MemoryBackfillStore::Get(
    const std::string& page) {
  absl::MutexLock lock(&mutex_);
  if (away_) return absl::UnavailableError("away");
  const auto it = entries_.find(page);
  if (it == entries_.end()) return std::nullopt;
  return it->second;
}

absl::StatusOr<std::uint64_t> MemoryBackfillStore::CompareAndSet(const std::string& page,
                                                                 const BackfillState& state,
                                                                 std::uint64_t expected) {
  absl::MutexLock lock(&mutex_);
  if (away_) return absl::UnavailableError("away");
  const auto it = entries_.find(page);
  const std::uint64_t revision = it == entries_.end() ? 0 : it->second.revision;
  if (revision != expected) return absl::AbortedError("somebody was faster");
  entries_[page] = {state, expected + 1};
  return expected + 1;
}

void MemoryBackfillStore::SetAway(bool away) {
  absl::MutexLock lock(&mutex_);
  away_ = away;
}

BackfillState MemoryBackfillStore::State(const std::string& page) {
  absl::MutexLock lock(&mutex_);
  const auto it = entries_.find(page);
  return it == entries_.end() ? BackfillState{} : it->second.state;
}

absl::Status RecordingSink::Publish(const Document& document) {
  if (answer) {
    if (absl::Status status = answer(document); !status.ok()) return status;
  }
  absl::MutexLock lock(&mutex_);
  published_.push_back(document);
  return absl::OkStatus();
}

std::vector<Document> RecordingSink::published() const {
  absl::MutexLock lock(&mutex_);
  return published_;
}

std::vector<std::string> RecordingSink::Bodies() const {
  std::vector<std::string> bodies;
  for (const Document& document : published()) bodies.push_back(document.body);
  return bodies;
}

void FakeSite::Set(const std::string& url, Page page) {
  absl::MutexLock lock(&mutex_);
  pages_[url] = std::move(page);
}

Fetch FakeSite::AsFetch() {
  return [this](const FetchRequest& request) { return Answer(request); };
}

absl::StatusOr<FetchResponse> FakeSite::Answer(const FetchRequest& request) {
  absl::MutexLock lock(&mutex_);
  requests_.push_back(request);
  const auto it = pages_.find(request.url);
  const Page page = it == pages_.end() ? Page{.status = 404} : it->second;
  if (!page.error.ok()) return page.error;
  FetchResponse response{.status = page.status,
                         .url = page.redirect_to.empty() ? request.url : page.redirect_to,
                         .content_type = page.content_type,
                         .etag = page.etag,
                         .last_modified = "",
                         .retry_after = page.retry_after,
                         .body = page.body};
  if (page.status == 200 && !page.etag.empty() && page.etag == request.etag) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

std::vector<FetchRequest> FakeSite::Requests() const {
  absl::MutexLock lock(&mutex_);
  return requests_;
}

std::vector<std::string> FakeSite::Urls() const {
  std::vector<std::string> urls;
  for (const FetchRequest& request : Requests()) urls.push_back(request.url);
  return urls;
}

void FakeSite::Forget() {
  absl::MutexLock lock(&mutex_);
  requests_.clear();
}

namespace {

DocumentRequest RequestFor(std::string_view base_url, const std::string& path) {
  DocumentRequest request{path.substr(1), fmt::format("{}{}", base_url, path), "text/fake"};
  if (const auto every = path.find("?every="); every != std::string::npos) {
    request.every = absl::Seconds(std::stoi(path.substr(every + 7)));
  }
  if (const auto of = path.find("?instead="); of != std::string::npos) {
    request.instead_of = fmt::format("{}{}", base_url, path.substr(of + 9));
  }
  return request;
}

}  // namespace

std::vector<DocumentRequest> FakePlatform::FirstRequests(std::string_view base_url, Purpose purpose,
                                                         absl::Time) const {
  std::vector<DocumentRequest> requests;
  for (const std::string& path : purpose == Purpose::kPoll ? first_paths_ : backfill_paths_) {
    requests.push_back(RequestFor(base_url, path));
  }
  return requests;
}

std::vector<DocumentRequest> FakePlatform::FollowUps(std::string_view base_url, Purpose,
                                                     const DocumentView& document) const {
  std::vector<DocumentRequest> requests;
  std::istringstream lines{std::string(document.body)};
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("-> ")) continue;
    requests.push_back(RequestFor(base_url, line.substr(3)));
    requests.back().state = fmt::format("{}+", document.state);
  }
  return requests;
}

absl::Status FakePlatform::Recognize(const DocumentView& document) const {
  if (document.body == "throw") throw std::runtime_error("a bug in the platform");
  if (document.content_type == "text/fake") return absl::OkStatus();
  return absl::FailedPreconditionError(
      fmt::format("'{}' instead of text/fake", document.content_type));
}

absl::StatusOr<platforms::Parsed> FakePlatform::Parse(const DocumentView& document) const {
  platforms::Parsed parsed;
  std::istringstream lines{std::string(document.body)};
  for (std::string line; std::getline(lines, line);) {
    if (line == "broken") return absl::InvalidArgumentError("this document is broken");
    if (line.starts_with("updated ")) {
      parsed.page_updated_at = absl::FromUnixSeconds(std::stoll(line.substr(8)));
    } else if (line.starts_with("problem ")) {
      parsed.problems.push_back(line.substr(8));
    } else {
      parsed.outage_days.emplace_back();
    }
  }
  return parsed;
}

absl::StatusOr<std::vector<platforms::ImportPiece>> FakeFormat::Split(std::string_view file,
                                                                      std::size_t) const {
  std::vector<platforms::ImportPiece> pieces(1);
  std::istringstream lines{std::string(file)};
  for (std::string line; std::getline(lines, line);) {
    if (line == "no header") return absl::InvalidArgumentError("line 1: no header");
    if (line == "---") {
      pieces.emplace_back();
    } else {
      pieces.back().bytes += line + "\n";
    }
  }
  return pieces;
}

}  // namespace fails::scraper
