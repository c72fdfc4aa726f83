// SPDX-License-Identifier: Apache-2.0
#include "common/bus/key_value_names.h"

#include <fmt/format.h>

#include "common/bus/message.h"

namespace fails::bus {

std::string StreamOfBucket(const std::string& bucket) {
  return "KV_" + bucket;
}

std::string SubjectOfKey(const std::string& bucket, const std::string& key) {
  return fmt::format("$KV.{}.{}", bucket, key);
}

bool IsKey(const std::string& key) {
  constexpr char kAllowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/_=.";
  return !key.empty() && key.find_first_not_of(kAllowed) == std::string::npos &&
         key.front() != '.' && key.back() != '.' && key.find("..") == std::string::npos;
}

bool IsDeletion(natsMsg* message) {
  const std::string_view operation = HeaderOf(message, "KV-Operation");
  return operation == "DEL" || operation == "PURGE";
}

}  // namespace fails::bus
