// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/source.h"

namespace fails::gateway {
namespace {

constexpr char kStream[] = "FAILS_EVENTS";
constexpr char kSubject[] = "fails.events.v1.>";

class NatsEventReader final : public EventReader {
 public:
  NatsEventReader(bus::Connection& connection, std::uint64_t first_sequence)
      : reader_(connection, kStream, kSubject, first_sequence) {}

  absl::StatusOr<std::vector<bus::StoredMessage>> Next(int max, absl::Duration wait) override {
    return reader_.Next(max, wait);
  }

 private:
  bus::StreamReader reader_;
};

class NatsEventSource final : public EventSource {
 public:
  explicit NatsEventSource(bus::Connection& connection) : connection_(connection) {}

  absl::StatusOr<bus::StreamBounds> Bounds() override {
    return bus::StreamReader::Bounds(connection_, kStream);
  }
  std::unique_ptr<EventReader> Open(std::uint64_t first_sequence) override {
    return std::make_unique<NatsEventReader>(connection_, first_sequence);
  }

 private:
  bus::Connection& connection_;
};

}  // namespace

std::unique_ptr<EventSource> MakeNatsEventSource(bus::Connection& connection) {
  return std::make_unique<NatsEventSource>(connection);
}

}  // namespace fails::gateway
