// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "boost/json.hpp"
#include "common/testing/fake_clock.h"
#include "tests/simulator/demo/demo_site.h"
#include "tests/simulator/demo/world.h"

namespace fails::simulator {

// A demo at a moment of our choice.
class Demo {
 public:
  explicit Demo(DemoOptions options = {}, absl::Time now = DefaultNow()) : clock(now) {
    absl::StatusOr<std::unique_ptr<World>> made = World::Create(options, clock);
    EXPECT_TRUE(made.ok()) << made.status();
    world = *std::move(made);
    site = std::make_unique<DemoSite>(*world);
  }

  static absl::Time DefaultNow() {
    return absl::FromCivil(absl::CivilMinute(2026, 3, 10, 15, 30), absl::UTCTimeZone());
  }

  Response Get(const std::string& host, const std::string& path) {
    Request request;
    request.host = host;
    request.headers["host"] = "127.0.0.1:8090";
    const std::size_t mark = path.find("?page=");
    request.path = path.substr(0, mark);
    if (mark != std::string::npos) request.query["page"] = path.substr(mark + 6);
    return site->Get(request);
  }

  boost::json::value Json(const std::string& host, const std::string& path) {
    const Response response = Get(host, path);
    EXPECT_EQ(response.status, 200) << host << path;
    return boost::json::parse(response.body);
  }

  testing::FakeClock clock;
  std::unique_ptr<World> world;
  std::unique_ptr<DemoSite> site;
};

inline DemoOptions Quiet() {
  DemoOptions options;
  options.quiet = true;
  return options;
}

}  // namespace fails::simulator
