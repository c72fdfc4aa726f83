// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/page_poll.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <ranges>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/hash.h"
#include "services/scraper/domain/agenda.h"
#include "services/scraper/domain/retry_after.h"
#include "services/scraper/domain/validator_book.h"

namespace fails::scraper {
namespace {

using platforms::DocumentRequest;
using platforms::DocumentView;
using platforms::Purpose;

// A large document that failed is not asked for at every poll either.
constexpr absl::Duration kSeldomRetry = absl::Minutes(10);

struct Step {
  DocumentRequest request;
  std::string parent;
};

// One walk over a page's documents.
class Walk {
 public:
  Walk(const Clock& clock, const Fetch& fetch, DocumentSink& sink,
       const FetchWhileUnchanged& fetch_ahead, const PollTarget& target, const PollOptions& options,
       const SharedValidators& validators)
      : clock_(clock),
        fetch_(fetch),
        sink_(sink),
        fetch_ahead_(fetch_ahead),
        target_(target),
        options_(options),
        book_(validators) {}

  PollReport Run(const std::function<absl::Status()>& cut) {
    last_start_ = clock_.Now() + options_.budget;
    const auto updated_before = book_.PageUpdatedAt();
    EnqueueFirst();
    for (; next_ < steps_.size(); ++next_) {
      const Step& step = steps_[next_];
      if (!HasAnswer()) {  // a request comes next
        if (report_.interruption = cut(); !report_.interruption.ok()) break;
        if (const std::string why = WhyStop(); !why.empty()) {
          GiveUpRest(why);
          break;
        }
      }
      if (!IsWanted(step.request)) continue;
      if (report_.interruption = Visit(step); !report_.interruption.ok()) break;
    }
    ForgiveReplaced();
    for (; next_ < steps_.size(); ++next_) {
      book_.Incomplete(steps_[next_].request.url, steps_[next_].parent);
    }
    report_.outcome.interrupted = !report_.interruption.ok();
    const auto updated_at = book_.PageUpdatedAt();
    report_.outcome.trifles_only = updated_at && updated_at == updated_before;
    report_.validators = std::move(book_).Take();
    return std::move(report_);
  }

 private:
  void EnqueueFirst() {
    std::vector<DocumentRequest> first =
        target_.platform.FirstRequests(target_.url, Purpose::kPoll, clock_.Now());
    // Whether a stand-in is needed is known only afterwards. Stand-ins of stand-ins keep their
    // order.
    const auto stand_ins = std::ranges::stable_partition(
        first, [](const DocumentRequest& request) { return request.instead_of.empty(); });
    if (const auto plain = stand_ins.begin() - first.begin(); plain > 0) {
      std::rotate(first.begin(), first.begin() + options_.rotate % plain, stand_ins.begin());
    }
    book_.KeepRoots(UrlsOf(first));
    report_.outcome.documents.reserve(first.size());
    for (DocumentRequest& request : first) Enqueue(std::move(request), "", clock_.Now());
  }

  static std::set<std::string_view> UrlsOf(const std::vector<DocumentRequest>& requests) {
    std::set<std::string_view> urls;
    for (const DocumentRequest& request : requests) urls.insert(request.url);
    return urls;
  }

  void Enqueue(DocumentRequest request, const std::string& parent, absl::Time now) {
    const Validators* known = book_.Find(request.url);
    if (known && known->not_before > now) return;
    steps_.push_back({std::move(request), parent});
    if (!seen_.insert(steps_.back().request.url).second) steps_.pop_back();
  }

  // A stand-in is, when the other is missing. A probe that was answered wrongly goes on with those.
  bool IsWanted(const DocumentRequest& request) const {
    if (!request.instead_of.empty()) return IsMissing(request.instead_of);
    const auto& documents = report_.outcome.documents;
    return !options_.probe_first || documents.empty() || documents.front().answer.good() ||
           documents.back().answer.good();
  }

  // Asked for, and not had.
  bool IsMissing(const std::string& url) const {
    return std::ranges::any_of(report_.outcome.documents, [&](const DocumentOutcome& document) {
      return document.url == url && !document.answer.good();
    });
  }

  // A document whose stand-in came is no failure, nor is one whose stand-in's stand-in came; a page
  // that wants us to be slower still says so.
  void ForgiveReplaced() {
    std::set<std::string> replaced;
    for (const DocumentOutcome& document : std::views::reverse(report_.outcome.documents)) {
      const bool had = document.answer.good() || replaced.contains(document.url);
      if (had && !document.instead_of.empty()) replaced.insert(document.instead_of);
    }
    std::erase_if(report_.outcome.documents, [&](const DocumentOutcome& document) {
      return replaced.contains(document.url) && !document.answer.good() &&
             document.answer.kind != AnswerKind::kRateLimited;
    });
  }

