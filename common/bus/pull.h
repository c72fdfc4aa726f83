// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/bus/handles.h"
#include "common/bus/session.h"

namespace fails::bus {

// Asks one JetStream consumer for messages. Not thread-safe. For this folder only.
class Pull {
 public:
  // NOT_FOUND when there is no such consumer.
  static absl::StatusOr<std::unique_ptr<Pull>> Bind(std::shared_ptr<const Session> session,
                                                    std::string stream, std::string consumer);

  // Waits for a first message and adds what is there already, up to `max` and about 16 MiB. Empty
  // when none came within `wait`. NOT_FOUND when the consumer is gone, which the server does not
  // tell: it is asked after a time of silence.
  absl::StatusOr<std::vector<MsgHandle>> Fetch(int max, absl::Duration wait);

  // What arrived after the last Fetch had given up waiting.
  std::vector<MsgHandle> Leftovers();

  // As it was at Bind.
  const jsConsumerConfig& config() const { return *info_->Config; }

 private:
  Pull() = default;
  absl::Status FetchFirst(absl::Duration wait, std::vector<MsgHandle>& messages);
  void FetchMore(int max, std::vector<MsgHandle>& messages);
  absl::Status CheckAlive();

  std::shared_ptr<const Session> session_;  // outlives the subscription
  std::string stream_, consumer_;
  ConsumerInfoHandle info_;
  SubscriptionHandle subscription_;
  absl::Time sign_of_life_;
};

}  // namespace fails::bus
