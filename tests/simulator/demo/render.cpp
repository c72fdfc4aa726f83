// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/render.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace fails::simulator {
namespace json = boost::json;
namespace {

constexpr char kComponentsSince[] = "2020-12-01";

}  // namespace

std::string PageTime(absl::Time at, const absl::TimeZone& zone) {
  std::string text = absl::FormatTime("%Y-%m-%d%ET%H:%M:%E3S%Ez", at, zone);
  const std::string utc = "+00:00";
  if (text.ends_with(utc)) text.replace(text.size() - utc.size(), utc.size(), "Z");
  return text;
}

Renderer::Renderer(const PageView& view, std::string base_url)
    : view_(view), base_url_(std::move(base_url)), states_(ComponentStates(view)) {}

std::string Renderer::Time(absl::Time at) const {
  return PageTime(at, view_.zone);
}

json::value Renderer::Time(std::optional<absl::Time> at) const {
  return at ? json::value(Time(*at)) : json::value(nullptr);
}

json::object Renderer::Page() const {
  absl::Time updated_at = absl::FromCivil(absl::CivilDay(2020, 12, 1), view_.zone);
  for (const auto* list : {&view_.incidents, &view_.maintenances}) {
    for (const IncidentPtr& incident : *list) {
      updated_at = std::max(updated_at, incident->updated_at());
    }
  }
  return {{"id", view_.page->page_id},
          {"name", view_.page->name},
          {"url", base_url_},
          {"time_zone", view_.page->time_zone},
          {"updated_at", Time(updated_at)}};
}

json::object Renderer::Status() const {
  const PageStatus status = StatusOfPage(view_);
  return {{"indicator", status.indicator}, {"description", status.description}};
}

json::object Renderer::Component(std::size_t index) const {
  const ComponentSpec& spec = view_.page->components[index];
  const ComponentState& state = states_[index];
  const absl::Time created_at = absl::FromCivil(absl::CivilDay(2020, 12, 1), view_.zone);
  return {{"id", spec.id},
          {"name", spec.name},
          {"status", state.status},
          {"created_at", Time(created_at)},
          {"updated_at", Time(std::max(state.updated_at, created_at))},
          {"position", static_cast<std::int64_t>(index) + 1},
          {"description", nullptr},
          {"showcase", true},
          {"start_date", kComponentsSince},
          {"group_id", nullptr},
          {"page_id", view_.page->page_id},
          {"group", false},
          {"only_show_if_degraded", false}};
}

json::array Renderer::Components() const {
  json::array components;
  for (std::size_t i = 0; i < states_.size(); ++i) components.push_back(Component(i));
  return components;
}

json::value Renderer::AffectedComponents(const Incident& incident, std::size_t update) const {
  const std::string& status = incident.updates[update].status;
  if (!view_.page->names_components_in_updates || incident.components.empty() ||
      status == "postmortem") {
    return nullptr;
  }
  const std::string impaired = ComponentStatusOf(incident.impact);
  const bool before =
      update == 0 || status == "scheduled" || incident.updates[update - 1].status == "scheduled";
  const bool after = status == "resolved" || status == "completed" || status == "scheduled";
  json::array affected;
  for (const std::size_t component : incident.components) {
    const ComponentSpec& spec = view_.page->components[component];
    affected.push_back({{"code", spec.id},
                        {"name", spec.name},
                        {"old_status", before ? "operational" : impaired.c_str()},
                        {"new_status", after ? "operational" : impaired.c_str()}});
  }
  return affected;
}

json::array Renderer::Updates(const Incident& incident) const {
  json::array updates;
  for (std::size_t i = incident.updates.size(); i-- > 0;) {  // newest first
    const Update& update = incident.updates[i];
    const std::string at = Time(update.at);
    updates.push_back({{"id", update.id},
                       {"status", update.status},
                       {"body", update.body},
                       {"incident_id", incident.code},
                       {"created_at", at},
                       {"updated_at", at},
                       {"display_at", at},
                       {"affected_components", AffectedComponents(incident, i)},
                       {"deliver_notifications", true},
                       {"custom_tweet", nullptr},
                       {"tweet_id", nullptr}});
  }
  return updates;
}

json::object Renderer::Listed(const Incident& incident) const {
  const bool over = !incident.open();
  const std::string created_at = Time(incident.created_at());
  json::array components;
  for (const std::size_t component : incident.components)
    components.push_back(Component(component));
  json::object object{
      {"id", incident.code},
      {"name", incident.name},
      {"status", incident.status()},
      {"created_at", created_at},
      {"updated_at", Time(incident.updated_at())},
      {"monitoring_at", Time(FirstAt(incident, "monitoring"))},
      {"resolved_at",
       Time(over ? LastAt(incident, incident.window ? "completed" : "resolved") : std::nullopt)},
      {"impact", incident.impact},
      {"shortlink", absl::StrCat(base_url_, "/incidents/", incident.code)},
      {"started_at", created_at},
      {"page_id", view_.page->page_id},
      {"incident_updates", Updates(incident)},
      {"components", std::move(components)},
      {"reminder_intervals", nullptr}};
  if (incident.window) {
    object["scheduled_for"] = Time(incident.window->begin);
    object["scheduled_until"] = Time(incident.window->end);
  }
  return object;
}

json::object Renderer::Detailed(const Incident& incident) const {
  json::object object = Listed(incident);
  const std::optional<absl::Time> postmortem_at = LastAt(incident, "postmortem");
  object["code"] = incident.code;
  object["backfilled"] = false;
  object["impact_override"] = nullptr;
  object["postmortem_body"] =
      postmortem_at ? json::value(incident.updates.back().body) : json::value(nullptr);
  object["postmortem_body_last_updated_at"] = Time(postmortem_at);
  object["postmortem_ignored"] = false;
  object["postmortem_published_at"] = Time(postmortem_at);
  object["metadata"] = json::object();
  return object;
}

}  // namespace fails::simulator
