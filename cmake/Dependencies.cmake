# SPDX-License-Identifier: Apache-2.0
# Every outside library of the project. Debian 12 packages; the comments name what CMake does not tell.
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)     # module mode: Debian ships no ProtobufConfig.cmake
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS headers json url)
find_package(fmt CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(yaml-cpp CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(CURL REQUIRED)
find_package(pugixml CONFIG REQUIRED)
find_package(ZLIB REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(NATS REQUIRED IMPORTED_TARGET libnats)        # the CMake config asks for an unpackaged archive
pkg_check_modules(PQXX REQUIRED IMPORTED_TARGET libpqxx)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto)

# libcsv has neither a CMake config nor a pkg-config file.
find_library(FAILS_CSV_LIBRARY csv REQUIRED)
add_library(csv::csv UNKNOWN IMPORTED)
set_target_properties(csv::csv PROPERTIES IMPORTED_LOCATION ${FAILS_CSV_LIBRARY})

if(FAILS_TESTS)
  find_package(GTest CONFIG REQUIRED)
  find_package(rapidcheck CONFIG QUIET)
endif()
