// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "services/scraper/app/ports.h"
#include "services/scraper/domain/poll_outcome.h"

namespace fails::scraper {

struct PollOptions {
  absl::Duration budget =
      absl::Seconds(45);     // no request is begun after it; the rest waits for the next poll
  int max_documents = 200;   // a chain that leads on and on ends here
  bool probe_first = false;  // an open circuit: the first one's failure leaves its stand-ins only,
                             // and nothing when nobody answers
  int rotate = 0;  // first requests start at this one, so that one that hangs does not starve those
                   // behind it
};

// The page that is polled, and with what.
struct PollTarget {
  std::string page;
  std::string url;  // base URL, no trailing slash
  const platforms::Platform& platform;
};

struct PollReport {
  PollOutcome outcome;
  SharedValidators validators;  // the next ones
  int published = 0;
  absl::Status interruption;  // why outcome.interrupted; else OK
};

// Asks a page for its first documents and for all that these lead to, one after the other, and
// publishes those that changed. A document that wants to be asked for seldom is left out until its
// time has come, and one that stands in for another unless that could not be had. Validators of a
// document are kept only once its publishing is confirmed, and those that would answer 304 only
// once all that it leads to is in as well: whatever is cut short is asked for again. One document's
// failure does not keep the others from being asked; a rate limit does.
class PagePoll {
 public:
  // `ahead`, where there is one, asks for documents that are likely unchanged, still one after the
  // other, without coming back in between.
  PagePoll(const Clock& clock, const Fetch& fetch, DocumentSink& sink,
           FetchWhileUnchanged ahead = nullptr)
      : clock_(clock), fetch_(fetch), sink_(sink), ahead_(std::move(ahead)) {}

  // `cut` is asked before each request, or each run of them: an error ends the poll as interrupted.
  PollReport Run(const PollTarget& target, const SharedValidators& validators,
                 const PollOptions& options, const std::function<absl::Status()>& cut) const;

 private:
  const Clock& clock_;
  const Fetch& fetch_;
  DocumentSink& sink_;
  const FetchWhileUnchanged ahead_;
};

}  // namespace fails::scraper
