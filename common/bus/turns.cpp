// SPDX-License-Identifier: Apache-2.0
#include "common/bus/turns.h"

namespace fails::bus {

Turns::Turn Turns::Draw(std::string key) {
  absl::MutexLock lock(&mutex_);
  const std::uint64_t number = drawn_++;
  lines_[key].push_back(number);
  return {*this, std::move(key), number};
}

bool Turns::IsFirst(const std::string& key, std::uint64_t number) const {
  return lines_.at(key).front() == number;
}

void Turns::Turn::Await() const {
  absl::MutexLock lock(&turns_->mutex_);
  const auto first = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(turns_->mutex_) {
    return turns_->IsFirst(key_, number_);
  };
  turns_->mutex_.Await(absl::Condition(&first));
}

Turns::Turn::~Turn() {
  if (turns_ == nullptr) return;
  absl::MutexLock lock(&turns_->mutex_);
  const auto line = turns_->lines_.find(key_);
  std::erase(line->second, number_);
  if (line->second.empty()) turns_->lines_.erase(line);
}

}  // namespace fails::bus
