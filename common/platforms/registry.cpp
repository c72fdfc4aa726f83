// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/registry.h"

#include <array>

#include "common/platforms/aws_health.h"
#include "common/platforms/azure.h"
#include "common/platforms/betterstack.h"
#include "common/platforms/cloudflare_status.h"
#include "common/platforms/datadog.h"
#include "common/platforms/fails_incidents.h"
#include "common/platforms/fails_outages.h"
#include "common/platforms/feed.h"
#include "common/platforms/google_cloud.h"
#include "common/platforms/incidentio.h"
#include "common/platforms/instatus.h"
#include "common/platforms/ndjson.h"
#include "common/platforms/onlineornot.h"
#include "common/platforms/statusio.h"
#include "common/platforms/statuspage.h"
#include "common/platforms/xai.h"

namespace fails::platforms {

std::span<const Platform* const> All() {
  static const std::array<const Platform*, 16> platforms = {
      &AwsHealthPlatform(),         //
      &AzurePlatform(),             //
      &BetterStackPlatform(),       //
      &CloudflareStatusPlatform(),  //
      &DatadogPlatform(),           //
      &FailsIncidentsPlatform(),    //
      &FailsOutagesPlatform(),      //
      &FeedPlatform(),              //
      &GoogleCloudPlatform(),       //
      &IncidentIoPlatform(),        //
      &InstatusPlatform(),          //
      &NdjsonPlatform(),            //
      &OnlineOrNotPlatform(),       //
      &StatusIoPlatform(),          //
      &StatuspagePlatform(),        //
      &XaiPlatform(),               //
  };
  return platforms;
}

const Platform* Find(std::string_view id) {
  for (const Platform* platform : All()) {
    if (platform->id() == id) return platform;
  }
  return nullptr;
}

}  // namespace fails::platforms
