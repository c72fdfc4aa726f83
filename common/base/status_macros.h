// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns the status of `expr` from the enclosing function unless it is OK.
#define FAILS_RETURN_IF_ERROR(expr)                                                     \
  do {                                                                                  \
    if (absl::Status fails_status_ = (expr); !fails_status_.ok()) return fails_status_; \
  } while (false)

#define FAILS_CONCAT_INNER_(a, b) a##b
#define FAILS_CONCAT_(a, b) FAILS_CONCAT_INNER_(a, b)

// FAILS_ASSIGN_OR_RETURN(auto value, MakeValue());
#define FAILS_ASSIGN_OR_RETURN(lhs, expr) \
  FAILS_ASSIGN_OR_RETURN_IMPL_(FAILS_CONCAT_(fails_statusor_, __LINE__), lhs, expr)
#define FAILS_ASSIGN_OR_RETURN_IMPL_(var, lhs, expr) \
  auto var = (expr);                                 \
  if (!var.ok()) return std::move(var).status();     \
  lhs = *std::move(var)
