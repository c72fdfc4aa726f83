// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/html.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "boost/json.hpp"
#include "tests/simulator/demo/status_words.h"
#include "tests/simulator/demo/texts.h"
#include "tests/simulator/demo/uptime.h"
#include "tests/simulator/http.h"

namespace fails::simulator {
namespace {

std::string Frame(const std::string& title, const std::string& body) {
  return absl::StrCat("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>",
                      EscapeHtml(title),
                      "</title></head><body>\n<p>Invented data of a demonstration.</p>\n", body,
                      "</body></html>\n");
}

// "in_progress" -> "In progress"
std::string Title(std::string status) {
  status = absl::StrReplaceAll(status, {{"_", " "}});
  status[0] = absl::ascii_toupper(static_cast<unsigned char>(status[0]));
  return status;
}

}  // namespace

std::string IndexPage(const PageView& view) {
  std::string body =
      absl::StrCat("<h1>", EscapeHtml(view.page->name), "</h1>\n<p class=\"status\">",
                   StatusOfPage(view).description, "</p>\n<ul>\n");
  const std::vector<ComponentState> states = ComponentStates(view);
  for (std::size_t i = 0; i < states.size(); ++i) {
    absl::StrAppend(&body, "<li data-component-id=\"", view.page->components[i].id, "\">",
                    EscapeHtml(view.page->components[i].name), ": ", states[i].status, "</li>\n");
  }
  // "<" is escaped so that no text can end the script element.
  const std::string data =
      absl::StrReplaceAll(boost::json::serialize(UptimeData(view)), {{"<", "\\u003c"}});
  absl::StrAppend(&body, "</ul>\n<script>window.uptimeData = ", data, ";</script>\n");
  return Frame(absl::StrCat(view.page->name, " Status"), body);
}

std::string IncidentPage(const PageView& view, const Incident& incident) {
  std::string body = absl::StrCat("<h1 class=\"incident-name impact-", incident.impact, "\">",
                                  EscapeHtml(incident.name), "</h1>\n");
  for (auto update = incident.updates.rbegin(); update != incident.updates.rend(); ++update) {
    absl::StrAppend(&body, "<div class=\"row update-row\"><div class=\"update-title\">",
                    Title(update->status), "</div><div class=\"update-body\">",
                    EscapeHtml(update->body), "</div><div class=\"update-timestamp\">Posted <var>",
                    absl::FormatTime("%b %d, %Y - %H:%M %Z", update->at, view.zone),
                    "</var></div></div>\n");
  }
  std::vector<std::string> names;
  for (const std::size_t component : incident.components) {
    names.push_back(view.page->components[component].name);
  }
  if (!names.empty()) {
    absl::StrAppend(&body, "<div class=\"components-affected\">This incident affected: ",
                    EscapeHtml(JoinNames(names)), ".</div>\n");
  }
  return Frame(incident.name, body);
}

}  // namespace fails::simulator
