// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/cli.h"

int main(int argc, char** argv) {
  return fails::simulator::RunCommandLine(argc, argv);
}
