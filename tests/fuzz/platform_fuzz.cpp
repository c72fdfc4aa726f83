// SPDX-License-Identifier: Apache-2.0
// Whatever a status page sends, the platforms read it or refuse it. FAILS_FUZZ_TARGET names the
// platform; --list prints all. An input is the byte of the document's kind, one of content type and
// purpose, and the document.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/platforms/registry.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/kinds.h"

namespace {

using fails::platforms::DocumentView;
using fails::platforms::Platform;
using fails::platforms::Purpose;

const Platform* target = nullptr;
std::vector<fails::platforms::DocumentRequest> requests;

bool KnownKind(const std::string& kind) {
  for (const auto& request : requests) {
    if (request.kind == kind) return true;
  }
  return false;
}

void CheckParsed(const fails::platforms::Parsed& parsed) {
  for (const fails::Report& report : parsed.reports) {
    FUZZ_EXPECT(!report.native_id.empty(), "a report without an id");
  }
  for (const fails::OutageDayReport& day : parsed.outage_days) {
    FUZZ_EXPECT(day.day.partial_seconds >= 0 && day.day.major_seconds >= 0, "negative seconds");
  }
}

void Follow(const DocumentView& document, Purpose purpose) {
  for (const auto& next : target->FollowUps(fails::fuzz::kBaseUrl, purpose, document)) {
    FUZZ_EXPECT(next.url.starts_with("https://"), next.url.c_str());
    FUZZ_EXPECT(KnownKind(next.kind), ("kind not fuzzed, see kinds.h: " + next.kind).c_str());
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (*argc > 1 && std::strcmp((*argv)[1], "--list") == 0) {
    for (const Platform* platform : fails::platforms::All()) {
      std::printf("%.*s\n", static_cast<int>(platform->id().size()), platform->id().data());
    }
    std::exit(0);
  }
  const char* name = std::getenv("FAILS_FUZZ_TARGET");
  target = fails::platforms::Find(name ? name : "");
  if (!target) {
    std::fprintf(stderr, "FAILS_FUZZ_TARGET='%s' is no platform\n", name ? name : "");
    std::exit(2);
  }
  requests = fails::fuzz::RequestsOfEachKind(*target);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto& request = requests[data[0] % requests.size()];
  const Purpose purpose = data[1] & 0x80 ? Purpose::kBackfill : Purpose::kPoll;
  DocumentView document{
      request.kind,
      request.url,
      fails::fuzz::kContentTypes[(data[1] & 0x7F) % fails::fuzz::kContentTypes.size()],
      {reinterpret_cast<const char*>(data) + 2, size - 2},
      fails::fuzz::Now(),
      request.state};
  const absl::Status recognized = target->Recognize(document);
  const auto parsed = target->Parse(document);
  if (recognized.ok()) {
    FUZZ_EXPECT(parsed.ok(), ("recognized, but: " + parsed.status().ToString()).c_str());
  } else {
    FUZZ_EXPECT(recognized.code() == absl::StatusCode::kFailedPrecondition,
                recognized.ToString().c_str());
  }
  if (parsed.ok()) {
    CheckParsed(*parsed);
  } else {
    FUZZ_EXPECT(parsed.status().code() == absl::StatusCode::kInvalidArgument,
                parsed.status().ToString().c_str());
  }
  Follow(document, purpose);
  return 0;
}