  // Why no further request is made; empty while there is no reason.
  std::string WhyStop() const {
    const auto& documents = report_.outcome.documents;
    if (!documents.empty() && !documents.back().answer.good()) {
      if (documents.back().answer.kind == AnswerKind::kRateLimited)
        return "not asked: rate limited";
      if (options_.probe_first && documents.size() == 1 &&
          documents.back().answer.kind == AnswerKind::kUnreachable) {
        return "not asked: the first one failed";
      }
    }
    if (static_cast<int>(documents.size()) >= options_.max_documents) {
      return fmt::format("not asked: more than {} documents", options_.max_documents);
    }
    if (clock_.Now() > last_start_) {
      return fmt::format("not asked: the page took longer than {}",
                         absl::FormatDuration(options_.budget));
    }
    return "";
  }

  // The documents behind a stop count as failed only if nothing says so yet.
  void GiveUpRest(const std::string& why) {
    const auto& documents = report_.outcome.documents;
    if (!documents.empty() && !documents.back().answer.good()) return;
    AddOutcome(steps_[next_], {AnswerKind::kUnreachable, why});
  }

  DocumentOutcome& AddOutcome(const Step& step, Answer answer) {
    DocumentOutcome outcome;
    outcome.kind = step.request.kind;
    outcome.url = step.request.url;
    outcome.instead_of = step.request.instead_of;
    outcome.answer = std::move(answer);
    report_.outcome.documents.push_back(std::move(outcome));
    return report_.outcome.documents.back();
  }

  FetchRequest RequestFor(const Step& step) const {
    FetchRequest request{step.request.url, step.request.accept, "", ""};
    if (const Validators* known = book_.Find(request.url)) {
      request.etag = known->etag;
      request.last_modified = known->last_modified;
    }
    return request;
  }

  // Whether a 304 would be an answer.
  bool IsConditional(const std::string& url) const {
    const Validators* known = book_.Find(url);
    return known && !(known->etag.empty() && known->last_modified.empty());
  }

  bool HasAnswer() const { return unchanged_ > 0 || other_; }

  // A run of conditional requests is made at once. An answer 304 changes neither the steps behind
  // it nor what they are asked with, so that the answers are those to the next steps.
  void Ask(const Step& step) {
    if (!fetch_ahead_ || !IsConditional(step.request.url)) {
      other_ = fetch_(RequestFor(step));
      return;
    }
    const std::size_t asked = report_.outcome.documents.size();
    const auto most = static_cast<std::size_t>(options_.max_documents);
    std::vector<FetchRequest> run = {RequestFor(step)};
    for (std::size_t i = next_ + 1; i < steps_.size() && asked + run.size() < most; ++i) {
      const DocumentRequest& following = steps_[i].request;
      if (!following.instead_of.empty() || !IsConditional(following.url)) break;
      run.push_back(RequestFor(steps_[i]));
    }
    RunAnswer answer = fetch_ahead_(std::move(run), last_start_);
    unchanged_ = answer.unchanged;
    other_ = std::move(answer.other);
  }

  // When a document that was had is wanted next.
  static absl::Time NotBefore(const Step& step, absl::Time now) {
    const bool seldom = step.request.every > absl::ZeroDuration();
    return seldom ? now + step.request.every : absl::InfinitePast();
  }

  void Unchanged(const Step& step) {
    AddOutcome(step, {AnswerKind::kNotModified, ""});
    book_.Defer(step.request.url, step.parent, NotBefore(step, clock_.Now()));
  }

  // Not OK: the poll cannot go on, for a reason of ours.
  absl::Status Visit(const Step& step) {
    if (!HasAnswer()) Ask(step);
    if (unchanged_ > 0) {
      --unchanged_;
      Unchanged(step);
      return absl::OkStatus();
    }
    const auto response = *std::exchange(other_, std::nullopt);
    return Take(step, response);
  }

