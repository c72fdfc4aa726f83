// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace fails::config {

// Reads a process's settings from its environment and collects every error instead of stopping at
// the first. Each accessor registers the key for --help. Not thread-safe; used once at start-up.
//
//   config::Env env("fails-scraper", "Polls status pages …");
//   Config c{.grpc_address = env.Address("FAILS_GRPC_ADDRESS", "127.0.0.1:9001", "gRPC server"),
//   …}; env.ParseCommandLineOrExit(argc, argv);  // --help and --version answer and exit 0; bad
//   arguments exit 2 env.ExitIfErrors();                      // prints all of them, exits 2
//
// An empty variable counts as unset. A key without a default is required. The environment's reader
// is injected for tests.
class Env {
 public:
  using Getter = std::function<std::optional<std::string>(const std::string& key)>;

  Env(std::string program, std::string purpose, Getter getter = FromProcess());

  std::string String(const std::string& key, std::optional<std::string> default_value,
                     const std::string& help);
  // A value of KEY, or the content of the file that KEY_FILE names, without a trailing newline.
  // Never shown in help.
  std::string Secret(const std::string& key, std::optional<std::string> default_value,
                     const std::string& help);
  std::int64_t Integer(const std::string& key, std::optional<std::int64_t> default_value,
                       std::int64_t min, std::int64_t max, const std::string& help);
  bool Boolean(const std::string& key, std::optional<bool> default_value, const std::string& help);
  // "250ms", "30s", "2h": absl::ParseDuration.
  absl::Duration Duration(const std::string& key, std::optional<absl::Duration> default_value,
                          const std::string& help);
  // "host:port" with 0 <= port <= 65535.
  std::string Address(const std::string& key, std::optional<std::string> default_value,
                      const std::string& help);
  // An existing readable file.
  std::string File(const std::string& key, std::optional<std::string> default_value,
                   const std::string& help);
  // One of `allowed`.
  std::string Choice(const std::string& key, std::optional<std::string> default_value,
                     const std::vector<std::string>& allowed, const std::string& help);

  // One line per bad key; empty when all is well. A FAILS_… variable that no accessor asked for is
  // no error.
  const std::vector<std::string>& errors() const { return errors_; }
  std::string HelpText() const;

  void ParseCommandLineOrExit(int argc, char** argv) const;
  void ExitIfErrors() const;

  static Getter FromProcess();

 private:
  struct Entry {
    std::string key, default_text, help;  // as the help shows them
  };
  std::optional<std::string> Get(const std::string& key) const;  // empty counts as unset
  std::optional<std::string> Lookup(const std::string& key, const std::string& help,
                                    std::optional<std::string> default_text);
  void Fail(const std::string& key, const std::string& why);

  std::string program_, purpose_;
  Getter getter_;
  std::vector<Entry> entries_;
  std::vector<std::string> errors_;
};

}  // namespace fails::config
