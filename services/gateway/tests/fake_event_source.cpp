// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/tests/fake_event_source.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace fails::gateway {

class FakeEventSource::Reader final : public EventReader {
 public:
  Reader(FakeEventSource& source, std::uint64_t next) : source_(source), next_(next) {}

  absl::StatusOr<std::vector<bus::StoredMessage>> Next(int max, absl::Duration wait) override {
    absl::MutexLock lock(&source_.mutex_);
    const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(source_.mutex_) {
      if (source_.last_ + 1 < next_) next_ = 1;  // it began anew
      return !source_.available_ || source_.messages_.lower_bound(next_) != source_.messages_.end();
    };
    source_.mutex_.AwaitWithTimeout(absl::Condition(&ready), wait);
    if (!source_.available_) return absl::UnavailableError("the stream is away");
    std::vector<bus::StoredMessage> messages;
    for (auto it = source_.messages_.lower_bound(next_);
         it != source_.messages_.end() && static_cast<int>(messages.size()) < max; ++it) {
      bus::StoredMessage& message = messages.emplace_back();
      message.sequence = it->first;
      message.payload = it->second;
      next_ = it->first + 1;
    }
    return messages;
  }

 private:
  FakeEventSource& source_;
  std::uint64_t next_;
};

std::uint64_t FakeEventSource::Publish(const std::string& provider, const std::string& type,
                                       const std::vector<std::string>& services) {
  boost::json::array ids(services.begin(), services.end());
  PublishRaw(boost::json::serialize(boost::json::object{
      {"type", type}, {"data", {{"provider", provider}, {"services", std::move(ids)}}}}));
  absl::MutexLock lock(&mutex_);
  return last_;
}

void FakeEventSource::PublishRaw(std::string payload) {
  absl::MutexLock lock(&mutex_);
  messages_[++last_] = std::move(payload);
}

void FakeEventSource::TrimBefore(std::uint64_t sequence) {
  absl::MutexLock lock(&mutex_);
  messages_.erase(messages_.begin(), messages_.lower_bound(sequence));
}

void FakeEventSource::SetAvailable(bool available) {
  absl::MutexLock lock(&mutex_);
  available_ = available;
}

void FakeEventSource::BeginAnew() {
  absl::MutexLock lock(&mutex_);
  messages_.clear();
  last_ = 0;
}

int FakeEventSource::opened() const {
  absl::MutexLock lock(&mutex_);
  return opened_;
}

absl::StatusOr<bus::StreamBounds> FakeEventSource::Bounds() {
  absl::MutexLock lock(&mutex_);
  if (!available_) return absl::UnavailableError("the stream is away");
  const std::uint64_t first = messages_.empty() ? last_ + 1 : messages_.begin()->first;
  return bus::StreamBounds{.first = first, .last = last_, .messages = messages_.size()};
}

std::unique_ptr<EventReader> FakeEventSource::Open(std::uint64_t first_sequence) {
  absl::MutexLock lock(&mutex_);
  ++opened_;
  return std::make_unique<Reader>(*this, first_sequence);
}

}  // namespace fails::gateway
