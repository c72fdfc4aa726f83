// SPDX-License-Identifier: Apache-2.0
#include "common/obs/process_metrics.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace fails::obs {
namespace {

struct ProcStat {
  double cpu_seconds = 0;
  double threads = 0;
  double resident_bytes = 0;
};

// Fields of /proc/self/stat behind the command's name in brackets (which may hold anything): see
// proc(5).
ProcStat ReadStat() {
  std::ifstream file("/proc/self/stat");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::size_t bracket = text.rfind(')');
  if (bracket == std::string::npos) return {};
  std::istringstream fields(text.substr(bracket + 1));
  const std::vector<std::string> field{std::istream_iterator<std::string>(fields),
                                       std::istream_iterator<std::string>()};
  constexpr int kFirst = 3;  // number of the field behind the bracket
  const auto number = [&](std::size_t n) {
    return n - kFirst < field.size() ? std::stod(field[n - kFirst]) : 0;
  };
  return {.cpu_seconds = (number(14) + number(15)) / static_cast<double>(sysconf(_SC_CLK_TCK)),
          .threads = number(20),
          .resident_bytes = number(24) * static_cast<double>(sysconf(_SC_PAGESIZE))};
}

double CountOpenFiles() {
  std::error_code error;  // an unreadable folder counts as empty
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  return error ? 0 : static_cast<double>(std::distance(begin(files), end(files))) - 1;  // its own
}

// Taken while the program is loaded, not at the first scrape.
const double kStartTime =
    std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();

prometheus::MetricFamily Single(std::string name, std::string help, prometheus::MetricType type,
                                double value,
                                std::vector<prometheus::ClientMetric::Label> labels = {}) {
  prometheus::ClientMetric metric;
  metric.label = std::move(labels);
  (type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  return {std::move(name), std::move(help), type, {std::move(metric)}};
}

}  // namespace

std::vector<prometheus::MetricFamily> CollectProcessMetrics() {
  using prometheus::MetricType;
  const ProcStat stat = ReadStat();
  return {
      Single("fails_build_info", "Always 1; the labels tell the build.", MetricType::Gauge, 1,
             {{"version", FAILS_VERSION}}),
      Single("fails_process_start_time_seconds", "Unix time at which the process started.",
             MetricType::Gauge, kStartTime),
      Single("fails_process_cpu_seconds_total", "User and system time used.", MetricType::Counter,
             stat.cpu_seconds),
      Single("fails_process_resident_memory_bytes", "Resident memory.", MetricType::Gauge,
             stat.resident_bytes),
      Single("fails_process_threads", "Threads.", MetricType::Gauge, stat.threads),
      Single("fails_process_open_fds", "Open file descriptors.", MetricType::Gauge,
             CountOpenFiles()),
  };
}

}  // namespace fails::obs
