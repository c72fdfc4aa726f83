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
    for (Lease* lease : leases_) {
      if (const absl::Status renewed = lease->Renew(); !renewed.ok()) {
        spdlog::warn("lease of page {} not renewed: {}", lease->page(), renewed.ToString());
        if (renewed.code() == absl::StatusCode::kUnavailable) break;  // so will be the others
      }
    }
  }
}

LeaseKeeper::Guard::Guard(LeaseKeeper& keeper, Lease& lease) : keeper_(keeper), lease_(lease) {
  absl::MutexLock lock(&keeper_.mutex_);
  keeper_.leases_.insert(&lease_);
}

LeaseKeeper::Guard::~Guard() {
  absl::MutexLock lock(&keeper_.mutex_);
  keeper_.leases_.erase(&lease_);
}

}  // namespace fails::scraper
