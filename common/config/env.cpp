// SPDX-License-Identifier: Apache-2.0
#include "common/config/env.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

namespace fails::config {
namespace {

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool IsAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view host = text.substr(0, colon);
  const bool bracketed = host.front() == '[' && host.back() == ']' && host.size() > 2;
  if (!bracketed && host.find_first_of(":[]") != std::string_view::npos) return false;
  const std::string_view digits = text.substr(colon + 1);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  const std::optional<std::int64_t> port = ParseInteger(digits);
  return port && *port <= 65535;
}

// Why `path` cannot be read as a file; empty when it can.
std::string WhyUnreadable(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return "does not exist";
  if (error) return error.message();
  if (status.type() == std::filesystem::file_type::directory) return "is a folder";
  if (!std::ifstream(path).good()) return "cannot be read";
  return {};
}

}  // namespace

Env::Getter Env::FromProcess() {
  return [](const std::string& key) -> std::optional<std::string> {
    const char* value = std::getenv(key.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

Env::Env(std::string program, std::string purpose, Getter getter)
    : program_(std::move(program)), purpose_(std::move(purpose)), getter_(std::move(getter)) {}

void Env::Fail(const std::string& key, const std::string& why) {
  errors_.push_back(fmt::format("{}: {}", key, why));
}

std::optional<std::string> Env::Get(const std::string& key) const {
  std::optional<std::string> value = getter_(key);
  return value && !value->empty() ? value : std::nullopt;
}

std::optional<std::string> Env::Lookup(const std::string& key, const std::string& help,
                                       std::optional<std::string> default_text) {
  entries_.push_back(
      {key, default_text ? fmt::format("default: {}", *default_text) : "required", help});
  std::optional<std::string> value = Get(key);
  if (!value && !default_text) Fail(key, "is required, but not set");
  return value;
}

std::string Env::String(const std::string& key, std::optional<std::string> default_value,
                        const std::string& help) {
  return Lookup(key, help, default_value).value_or(default_value.value_or(""));
}

std::string Env::Secret(const std::string& key, std::optional<std::string> default_value,
                        const std::string& help) {
  const std::string file_key = key + "_FILE";
  entries_.push_back({key, default_value ? "optional" : "required",
                      fmt::format("{}; or {}, the path of a file that holds it", help, file_key)});
  const std::optional<std::string> value = Get(key);
  const std::optional<std::string> path = Get(file_key);
  if (value && path) {
    Fail(key, fmt::format("is set, and so is {}: keep one", file_key));
    return {};
  }
  if (value) return *value;
  if (!path) {
    if (!default_value)
      Fail(key, fmt::format("is required, but neither it nor {} is set", file_key));
    return default_value.value_or("");
  }
  if (const std::string why = WhyUnreadable(*path); !why.empty()) {
    Fail(file_key, fmt::format("\"{}\" {}", *path, why));
    return {};
  }
  std::ifstream file(*path, std::ios::binary);
  std::string secret{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.ends_with('\r')) secret.pop_back();
  if (secret.empty()) Fail(file_key, fmt::format("\"{}\" is empty", *path));
  return secret;
}

std::int64_t Env::Integer(const std::string& key, std::optional<std::int64_t> default_value,
                          std::int64_t min, std::int64_t max, const std::string& help) {
  std::optional<std::string> default_text;
  if (default_value) default_text = std::to_string(*default_value);
  const std::optional<std::string> text = Lookup(key, help, default_text);
  if (!text) return default_value.value_or(min);
  const std::optional<std::int64_t> value = ParseInteger(*text);
  if (value && *value >= min && *value <= max) return *value;
  Fail(key, fmt::format("\"{}\" is not a whole number from {} to {}", *text, min, max));
  return min;
}

bool Env::Boolean(const std::string& key, std::optional<bool> default_value,
                  const std::string& help) {
  std::optional<std::string> default_text;
  if (default_value) default_text = *default_value ? "true" : "false";
  const std::optional<std::string> text = Lookup(key, help, default_text);
  if (!text) return default_value.value_or(false);
  if (*text == "true" || *text == "1") return true;
  if (*text != "false" && *text != "0")
    Fail(key, fmt::format("\"{}\" is not true or false", *text));
  return false;
}

absl::Duration Env::Duration(const std::string& key, std::optional<absl::Duration> default_value,
                             const std::string& help) {
  std::optional<std::string> default_text;
  if (default_value) default_text = absl::FormatDuration(*default_value);
  const std::optional<std::string> text = Lookup(key, help, default_text);
  if (!text) return default_value.value_or(absl::ZeroDuration());
  absl::Duration value;
  if (absl::ParseDuration(*text, &value) && value >= absl::ZeroDuration()) return value;
  Fail(key, fmt::format("\"{}\" is not a duration like 250ms, 30s or 2h", *text));
  return absl::ZeroDuration();
}

std::string Env::Address(const std::string& key, std::optional<std::string> default_value,
                         const std::string& help) {
  const std::string value = Lookup(key, help, default_value).value_or(default_value.value_or(""));
  if (!value.empty() && !IsAddress(value)) {
    Fail(key, fmt::format("\"{}\" is not host:port with a port from 0 to 65535", value));
  }
  return value;
}

std::string Env::File(const std::string& key, std::optional<std::string> default_value,
                      const std::string& help) {
  const std::string path = Lookup(key, help, default_value).value_or(default_value.value_or(""));
  if (path.empty()) return path;
  if (const std::string why = WhyUnreadable(path); !why.empty()) {
    Fail(key, fmt::format("\"{}\" {}", path, why));
  }
  return path;
}

std::string Env::Choice(const std::string& key, std::optional<std::string> default_value,
                        const std::vector<std::string>& allowed, const std::string& help) {
  const std::string choices = fmt::format("{}", fmt::join(allowed, ", "));
  const std::optional<std::string> value =
      Lookup(key, fmt::format("{} ({})", help, choices), default_value);
  if (!value) return default_value.value_or("");
  if (std::find(allowed.begin(), allowed.end(), *value) == allowed.end()) {
    Fail(key, fmt::format("\"{}\" is not one of {}", *value, choices));
  }
  return *value;
}

}  // namespace fails::config
