// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/replica.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <random>

#include "common/base/utf8.h"

namespace fails::scraper {

std::string NewReplicaId() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  std::random_device random;
  return fmt::format("{}-{}-{:08x}", RepairUtf8(host.data()), getpid(), random());
}

double RandomShare() {
  thread_local std::mt19937_64 generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
}

}  // namespace fails::scraper
