// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace fails::analytics {

// Instants are seconds since the epoch, this is their absence.
inline constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

// A column of instants. Immutable. It takes four bytes an instant where all of them lie within 68
// years of 2000, eight otherwise, and none where all are absent.
class TimeColumn {
 public:
  TimeColumn() = default;
  explicit TimeColumn(std::span<const std::int64_t> times);

  std::int64_t operator[](std::uint32_t row) const {
    if (!narrow_.empty()) [[likely]] {
      const std::int32_t time = narrow_[row];
      return time == kNarrowNoTime ? kNoTime : kBase + time;
    }
    return wide_.empty() ? kNoTime : wide_[row];
  }

  std::size_t MemoryBytes() const {
    return narrow_.capacity() * sizeof(std::int32_t) + wide_.capacity() * sizeof(std::int64_t);
  }

 private:
  static constexpr std::int64_t kBase = 946'684'800;  // 2000-01-01
  static constexpr std::int32_t kNarrowNoTime = std::numeric_limits<std::int32_t>::min();

  std::vector<std::int32_t> narrow_;
  std::vector<std::int64_t> wide_;
};

}  // namespace fails::analytics
