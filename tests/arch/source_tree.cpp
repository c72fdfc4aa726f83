// SPDX-License-Identifier: Apache-2.0
#include "tests/arch/source_tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace fails::arch {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FAILS_SOURCE_DIR;
const std::set<std::string> kSkippedFolders = {"build", "var",         "node_modules", "dist",
                                               ".git",  "__pycache__", ".cache"};

}  // namespace

std::string ReadFile(const std::string& path) {
  std::ifstream in(kRoot / path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool Exists(const std::string& path) {
  return fs::exists(kRoot / path);
}

std::vector<SourceFile> FilesBelow(const std::string& folder) {
  std::vector<SourceFile> files;
  if (!fs::exists(kRoot / folder)) return files;
  for (auto it = fs::recursive_directory_iterator(kRoot / folder); it != fs::end(it); ++it) {
    if (it->is_directory() && kSkippedFolders.contains(it->path().filename().string())) {
      it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    SourceFile file{.path = fs::relative(it->path(), kRoot).generic_string()};
    file.text = ReadFile(file.path);
    file.lines = static_cast<int>(std::ranges::count(file.text, '\n'));
    files.push_back(std::move(file));
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

const std::vector<SourceFile>& CppFiles() {
  static const std::vector<SourceFile> files = [] {
    std::vector<SourceFile> found;
    for (const char* folder : {"common", "services", "tools", "tests"}) {
      for (SourceFile& file : FilesBelow(folder)) {
        if (file.path.ends_with(".h") || file.path.ends_with(".cpp"))
          found.push_back(std::move(file));
      }
    }
    return found;
  }();
  return files;
}

std::vector<std::string> QuotedIncludes(const SourceFile& file) {
  static const std::regex include(R"(^[ \t]*#[ \t]*include[ \t]+"([^"]+)\")",
                                  std::regex::ECMAScript | std::regex::multiline);
  std::vector<std::string> includes;
  for (std::sregex_iterator it(file.text.begin(), file.text.end(), include), end; it != end; ++it) {
    includes.push_back((*it)[1]);
  }
  return includes;
}

bool IsTest(const std::string& path) {
  return path.starts_with("tests/") || path.find("/tests/") != std::string::npos;
}

}  // namespace fails::arch
