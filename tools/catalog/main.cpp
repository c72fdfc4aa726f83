// SPDX-License-Identifier: Apache-2.0
#include "tools/catalog/command_line.h"

int main(int argc, char** argv) {
  return fails::tools::RunCatalog(argc, argv);
}
