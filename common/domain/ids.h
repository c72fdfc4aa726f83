// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/base/strong_id.h"

namespace fails {

using ProviderId = StrongId<struct ProviderIdTag>;  // "openai"
using ServiceId = StrongId<struct ServiceIdTag>;    // "openai/chatgpt"
using PageId = StrongId<struct PageIdTag>;          // "openai"
using IncidentId = StrongId<struct IncidentIdTag>;  // "openai/8kb29fwgbp25"

}  // namespace fails
