// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fails::simulator {

// Reads the arguments and does what they ask. Returns the exit status: 0 done, 1 failed, 2 wrong
// arguments.
int RunCommandLine(int argc, const char* const* argv);

}  // namespace fails::simulator
