// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fails::tools {

// `fails-import`. Returns the exit status: 0, 1 when a file was not taken in, 2 for wrong
// arguments.
int RunImport(int argc, char** argv);

}  // namespace fails::tools
