// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "common/obs/log.h"

namespace fails::obs {
namespace {

std::string& ThreadTraceparent() {
  thread_local std::string traceparent;
  return traceparent;
}

std::uint64_t Random() {
  // No secret, only different: a device is asked once a thread.
  thread_local std::mt19937_64 random{std::random_device{}()};
  return random();
}

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsId(std::string_view text) {
  return IsHex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

TraceScope::TraceScope(std::string_view traceparent)
    : previous_(std::exchange(ThreadTraceparent(), ValidTraceparent(traceparent)
                                                       ? std::string(traceparent)
                                                       : std::string())) {}

TraceScope::~TraceScope() {
  ThreadTraceparent() = std::move(previous_);
}

const std::string& CurrentTraceparent() {
  return ThreadTraceparent();
}

std::string NewTraceparent() {
  return fmt::format("00-{:016x}{:016x}-{:016x}-01", Random(), Random(), Random());
}

bool ValidTraceparent(std::string_view text) {
  return text.size() == 55 && text.substr(0, 3) == "00-" && text[35] == '-' && text[52] == '-' &&
         IsId(text.substr(3, 32)) && IsId(text.substr(36, 16)) && IsHex(text.substr(53));
}

}  // namespace fails::obs
