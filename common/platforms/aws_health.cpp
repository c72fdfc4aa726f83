// SPDX-License-Identifier: Apache-2.0
// AWS Health Dashboard. Its JSON is UTF-16 with a byte order mark, which is also what tells an
// empty list of AWS from anybody's. A page whose address ends in .rss is one feed of the older
// status page; it names events by the same ids.
#include "common/platforms/aws_health.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/aws_health/event.h"
#include "common/platforms/aws_health/feed.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/utf16.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::string_view kCurrent = "currentevents";
constexpr std::string_view kPast = "events";
constexpr std::string_view kFeed = "rss";

bool IsEvent(const json::value& value, std::string_view kind) {
  const json::object* object = value.if_object();
  return object && object->contains("service") &&
         object->contains(kind == kCurrent ? "date" : "startTime");
}

absl::StatusOr<json::array> Open(const DocumentView& document) {
  if (document.kind != kCurrent && document.kind != kPast) {
    return absl::InvalidArgumentError(fmt::format("'{}' is no AWS Health document", document.kind));
  }
  const auto decoded = FromUtf16(document.body);
  auto value = ParseJson(decoded ? std::string_view(*decoded) : document.body);
  if (!value.ok()) return value.status();
  json::array* array = value->if_array();
  const bool ours = array && std::ranges::any_of(*array, [&](const json::value& member) {
                      return IsEvent(member, document.kind);
                    });
  if (!ours && !(array && array->empty() && decoded)) {
    return absl::InvalidArgumentError("no array of events of AWS Health");
  }
  return std::move(*array);
}

class AwsHealth final : public Platform {
 public:
  std::string_view id() const override { return "aws_health"; }

  std::vector<DocumentRequest> FirstRequests(std::string_view base_url, Purpose purpose,
                                             absl::Time) const override {
    if (base_url.ends_with(".rss")) {
      if (purpose != Purpose::kPoll) return {};
      return {{std::string(kFeed), std::string(base_url), "application/rss+xml"}};
    }
    DocumentRequest past{std::string(kPast), fmt::format("{}/public/events", base_url),
                         "application/json"};
    if (purpose == Purpose::kBackfill) return {std::move(past)};
    past.every = absl::Hours(1);
    return {{std::string(kCurrent), fmt::format("{}/public/currentevents", base_url),
             "application/json"},
            std::move(past)};
  }

  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose,
                                         const DocumentView&) const override {
    return {};
  }

  absl::Status Recognize(const DocumentView& document) const override {
    if (document.kind == kFeed) return AsForeign(ReadFeed(document.body).status());
    if (absl::Status json = RequireJson(document.content_type); !json.ok()) return json;
    return AsForeign(Open(document).status());
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    if (document.kind == kFeed) {
      const auto feed = ReadFeed(document.body);
      if (!feed.ok()) return feed.status();
      Parsed parsed = aws_health::ReadEventFeed(*feed);
      parsed.of_many_products = true;
      return parsed;
    }
    const auto array = Open(document);
    if (!array.ok()) return array.status();
    Parsed parsed;
    parsed.of_many_products = true;
    for (const json::value& value : *array) {
      const json::object* event = value.if_object();
      if (!event) {
        parsed.problems.push_back("an event that is no object");
      } else if (document.kind == kCurrent) {
        aws_health::ReadCurrentEvent(*event, parsed);
      } else {
        aws_health::ReadPastEvent(*event, parsed);
      }
    }
    return parsed;
  }
};

}  // namespace

const Platform& AwsHealthPlatform() {
  static const AwsHealth platform;
  return platform;
}

}  // namespace fails::platforms
