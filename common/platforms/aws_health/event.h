// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/platforms/platform.h"

namespace fails::platforms::aws_health {

// One id for an event in all documents: "bedrock-us-east-1_1790000000", service, region and the
// second in which it began.
std::string EventId(std::string_view service, absl::Time start);

// A service in one region, "bedrock-us-east-1". Its name is what it is called without the region
// ("Amazon Bedrock" of "Amazon Bedrock (N. Virginia)"), or, where it has none, "bedrock": by that
// it is found whichever region it is in.
ComponentRef ServiceRef(std::string_view service, std::string_view name, std::string_view region);

// "[RESOLVED] Elevated errors", "Service disruption: …", "Informational message: …" without what
// stands before the title proper.
std::string PlainTitle(std::string_view title);

// The stage and the level of an update, from its headline and text.
IncidentStatus StageOf(std::string_view headline, std::string_view text);
ServiceStatus LevelOf(std::string_view headline);

// Notices of policy, ends of support and the like come as operational issues too.
bool IsAdvisory(std::string_view text);

// A member of /public/currentevents, and of /public/events.
void ReadCurrentEvent(const boost::json::object& event, Parsed& parsed);
void ReadPastEvent(const boost::json::object& event, Parsed& parsed);

}  // namespace fails::platforms::aws_health
