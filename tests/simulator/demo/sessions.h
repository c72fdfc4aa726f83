// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace fails::simulator {

// A run of the demo: with these four the live incidents of it can be told again.
struct Session {
  std::uint64_t seed;
  double speed;
  absl::Time from;   // to the millisecond
  absl::Time until;  // when its last live incident opened
};

// The sessions kept in a file; none when there is no such file. DATA_LOSS when it does not read as
// such.
absl::StatusOr<std::vector<Session>> LoadSessions(const std::filesystem::path& file);

// Replaces the file in one step, so that a crash leaves the old or the new one.
absl::Status SaveSessions(const std::filesystem::path& file, const std::vector<Session>& sessions);

}  // namespace fails::simulator
