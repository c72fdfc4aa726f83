// SPDX-License-Identifier: Apache-2.0
#include "common/testing/temp_dir.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace fails::testing {

TempDir::TempDir(const std::string& prefix) {
  const char* base = std::getenv("TMPDIR");
  std::string name = fmt::format("{}/{}XXXXXX", base == nullptr ? "/tmp" : base, prefix);
  if (mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error(fmt::format("{}: {}", name, std::strerror(errno)));
  }
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;  // a leftover in a temporary folder fails no test
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace fails::testing
