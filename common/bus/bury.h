// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/bus/message.h"
#include "common/bus/publisher.h"

namespace fails::bus {

// Copies `message` to fails.dead.v1.<stream>.<consumer>, with the headers of dead_letter.h. OK when
// the server has stored it. For this folder only.
absl::Status Bury(Publisher& publisher, const std::string& stream, const std::string& consumer,
                  natsMsg* message, const DeliveryInfo& info, const absl::Status& reason,
                  absl::Time deadline);

}  // namespace fails::bus
