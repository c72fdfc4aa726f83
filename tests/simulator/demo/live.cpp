// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/live.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/simulator/demo/generator.h"

namespace fails::simulator {

LiveStream::LiveStream(const std::vector<PageSpec>& pages, std::uint64_t seed, absl::Time from,
                       double speed)
    : pages_(pages),
      speed_(speed),
      rng_(absl::StrCat(seed, "/live/", absl::ToUnixMillis(from))),
      next_at_(from + absl::Milliseconds(static_cast<int>(rng_.Uniform(3000, 6000) / speed))) {
  for (const PageSpec& page : pages_) {
    double per_day = 0;
    for (const FailureMode& mode : page.modes) per_day += mode.per_day;
    page_weights_.push_back(per_day);
  }
}

LiveIncident LiveStream::Next() {
  const std::size_t page = rng_.Pick(page_weights_);
  LiveIncident live{page, WatchableIncident(pages_[page], rng_, next_at_, speed_)};
  next_at_ += absl::Milliseconds(static_cast<int>(rng_.Uniform(20'000, 30'000) / speed_) + 1);
  return live;
}

}  // namespace fails::simulator
