// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/pipeline/documents.h"

#include <fmt/format.h>

#include "common/base/time.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"

namespace fails::bench {
namespace {

constexpr char kBody[] =
    "We are continuing to work on a fix for this issue. Requests to some models may fail or take "
    "longer than usual; retrying usually succeeds. We will post another update within the hour.";

std::string UpdateJson(int number, const char* status, absl::Time at) {
  return fmt::format(R"({{"id":"u{}{}","status":"{}","body":"{}","display_at":"{}"}})", number,
                     status[0], status, kBody, ToRfc3339(at));
}

std::string IncidentJson(int number, absl::Time start) {
  const int service = number % 5;
  return fmt::format(
      R"({{"id":"i{0}","name":"Elevated errors number {0}","status":"resolved","impact":"major",)"
      R"("created_at":"{1}","shortlink":"https://stspg.example/i{0}",)"
      R"("components":[{{"id":"c{2}","name":"Service {2}"}}],"incident_updates":[{3},{4},{5}]}})",
      number, ToRfc3339(start), service, UpdateJson(number, "resolved", start + absl::Minutes(40)),
      UpdateJson(number, "identified", start + absl::Minutes(10)),
      UpdateJson(number, "investigating", start));
}

}  // namespace

catalog::Catalog SomeCatalog(int pages) {
  std::string yaml = "version: 1\nproviders:\n";
  for (int page = 0; page < pages; ++page) {
    yaml +=
        fmt::format("  - id: p{0}\n    name: P{0}\n    color: \"#000000\"\n    services:\n", page);
    for (int i = 0; i < 5; ++i) {
      yaml +=
          fmt::format("      - {{id: s{0}, name: S{0}, components: [{{name: Service {0}}}]}}\n", i);
    }
    yaml += fmt::format(
        "    pages: [{{id: p{0}, platform: statuspage, url: \"https://p{0}.example\"}}]\n", page);
  }
  return *catalog::Catalog::Parse(yaml);
}

v1::RawDocument Listing(const std::string& page, int first, int incidents, absl::Time fetched_at) {
  const absl::Time base = absl::FromUnixSeconds(absl::ToUnixSeconds(fetched_at)) - absl::Hours(12);
  std::string list;
  for (int number = first + incidents - 1; number >= first; --number) {  // newest first
    if (!list.empty()) list += ',';
    list += IncidentJson(number, base + absl::Seconds(number));
  }
  v1::RawDocument document;
  document.set_page(page);
  document.set_platform("statuspage");
  document.set_kind("incidents");
  document.set_url(fmt::format("https://{}.example/api/v2/incidents.json", page));
  document.set_content_type("application/json");
  *document.mutable_fetched_at() = wire::ToProto(fetched_at);
  document.set_purpose(v1::DOCUMENT_PURPOSE_POLL);
  wire::SetBody(
      document,
      fmt::format(R"({{"page":{{"url":"https://{}.example"}},"incidents":[{}]}})", page, list));
  return document;
}

}  // namespace fails::bench
