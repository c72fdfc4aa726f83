// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/analytics/domain/listing/filter.h"

namespace fails::analytics {

// The position as an opaque word of base64url. It is bound to `list`, a text that is equal for
// equal lists, by a check sum: a cursor that was altered, or that belongs to another list, is found
// out. No secret, so all replicas read each other's; a forged one gains nothing, since it only says
// where to go on in what its client may read anyway.
std::string EncodeListCursor(std::string_view list, const ListPosition& position);

// INVALID_ARGUMENT naming the cursor when it is none of ours.
absl::StatusOr<ListPosition> DecodeListCursor(std::string_view list, std::string_view cursor);

// The same for the list of incidents that a filter lets through.
std::string EncodeCursor(const IncidentFilter& filter, const ListPosition& position);
absl::StatusOr<ListPosition> DecodeCursor(const IncidentFilter& filter, std::string_view cursor);

}  // namespace fails::analytics
