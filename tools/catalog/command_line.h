// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fails::tools {

// `fails-catalog`. Returns the exit status: 0, 1 when the catalog is wrong or a page has moved, 2
// for wrong arguments.
int RunCatalog(int argc, char** argv);

}  // namespace fails::tools
