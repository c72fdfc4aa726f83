// SPDX-License-Identifier: Apache-2.0
#include "common/obs/log.h"

#include <chrono>
#include <ctime>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "common/obs/json_text.h"
#include "spdlog/fmt/chrono.h"
#include "spdlog/formatter.h"
#include "spdlog/sinks/stdout_sinks.h"

namespace fails::obs {
namespace {

std::string_view LevelName(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
      return "trace";
    case spdlog::level::debug:
      return "debug";
    case spdlog::level::info:
      return "info";
    case spdlog::level::warn:
      return "warn";
    default:
      return "error";
  }
}

class JsonFormatter final : public spdlog::formatter {
 public:
  explicit JsonFormatter(const std::string& process) : process_(EscapeJson(process)) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    const auto since_epoch = message.time.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(since_epoch - seconds);
    auto out = std::back_inserter(line);
    fmt::format_to(out, R"({{"time":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}")",
                   fmt::gmtime(static_cast<std::time_t>(seconds.count())), millis.count(),
                   LevelName(message.level));
    fmt::format_to(out, R"(,"process":"{}","message":"{}")", process_,
                   EscapeJson({message.payload.data(), message.payload.size()}));
    // The logger is synchronous, so this is the thread that logs.
    if (const std::string& trace = CurrentTraceparent(); !trace.empty()) {
      fmt::format_to(out, R"(,"trace_id":"{}")", std::string_view(trace).substr(3, 32));
    }
    fmt::format_to(out, "}}\n");
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>(*this);
  }

 private:
  std::string process_;  // escaped
};

}  // namespace

void InitLog(const std::string& process, const std::string& level) {
  auto logger =
      std::make_shared<spdlog::logger>(process, std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::make_unique<JsonFormatter>(process));
  logger->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace fails::obs
