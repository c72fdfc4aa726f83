# SPDX-License-Identifier: Apache-2.0
# Compiler, linker and sanitizer flags: the only place that knows them.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

option(FAILS_TESTS "Build the tests" ON)
option(FAILS_FUZZ "Build the fuzzers and what they feed, with clang" OFF)
set(FAILS_SANITIZER "" CACHE STRING "A value for -fsanitize=, empty for none")

# Designated initializers leave members at their defaults on purpose; with optimisation GCC 12 takes the empty half of
# an absl::StatusOr for an uninitialised value (clang-tidy and the sanitizers look for the real ones).
add_compile_options(-Wall -Wextra -Werror -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND (CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo" OR FAILS_SANITIZER))
  add_compile_options(-Wno-maybe-uninitialized)
endif()

find_program(FAILS_CCACHE ccache)
if(FAILS_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${FAILS_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FAILS_CCACHE})
endif()

find_program(FAILS_MOLD mold)
if(FAILS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(FAILS_SANITIZER)
  add_compile_options(-fsanitize=${FAILS_SANITIZER} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${FAILS_SANITIZER})
endif()

if(FAILS_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
