// SPDX-License-Identifier: Apache-2.0
#include "tools/import/command_line.h"

int main(int argc, char** argv) {
  return fails::tools::RunImport(argc, argv);
}
