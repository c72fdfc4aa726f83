// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/pages.h"

namespace fails::simulator {
namespace {

// The rates of the modes that hold a component add up to one over its mean time between failures,
// e.g. ChatGPT 0.17 + 0.052 + 0.008 + 0.008 + 0.008 = 0.246 a day, every 4.1 days.
PageSpec OpenAi() {
  enum : std::size_t { kApi, kChatGpt, kDallE, kPlayground };
  return {.host = "status.openai.com",
          .page_id = "d3m0pg0pna1x",
          .name = "OpenAI",
          .time_zone = "America/Los_Angeles",
          .components = {{"d3m00pna1ap1", "API"},
                         {"d3m0chatgptx", "ChatGPT"},
                         {"d3m0da11exxx", "DALL·E"},
                         {"d3m0p1aygrnd", "Playground"}},
          .modes = {{{kChatGpt}, 0.17},
                    {{kApi}, 0.105},
                    {{kApi, kChatGpt}, 0.052},
                    {{kDallE}, 0.027},
                    {{kPlayground}, 0.0115},
                    {{kApi, kChatGpt, kDallE}, 0.008},
                    {{kApi, kChatGpt, kDallE, kPlayground}, 0.008},
                    {{kChatGpt, kDallE}, 0.008},
                    {{kApi, kPlayground}, 0.006},
                    {{}, 0.045}},
          .mean_hours_to_recover = 3.1,
          .impact_shares = {0.14, 0.39, 0.34, 0.13},
          .names_components_in_updates = true};
}

PageSpec Anthropic() {
  enum : std::size_t { kClaude, kConsole, kApi };
  return {.host = "status.anthropic.com",
          .page_id = "d3m0pganthrp",
          .name = "Anthropic",
          .time_zone = "America/Los_Angeles",
          .components = {{"d3m0c1audeax", "claude.ai"},
                         {"d3m0c0ns01ex", "console.anthropic.com"},
                         {"d3m0anthap1x", "api.anthropic.com"}},
          .modes = {{{kClaude, kConsole, kApi}, 0.145},
                    {{kClaude}, 0.045},
                    {{kApi}, 0.02},
                    {{kConsole, kApi}, 0.02},
                    {{kClaude, kApi}, 0.01},
                    {{kClaude, kConsole}, 0.008},
                    {{kConsole}, 0.004},
                    {{}, 0.03}},
          .mean_hours_to_recover = 2.8,
          .impact_shares = {0.28, 0.36, 0.31, 0.05},
          .names_components_in_updates = true};
}

PageSpec CharacterAi() {
  return {.host = "status.character.ai",
          .page_id = "d3m0pgchract",
          .name = "Character.AI",
          .time_zone = "America/New_York",
          .components = {{"d3m0characte", "Character.AI"}},
          .modes = {{{0}, 0.114}, {{}, 0.012}},
          .mean_hours_to_recover = 3.4,
          .impact_shares = {0.06, 0.14, 0.30, 0.50},
          .names_components_in_updates = false};
}

PageSpec StabilityAi() {
  enum : std::size_t { kRest, kGrpc, kAssistant };
  return {.host = "status.stability.ai",
          .page_id = "d3m0pgstab1t",
          .name = "Stability AI",
          .time_zone = "Etc/UTC",
          .components = {{"d3m0restap1x", "REST API"},
                         {"d3m0grpcap1x", "gRPC API"},
                         {"d3m0ass1stan", "Stable Assistant"}},
          .modes = {{{kRest}, 0.035},
                    {{kRest, kGrpc}, 0.03},
                    {{kAssistant}, 0.015},
                    {{kGrpc}, 0.012},
                    {{kRest, kGrpc, kAssistant}, 0.01},
                    {{kRest, kAssistant}, 0.007},
                    {{}, 0.01}},
          .mean_hours_to_recover = 2.9,
          .impact_shares = {0.15, 0.45, 0.28, 0.12},
          .names_components_in_updates = true};
}

}  // namespace

const std::vector<PageSpec>& DemoPages() {
  static const std::vector<PageSpec> kPages = {OpenAi(), Anthropic(), CharacterAi(), StabilityAi()};
  return kPages;
}

}  // namespace fails::simulator
