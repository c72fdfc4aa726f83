// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "tools/admin/cli.h"

int main(int argc, char** argv) {
  return fails::admin::Run(argc, argv, std::cout, std::cerr);
}
