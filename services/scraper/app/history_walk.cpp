// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/history_walk.h"

#include <exception>
#include <utility>

#include "common/base/hash.h"
#include "services/scraper/domain/agenda.h"
#include "services/scraper/domain/answer.h"
#include "services/scraper/domain/retry_after.h"

namespace fails::scraper {
namespace {

using platforms::DocumentView;
using platforms::Purpose;

// One slice under way.
class Walk {
 public:
  Walk(const Clock& clock, const Fetch& fetch, DocumentSink& sink, HostPace& pace,
       const Random& random, const PollTarget& target, const SliceOptions& options)
      : clock_(clock),
        fetch_(fetch),
        sink_(sink),
        pace_(pace),
        random_(random),
        target_(target),
        options_(options) {}

  HistoryWalk::Slice Run(BackfillState state, const HistoryWalk::WaitUntil& wait_until) {
    slice_.state = std::move(state);
    const absl::Time last_start = clock_.Now() + options_.budget;
    for (int asked = 0; asked < options_.documents && !paused_; ++asked) {
      auto document = TakeDue(slice_.state, clock_.Now());
      if (!document) break;
      const auto start = pace_.Reserve(HostOf(document->url), clock_.Now(), last_start);
      if (!start || !wait_until(*start)) {
        PutBack(slice_.state, *std::move(document));
        break;
      }
      if (slice_.interruption = Visit(*document); !slice_.interruption.ok()) {
        PutBack(slice_.state, *std::move(document));
        break;
      }
    }
    slice_.state = Settled(std::move(slice_.state), options_.policy, clock_.Now());
    return std::move(slice_);
  }

 private:
  // Not OK: we cannot go on, for a reason of ours; the document is as if it had not been asked for.
  absl::Status Visit(const PendingDocument& document) {
    const auto response = fetch_({document.url, document.accept, "", ""});
    if (!response.ok()) {
      if (response.status().code() == absl::StatusCode::kCancelled) return response.status();
      Failed(document, ClassifyError(response.status()), std::nullopt);
      return absl::OkStatus();
    }
    const DocumentView view{document.kind,  response->url, response->content_type,
                            response->body, clock_.Now(),  document.state};
    Answer answer;
    std::vector<platforms::DocumentRequest> follow_ups;
    try {
      answer = ClassifyResponse(response->status, response->content_type, false,
                                [&] { return target_.platform.Recognize(view); });
      if (answer.good()) {
        follow_ups = target_.platform.FollowUps(target_.url, Purpose::kBackfill, view);
      }
    } catch (const std::exception& error) {
      answer = {AnswerKind::kWrongContent, std::string("failed inside: ") + error.what()};
    }
    if (!answer.good()) {
      Failed(document, answer, ParseRetryAfter(response->retry_after, view.fetched_at));
      return absl::OkStatus();
    }
    const absl::Status published = sink_.Publish(DocumentFrom(document, *response, view));
    if (published.code() == absl::StatusCode::kInvalidArgument) {
      Skip(slice_.state, document,
           std::string(published.message().data(), published.message().size()));
      return absl::OkStatus();
    }
    if (!published.ok()) return published;
    ++slice_.published;
    Fetched(slice_.state, document, std::move(follow_ups));
    return absl::OkStatus();
  }

  void Failed(const PendingDocument& document, const Answer& answer,
              std::optional<absl::Duration> retry_after) {
    const absl::Time now = clock_.Now();
    switch (answer.kind) {
      case AnswerKind::kGone:
        Skip(slice_.state, document, answer.words);
        return;
      case AnswerKind::kWrongContent:
        paused_ = Retry(slice_.state, document, answer.words, options_.policy, now, random_());
        return;
      case AnswerKind::kUnreachable:
        NoAnswer(slice_.state, document, answer.words, options_.policy, retry_after, now,
                 random_());
        if (retry_after) pace_.Hold(HostOf(document.url), now + *retry_after);
        paused_ = true;
        return;
      default:
        Pause(slice_.state, document, answer.words, options_.policy, retry_after, now, random_());
        if (retry_after) pace_.Hold(HostOf(document.url), now + *retry_after);
        paused_ = true;
    }
  }

  Document DocumentFrom(const PendingDocument& document, const FetchResponse& response,
                        const DocumentView& view) const {
    return {.page = target_.page,
            .platform = std::string(target_.platform.id()),
            .url = response.url,
            .kind = document.kind,
            .fetched_at = view.fetched_at,
            .http_status = response.status,
            .content_type = response.content_type,
            .body = response.body,
            .body_sha256 = Sha256(response.body),
            .purpose = DocumentPurpose::kBackfill};
  }

  const Clock& clock_;
  const Fetch& fetch_;
  DocumentSink& sink_;
  HostPace& pace_;
  const Random& random_;
  const PollTarget& target_;
  const SliceOptions& options_;
  HistoryWalk::Slice slice_;
  bool paused_ = false;
};

}  // namespace

HistoryWalk::Slice HistoryWalk::Run(const PollTarget& target, BackfillState state,
                                    const SliceOptions& options,
                                    const WaitUntil& wait_until) const {
  return Walk(clock_, fetch_, sink_, pace_, random_, target, options)
      .Run(std::move(state), wait_until);
}

}  // namespace fails::scraper
