// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/this_coro.hpp>
#include <iterator>
#include <optional>
#include <string_view>

#include "absl/strings/numbers.h"
#include "common/base/text.h"
#include "services/gateway/events/event_stream.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

// The types of the CloudEvents, and what names them in a query: the last word first, in this order,
// then the whole.
constexpr std::string_view kTypes[] = {
    "fails.incident.opened",   "fails.incident.updated",   "fails.incident.resolved",
    "fails.incident.reopened", "fails.incident.withdrawn", "fails.service.status_changed",
};
constexpr std::string_view kWords[] = {
    "opened",
    "updated",
    "resolved",
    "reopened",
    "withdrawn",
    "status_changed",
    "fails.incident.opened",
    "fails.incident.updated",
    "fails.incident.resolved",
    "fails.incident.reopened",
    "fails.incident.withdrawn",
    "fails.service.status_changed",
};
static_assert(std::size(kWords) == 2 * std::size(kTypes));

EventFilter ReadFilter(routing::Params& params) {
  EventFilter filter;
  filter.providers = params.ProviderIds("provider");
  filter.services = params.ServiceIds("service");
  for (const std::size_t i : params.ChoiceList("type", kWords)) {
    filter.types.emplace_back(kTypes[i % std::size(kTypes)]);
  }
  return filter;
}

bool ParseId(std::string_view text, std::uint64_t& id) {
  const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
  return digits && absl::SimpleAtoi(Absl(text), &id);
}

Problem BadId(std::string_view value, std::string message) {
  Problem problem = Problem::BadRequest("the id to resume from " + message);
  problem.errors.push_back(
      {"last_event_id", std::string(value.substr(0, 200)), std::move(message)});
  return problem;
}

http::Task<routing::Answer> StreamEvents(Hub& hub, ReplayPool& replays,
                                         const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  EventFilter filter = ReadFilter(params);
  std::string from = params.Text("last_event_id");
  if (auto problem = params.Problem()) co_return *std::move(problem);
  // A browser that reconnects to an address with ?last_event_id= sends the newer id in the header.
  const std::string_view header = exchange.request.headers.Get("Last-Event-ID");
  if (!header.empty()) from = std::string(header);

  std::optional<std::uint64_t> after;
  if (!from.empty()) {
    if (!ParseId(from, after.emplace())) co_return BadId(from, "is not a number of this stream");
    const auto position = hub.position();
    if (position && *after > position->last) {
      // The hub may be a moment behind the stream, which the client has read through another
      // gateway.
      const auto bounds = co_await replays.Bounds();
      if (bounds.ok() && *after > bounds->last) co_return BadId(from, "lies in the future");
    }
  }
  http::Response response;
  response.headers.Set("Content-Type", "text/event-stream; charset=utf-8");
  response.headers.Set("Cache-Control", "no-store");
  response.headers.Set("X-Accel-Buffering", "no");
  if (exchange.request.method != "HEAD") {
    const auto executor = co_await boost::asio::this_coro::executor;
    response.stream = std::make_unique<EventStream>(executor, hub, replays, std::move(filter),
                                                    after, EventStream::Options());
  }
  co_return response;
}

}  // namespace

std::vector<routing::Route> EventsRoutes(const Parts& parts) {
  const auto handler = [&hub = parts.hub,
                        &replays = parts.replays](const routing::Exchange& exchange) {
    return StreamEvents(hub, replays, exchange);
  };
  return {{"GET", "/api/v1/events", handler}};
}

}  // namespace fails::gateway
