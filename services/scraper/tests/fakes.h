// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/platforms/import_format.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// The bucket in memory, with the same rules.
class MemoryStateStore final : public StateStore {
 public:
  absl::StatusOr<std::optional<Entry>> Get(const std::string& page) override;
  absl::StatusOr<std::uint64_t> CompareAndSet(const std::string& page, const PageState& state,
                                              std::uint64_t expected) override;
  absl::Status PublishHealth(const std::string& page, const Health& health,
                             const std::optional<BackfillProgress>& backfill) override;

  void SetAway(bool away);
  int Refused() const;                       // calls made while away
  PageState State(const std::string& page);  // default: an untouched page
  std::optional<Health> Published(const std::string& page);
  std::optional<BackfillProgress> PublishedBackfill(const std::string& page);

 private:
  mutable absl::Mutex mutex_;
  absl::Status Refuse() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  int refused_ ABSL_GUARDED_BY(mutex_) = 0;
  bool away_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Health> health_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, BackfillProgress> backfill_ ABSL_GUARDED_BY(mutex_);
};

// Likewise for the walks through the histories.
class MemoryBackfillStore final : public BackfillStore {
 public:
  absl::StatusOr<std::optional<Entry>> Get(const std::string& page) override;
  absl::StatusOr<std::uint64_t> CompareAndSet(const std::string& page, const BackfillState& state,
                                              std::uint64_t expected) override;

  void SetAway(bool away);
  BackfillState State(const std::string& page);  // default: a page that was never walked

 private:
  mutable absl::Mutex mutex_;
  bool away_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
};

// Remembers what was published; `answer` decides how it went.
class RecordingSink final : public DocumentSink {
 public:
  absl::Status Publish(const Document& document) override;

  std::function<absl::Status(const Document&)> answer;  // set before use; none: OK
  std::vector<Document> published() const;
  std::vector<std::string> Bodies() const;

 private:
  mutable absl::Mutex mutex_;
  std::vector<Document> published_ ABSL_GUARDED_BY(mutex_);
};

// A page in memory: URL -> what it answers. ETags are honoured where a document has one.
// Thread-safe.
class FakeSite {
 public:
  struct Page {
    int status = 200;
    std::string body = {};
    std::string etag = {};
    std::string content_type = "text/fake";
    std::string retry_after = {};
    std::string redirect_to = {};  // the final URL
    absl::Status error = {};
  };

  void Set(const std::string& url, Page page);
  Fetch AsFetch();
  std::vector<FetchRequest> Requests() const;
  std::vector<std::string> Urls() const;
  void Forget();  // the requests so far

 private:
  absl::StatusOr<FetchResponse> Answer(const FetchRequest& request);

  mutable absl::Mutex mutex_;
  std::map<std::string, Page> pages_ ABSL_GUARDED_BY(mutex_);
  std::vector<FetchRequest> requests_ ABSL_GUARDED_BY(mutex_);
};

// A platform whose documents are lines of text: "-> /path" leads to a follow-up. Content type
// text/fake. A path that ends in "?every=60" is asked for once a minute at most, one that ends in
// "?instead=/other" stands in for "/other". Follow-ups get the state "<state>+" of their parent's.
// Parsed are the lines "problem …" and "updated <unix seconds>" (the page, by its own account);
// every other one is an outage day, and "broken" breaks the document.
class FakePlatform final : public platforms::Platform {
 public:
  explicit FakePlatform(std::vector<std::string> first_paths = {"/list"},
                        std::vector<std::string> backfill_paths = {})
      : first_paths_(std::move(first_paths)), backfill_paths_(std::move(backfill_paths)) {}

  std::string_view id() const override { return "fake"; }
  std::vector<platforms::DocumentRequest> FirstRequests(std::string_view base_url,
                                                        platforms::Purpose purpose,
                                                        absl::Time now) const override;
  std::vector<platforms::DocumentRequest> FollowUps(
      std::string_view base_url, platforms::Purpose purpose,
      const platforms::DocumentView& document) const override;
  absl::Status Recognize(const platforms::DocumentView& document) const override;
  absl::StatusOr<platforms::Parsed> Parse(const platforms::DocumentView& document) const override;

 private:
  std::vector<std::string> first_paths_;
  std::vector<std::string> backfill_paths_;
};

// Pieces are parted by lines of "---"; read by FakePlatform.
class FakeFormat final : public platforms::ImportFormat {
 public:
  std::string_view id() const override { return "fake"; }
  std::string_view content_type() const override { return "text/fake"; }
  absl::StatusOr<std::vector<platforms::ImportPiece>> Split(std::string_view file,
                                                            std::size_t max_bytes) const override;
};

}  // namespace fails::scraper
