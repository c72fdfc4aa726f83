// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/instatus/page.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/platforms/reading/flat_json.h"
#include "common/platforms/reading/json_reader.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/page_data.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/states.h"

namespace fails::platforms::instatus {
namespace {

namespace json = boost::json;

void Address(std::string_view origin, Report& report) {
  if (origin.empty()) return;
  report.url = fmt::format("{}/incident/{}", origin, report.native_id);
  report.url_guessed = true;
}

// {id, name: {default}, impact, started, resolved, status}
void ReadNotice(const json::object& notice, std::string_view origin, Parsed& parsed) {
  Report report;
  report.native_id = IdAt(notice, "id");
  const json::object* name = FindObject(notice, "name");
  report.title = name ? TextAt(*name, "default") : TextAt(notice, "name");
  const auto started = TimeAt(notice, "started");
  if (report.native_id.empty() || !started) {
    parsed.problems.push_back(fmt::format("a notice without id or beginning: '{}'", report.title));
    return;
  }
  Address(origin, report);
  report.status = StatusFromLabel(TextAt(notice, "status"));
  report.impact = ImpactOf(StateFromWord(TextAt(notice, "impact")));
  OpenAt(report, *started);
  if (const auto resolved = TimeAt(notice, "resolved")) CloseAt(report, *resolved);
  parsed.reports.push_back(std::move(report));
}

bool IsIncident(const FlatJson& data, const json::object& object) {
  return object.contains("lastUpdateStatus") && object.contains("created_at") &&
         data.At(object, "name") != nullptr;
}

// {id, name, lastUpdateStatus, created_at, duration, services, incidentUpdates, severity}. What
// `severity` means is nowhere said, so that the impact stays unknown.
void ReadRecord(const FlatJson& data, const json::object& record, std::string_view origin,
                Parsed& parsed) {
  Report report;
  report.native_id = data.TextAt(record, "id");
  report.title = data.TextAt(record, "name");
  const auto created = data.TimeAt(record, "created_at");
  if (report.native_id.empty() || !created) {
    parsed.problems.push_back(
        fmt::format("an incident without id or created_at: '{}'", report.title));
    return;
  }
  Address(origin, report);
  report.status = StatusFromLabel(data.TextAt(record, "lastUpdateStatus"));
  for (const json::object* update : data.ObjectsAt(record, "incidentUpdates")) {
    const auto at = data.TimeAt(*update, "created_at");
    if (!at) {
      parsed.problems.push_back(
          fmt::format("incident {}: an update without a readable time", report.native_id));
      continue;
    }
    report.updates.push_back({data.TextAt(*update, "id"),
                              StatusFromLabel(data.TextAt(*update, "status")), *at,
                              data.TextAt(*update, "description")});
  }
  std::vector<ComponentRef> components;
  for (const json::object* service : data.ObjectsAt(record, "services")) {
    components.push_back({data.TextAt(*service, "id"), data.TextAt(*service, "name")});
  }
  if (!components.empty()) report.components = std::move(components);
  OpenAt(report, *created);
  // 0 while it goes on. The note that resolves an incident may be posted days later.
  const auto seconds = data.NumberAt(record, "duration");
  constexpr double kTenYears = 10.0 * 366 * 86'400;
  if (seconds && *seconds > 0 && *seconds < kTenYears) {
    CloseAt(report, *created + absl::Seconds(static_cast<std::int64_t>(*seconds)));
  }
  parsed.reports.push_back(std::move(report));
}

absl::StatusOr<Parsed> ReadNuxt(std::string_view script, std::string_view origin) {
  const auto value = ParseJson(script);
  if (!value.ok()) return value.status();
  const json::array* array = value->if_array();
  if (!array) return absl::InvalidArgumentError("__NUXT_DATA__ is no array");
  const FlatJson data(*array, FlatJson::Keys::kNames);
  const auto objects = data.Objects();
  const bool lists = std::ranges::any_of(objects, [](const json::object* object) {
    return std::ranges::any_of(*object, [](const auto& member) {
      return std::string_view(member.key().data(), member.key().size())
          .starts_with("incidents-by-date");
    });
  });
  if (!lists) return absl::InvalidArgumentError("__NUXT_DATA__ without incidents-by-date");
  Parsed parsed;
  for (const json::object* object : objects) {
    if (IsIncident(data, *object)) ReadRecord(data, *object, origin, parsed);
  }
  return parsed;
}

}  // namespace

absl::StatusOr<Parsed> ReadPage(std::string_view html, std::string_view origin) {
  if (const std::string_view script = ScriptById(html, "__NUXT_DATA__"); !script.empty()) {
    return ReadNuxt(script, origin);
  }
  const std::string chunks = NextChunks(html);
  const auto notices = ValuesOfKey(chunks, "notices");
  if (notices.empty()) return absl::InvalidArgumentError("HTML without the data of Instatus");
  Parsed parsed;
  for (const json::value& value : notices) {
    const json::object* by_id = value.if_object();
    if (!by_id) continue;
    for (const auto& member : *by_id) {
      if (const json::object* notice = member.value().if_object()) {
        ReadNotice(*notice, origin, parsed);
      }
    }
  }
  return parsed;
}

}  // namespace fails::platforms::instatus
