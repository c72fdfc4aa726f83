// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/bus/publisher.h"
#include "fails/v1/document.pb.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// Publishes documents on fails.raw.v1.<platform>.<page>.
class NatsDocumentSink final : public DocumentSink {
 public:
  // Tries for `patience` to have a document confirmed.
  NatsDocumentSink(bus::Publisher& publisher, const Clock& clock,
                   absl::Duration patience = absl::Seconds(4))
      : publisher_(publisher), clock_(clock), patience_(patience) {}

  absl::Status Publish(const Document& document) override;

 private:
  bus::Publisher& publisher_;
  const Clock& clock_;
  const absl::Duration patience_;
};

v1::RawDocument ToProto(const Document& document);

}  // namespace fails::scraper
