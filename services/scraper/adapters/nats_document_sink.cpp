// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/nats_document_sink.h"

#include <fmt/format.h>

#include "common/base/utf8.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"

namespace fails::scraper {
namespace {

v1::DocumentPurpose ToProto(DocumentPurpose purpose) {
  switch (purpose) {
    case DocumentPurpose::kPoll:
      return v1::DOCUMENT_PURPOSE_POLL;
    case DocumentPurpose::kBackfill:
      return v1::DOCUMENT_PURPOSE_BACKFILL;
    case DocumentPurpose::kImport:
      return v1::DOCUMENT_PURPOSE_IMPORT;
  }
  return v1::DOCUMENT_PURPOSE_UNSPECIFIED;
}

}  // namespace

v1::RawDocument ToProto(const Document& document) {
  v1::RawDocument raw;
  raw.set_page(document.page);
  raw.set_platform(document.platform);
  raw.set_url(RepairUtf8(document.url));
  raw.set_kind(document.kind);
  *raw.mutable_fetched_at() = wire::ToProto(document.fetched_at);
  raw.set_http_status(document.http_status);
  raw.set_content_type(RepairUtf8(document.content_type));
  wire::SetBody(raw, document.body);
  raw.set_purpose(ToProto(document.purpose));
  return raw;
}

absl::Status NatsDocumentSink::Publish(const Document& document) {
  const v1::RawDocument raw = ToProto(document);
  const auto ack = publisher_.Publish({.subject = wire::RawSubject(raw),
                                       .payload = raw.SerializeAsString(),
                                       .id = wire::MessageId(raw),
                                       .headers = {}},
                                      clock_.Now() + patience_);
  if (ack.status().code() == absl::StatusCode::kResourceExhausted) {
    return absl::InvalidArgumentError(
        fmt::format("a body of {} bytes, which the bus does not take: {}", raw.body_size(),
                    std::string(ack.status().message().data(), ack.status().message().size())));
  }
  return ack.status();
}

}  // namespace fails::scraper
