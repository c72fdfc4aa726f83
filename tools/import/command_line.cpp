// SPDX-License-Identifier: Apache-2.0
#include "tools/import/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "common/base/status_macros.h"
#include "common/http/client.h"
#include "common/platforms/import_format.h"
#include "tools/import/upload.h"

namespace fails::tools {
namespace {

constexpr int kNotTaken = 1;
constexpr int kWrongArguments = 2;

// What ./run writes, seen from the checkout.
constexpr char kUsualKeyFile[] = "var/admin.key";

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) return absl::NotFoundError(fmt::format("cannot read '{}'", path));
  return text;
}

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

absl::StatusOr<std::string> FindKey(std::string file) {
  if (file.empty()) {
    if (std::string key = Variable("FAILS_ADMIN_KEY"); !key.empty()) return key;
    file = Variable("FAILS_ADMIN_KEY_FILE");
  }
  if (file.empty()) file = kUsualKeyFile;
  const auto text = ReadFile(file);
  if (!text.ok()) {
    return absl::NotFoundError(
        fmt::format("no administrator's key: {}; say --key-file, or FAILS_ADMIN_KEY",
                    std::string(text.status().message())));
  }
  return std::string(absl::StripAsciiWhitespace(*text));
}

std::string FormatNames() {
  std::vector<std::string_view> names;
  for (const platforms::ImportFormat* format : platforms::AllImportFormats()) {
    names.push_back(format->id());
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

absl::Status ImportFile(http::Client& client, const Gateway& gateway, const std::string& path,
                        const std::string& wanted) {
  FAILS_ASSIGN_OR_RETURN(const std::string file, ReadFile(path));
  FAILS_ASSIGN_OR_RETURN(const std::string format, wanted.empty()
                                                       ? GuessFormat(path, file)
                                                       : absl::StatusOr<std::string>(wanted));
  std::cout << fmt::format("{}: {} bytes, {} … ", path, file.size(), format) << std::flush;
  const auto result = Upload(client, gateway, format, file);
  std::cout << (result.ok() ? "taken in" : "not taken in") << std::endl;
  FAILS_RETURN_IF_ERROR(result.status());
  std::cout << fmt::format("  {}\n", InWords(*result));
  for (const std::string& problem : result->problems) {
    std::cout << fmt::format("  skipped: {}\n", problem);
  }
  return absl::OkStatus();
}

}  // namespace

int RunImport(int argc, char** argv) {
  CLI::App app("Sends files of incidents or outage days to a running FAILS.", "fails-import");
  app.set_version_flag("--version", FAILS_VERSION);
  std::string url = "http://localhost:8080";
  std::string key_file;
  std::string format;
  std::vector<std::string> files;
  app.add_option("--url", url, "The gateway")->capture_default_str();
  app.add_option(
         "--key-file", key_file,
         "The administrator's key; else FAILS_ADMIN_KEY, FAILS_ADMIN_KEY_FILE, var/admin.key")
      ->type_name("FILE");
  app.add_option("--format", format,
                 "One of " + FormatNames() + "; by default told by name and header of the file");
  app.add_option("FILE", files, "What to send, one after the other")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongArguments;
  }
  if (!format.empty() && !platforms::FindImportFormat(format)) {
    std::cerr << fmt::format("unknown format '{}': it is one of {}\n", format, FormatNames());
    return kWrongArguments;
  }
  while (url.ends_with('/')) url.pop_back();
  const auto key = FindKey(key_file);
  if (!key.ok()) {
    std::cerr << std::string(key.status().message()) << "\n";
    return kWrongArguments;
  }

  http::Client client("fails-import/" FAILS_VERSION);
  int exit_status = 0;
  for (const std::string& path : files) {
    const absl::Status imported = ImportFile(client, {url, *key}, path, format);
    if (imported.ok()) continue;
    std::cerr << fmt::format("{}: {}\n", path, std::string(imported.message()));
    exit_status = kNotTaken;
  }
  return exit_status;
}

}  // namespace fails::tools
