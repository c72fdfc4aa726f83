// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/lease_keeper.h"

#include "spdlog/spdlog.h"

namespace fails::scraper {

LeaseKeeper::LeaseKeeper(absl::Duration every) : every_(every), thread_([this] { Run(); }) {}

LeaseKeeper::~LeaseKeeper() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void LeaseKeeper::Run() {
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(&stopping_), every_)) {
    for (Claim* claim : claims_) {
      if (const absl::Status renewed = claim->Renew(); !renewed.ok()) {
        spdlog::warn("lease of page {} not renewed: {}", claim->page(), renewed.ToString());
        if (renewed.code() == absl::StatusCode::kUnavailable) break;  // so will be the others
      }
    }
  }
}

LeaseKeeper::Guard::Guard(LeaseKeeper& keeper, Claim& claim) : keeper_(keeper), claim_(claim) {
  absl::MutexLock lock(&keeper_.mutex_);
  keeper_.claims_.insert(&claim_);
}

LeaseKeeper::Guard::~Guard() {
  absl::MutexLock lock(&keeper_.mutex_);
  keeper_.claims_.erase(&claim_);
}

}  // namespace fails::scraper
