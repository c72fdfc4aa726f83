// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>

// Ends the program with what was broken: the fuzzer keeps the input.
#define FUZZ_EXPECT(condition, what)                                                   \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      std::fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #condition, (what)); \
      std::abort();                                                                    \
    }                                                                                  \
  } while (false)
