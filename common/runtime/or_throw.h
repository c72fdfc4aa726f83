// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace fails::runtime {

// For wiring: the value, or a std::runtime_error with its message, which Main logs before it
// returns 1. For what waiting cannot heal only (a port in use, a broken file).
template <class T>
T OrThrow(absl::StatusOr<T> value) {
  if (!value.ok()) throw std::runtime_error(std::string(value.status().message()));
  return *std::move(value);
}

}  // namespace fails::runtime
