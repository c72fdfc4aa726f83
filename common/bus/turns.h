// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "absl/synchronization/mutex.h"

namespace fails::bus {

// Keeps work of one key in order among several threads: who drew a turn for a key earlier goes
// first. Thread-safe.
class Turns {
 public:
  // A place in the line of a key, left on destruction, also when it never came to its turn. Lives
  // shorter than its Turns.
  class Turn {
   public:
    Turn(Turn&& other) noexcept
        : turns_(std::exchange(other.turns_, nullptr)),
          key_(std::move(other.key_)),
          number_(other.number_) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn();

    // Returns when all that were drawn earlier for this key are gone. Whoever draws several turns
    // serves them in the order drawn, or two could wait for each other.
    void Await() const;

   private:
    friend class Turns;
    Turn(Turns& turns, std::string key, std::uint64_t number)
        : turns_(&turns), key_(std::move(key)), number_(number) {}

    Turns* turns_;
    std::string key_;
    std::uint64_t number_;
  };

  Turn Draw(std::string key);

 private:
  bool IsFirst(const std::string& key, std::uint64_t number) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  std::uint64_t drawn_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, std::deque<std::uint64_t>> lines_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace fails::bus
