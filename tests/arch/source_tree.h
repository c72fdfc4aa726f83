// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace fails::arch {

struct SourceFile {
  std::string path;  // from the project's root, with '/'
  std::string text;
  int lines = 0;
};

// Every C++ file below common/, services/ and tests/, without build output.
const std::vector<SourceFile>& CppFiles();

// Every file git would take along below `folder`, whatever its kind.
std::vector<SourceFile> FilesBelow(const std::string& folder);

std::string ReadFile(const std::string& path);
bool Exists(const std::string& path);

// What `file` includes in quotes: paths from the root.
std::vector<std::string> QuotedIncludes(const SourceFile& file);

// "common/bus/tests/x.cpp" is test code, as is everything below tests/.
bool IsTest(const std::string& path);

}  // namespace fails::arch
