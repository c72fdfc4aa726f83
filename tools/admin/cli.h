// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

namespace fails::admin {

// The program: parses the command line, does what it says, returns the exit code (README.md).
int Run(int argc, const char* const* argv, std::ostream& out, std::ostream& errors);

}  // namespace fails::admin
