// SPDX-License-Identifier: Apache-2.0
#include "common/rpc/status.h"

#include <gtest/gtest.h>

#include <string>

namespace fails::rpc {
namespace {

class StatusTest : public ::testing::TestWithParam<int> {};

TEST_P(StatusTest, CodeAndMessageCrossBothWays) {
  const absl::Status status(static_cast<absl::StatusCode>(GetParam()), "why");
  const grpc::Status sent = ToGrpc(status);
  EXPECT_EQ(static_cast<int>(sent.error_code()), GetParam());
  EXPECT_EQ(sent.error_message(), status.ok() ? "" : "why");
  EXPECT_EQ(FromGrpc(sent), status);
}

INSTANTIATE_TEST_SUITE_P(AllCodes, StatusTest, ::testing::Range(0, 17));

TEST(StatusTest, NamesAgree) {
  EXPECT_EQ(ToGrpc(absl::NotFoundError("")).error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(ToGrpc(absl::UnauthenticatedError("")).error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(FromGrpc({grpc::StatusCode::DATA_LOSS, ""}).code(), absl::StatusCode::kDataLoss);
}

TEST(StatusTest, LongMessagesAreCutBetweenCharacters) {
  const std::string kept(1023, 'x');
  EXPECT_EQ(ToGrpc(absl::InternalError(kept + "yz")).error_message(), kept + "y");
  EXPECT_EQ(ToGrpc(absl::InternalError(kept + "\xc3\xa9")).error_message(), kept);
}

}  // namespace
}  // namespace fails::rpc
