// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace fails::bench {

struct Options {
  std::int64_t incidents = 100'000;
  std::uint64_t seed = 1;
  std::size_t runs = 20;  // of each question
  std::string csv;        // a folder to write the data to
};

// Exits on --help and on what it does not understand.
Options ReadOptions(int argc, char** argv, const std::string& what);

}  // namespace fails::bench