  absl::Status Take(const Step& step, const absl::StatusOr<FetchResponse>& response) {
    const std::string& url = step.request.url;
    const Validators* known = book_.Find(url);
    if (!response.ok()) {
      if (response.status().code() == absl::StatusCode::kCancelled) return response.status();
      Failed(step, ClassifyError(response.status()));
      return absl::OkStatus();
    }
    const DocumentView view{step.request.kind, response->url, response->content_type,
                            response->body,    clock_.Now(),  step.request.state};
    Answer answer = ClassifyResponse(response->status, response->content_type, IsConditional(url),
                                     [&] { return target_.platform.Recognize(view); });
    const bool seldom = step.request.every > absl::ZeroDuration();
    if (seldom && answer.kind == AnswerKind::kGone) {
      // An extra that this page does not have.
      book_.Gone(url, step.parent, view.fetched_at + step.request.every);
      return absl::OkStatus();
    }
    if (!answer.good()) {
      const auto deleted = DeletedWords(response->url, response->content_type, response->body);
      const bool page_deleted = answer.kind != AnswerKind::kUnreachable && !deleted.empty();
      if (page_deleted) answer.words = fmt::format("{}: {}", deleted, answer.words);
      DocumentOutcome& outcome = Failed(step, answer);
      outcome.page_deleted = page_deleted;
      if (HostOf(response->url) != HostOf(url)) outcome.redirected_to = HostOf(response->url);
      if (answer.kind == AnswerKind::kRateLimited || answer.kind == AnswerKind::kUnreachable) {
        outcome.retry_after = ParseRetryAfter(response->retry_after, view.fetched_at);
      }
      return absl::OkStatus();
    }
    DocumentOutcome& outcome = AddOutcome(step, answer);
    const absl::Time not_before = NotBefore(step, view.fetched_at);
    if (HostOf(response->url) != HostOf(url)) outcome.redirected_to = HostOf(response->url);
    if (answer.kind == AnswerKind::kNotModified) {
      book_.Defer(url, step.parent, not_before);
      return absl::OkStatus();
    }
    return Accept(step, *response, view, not_before, known, outcome);
  }

  DocumentOutcome& Failed(const Step& step, const Answer& answer) {
    if (answer.kind == AnswerKind::kGone) {
      book_.Gone(step.request.url, step.parent);
    } else {
      book_.Incomplete(step.request.url, step.parent);
      if (step.request.every > kSeldomRetry && step.parent.empty()) {
        book_.Defer(step.request.url, "", clock_.Now() + kSeldomRetry);
      }
    }
    return AddOutcome(step, answer);
  }

  absl::Status Accept(const Step& step, const FetchResponse& response, const DocumentView& view,
                      absl::Time not_before, const Validators* known, DocumentOutcome& outcome) {
    const std::string sha = Sha256(response.body);
    const bool changed = !known || known->body_sha256 != sha;
    if (changed) {
      const absl::Status published = sink_.Publish(DocumentFrom(step, response, view, sha));
      if (published.code() == absl::StatusCode::kInvalidArgument) {
        outcome.answer = ClassifyError(published);
        book_.Incomplete(step.request.url, step.parent);
        return absl::OkStatus();
      }
      if (!published.ok()) return published;
      outcome.published = true;
      ++report_.published;
    }
    const auto page_updated_at = changed ? UpdatedAt(view) : known->page_updated_at;
    book_.Accepted(step.request.url, {response.etag, response.last_modified, sha, step.parent,
                                      not_before, page_updated_at});
    FollowUp(step, view, changed);
    return absl::OkStatus();
  }

  // An unchanged document has been followed before; only what is still missing of that is asked for
  // again.
  void FollowUp(const Step& step, const DocumentView& view, bool changed) {
    auto next = target_.platform.FollowUps(target_.url, Purpose::kPoll, view);
    book_.KeepChildren(step.request.url, UrlsOf(next));
    for (DocumentRequest& request : next) {
      const bool seldom = request.every > absl::ZeroDuration();
      if (changed || seldom || !book_.Find(request.url))
        Enqueue(std::move(request), step.request.url, clock_.Now());
    }
  }

  std::optional<absl::Time> UpdatedAt(const DocumentView& view) const {
    const auto parsed = target_.platform.Parse(view);
    return parsed.ok() ? parsed->page_updated_at : std::nullopt;
  }

  Document DocumentFrom(const Step& step, const FetchResponse& response, const DocumentView& view,
                        const std::string& sha) const {
    return {.page = target_.page,
            .platform = std::string(target_.platform.id()),
            .url = response.url,
            .kind = step.request.kind,
            .fetched_at = view.fetched_at,
            .http_status = response.status,
            .content_type = response.content_type,
            .body = response.body,
            .body_sha256 = sha,
            .purpose = DocumentPurpose::kPoll};
  }

  const Clock& clock_;
  const Fetch& fetch_;
  DocumentSink& sink_;
  const FetchWhileUnchanged& fetch_ahead_;
  const PollTarget& target_;
  const PollOptions& options_;
  ValidatorBook book_;
  absl::Time last_start_;
  std::deque<Step> steps_;  // a step stays where it is
  std::size_t next_ = 0;    // the step to take
  // The answers to the next steps: so many times "unchanged", then another.
  std::size_t unchanged_ = 0;
  std::optional<absl::StatusOr<FetchResponse>> other_;
  std::set<std::string_view> seen_;  // the URLs of steps_
  PollReport report_;
};

}  // namespace

PollReport PagePoll::Run(const PollTarget& target, const SharedValidators& validators,
                         const PollOptions& options,
                         const std::function<absl::Status()>& cut) const {
  return Walk(clock_, fetch_, sink_, ahead_, target, options, validators).Run(cut);
}

}  // namespace fails::scraper
