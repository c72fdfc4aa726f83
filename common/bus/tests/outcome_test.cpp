// SPDX-License-Identifier: Apache-2.0
#include "common/bus/outcome.h"

#include <gtest/gtest.h>

#include <vector>

namespace fails::bus {
namespace {

struct Row {
  absl::StatusCode code;
  Outcome outcome;
  Outcome on_last_attempt;
};

// design.md, section 3.
const std::vector<Row> kTable = {
    {absl::StatusCode::kOk, Outcome::kDone, Outcome::kDone},
    {absl::StatusCode::kAlreadyExists, Outcome::kDone, Outcome::kDone},
    {absl::StatusCode::kUnavailable, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kDeadlineExceeded, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kAborted, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kResourceExhausted, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kInternal, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kUnknown, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kNotFound, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kOutOfRange, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kPermissionDenied, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kUnauthenticated, Outcome::kLater, Outcome::kNever},
    {absl::StatusCode::kInvalidArgument, Outcome::kNever, Outcome::kNever},
    {absl::StatusCode::kDataLoss, Outcome::kNever, Outcome::kNever},
    {absl::StatusCode::kFailedPrecondition, Outcome::kNever, Outcome::kNever},
    {absl::StatusCode::kUnimplemented, Outcome::kNever, Outcome::kNever},
    {absl::StatusCode::kCancelled, Outcome::kStopping, Outcome::kStopping},
};

TEST(OutcomeTest, EveryCodeHasItsOutcome) {
  EXPECT_EQ(kTable.size(), 17u) << "there are 17 codes";
  for (const Row& row : kTable) {
    const absl::Status status(row.code, "because");
    EXPECT_EQ(OutcomeOf(status, false), row.outcome) << status;
    EXPECT_EQ(OutcomeOf(status, true), row.on_last_attempt) << status;
  }
}

}  // namespace
}  // namespace fails::bus
