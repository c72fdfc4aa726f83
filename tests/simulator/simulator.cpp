// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/simulator.h"

#include <utility>

#include "tests/simulator/fault_effects.h"

namespace fails::simulator {

Simulator::Simulator(Site& site, IncidentControl* demo, const Clock& clock, Pause pause)
    : site_(site), clock_(clock), pause_(std::move(pause)), control_(faults_, log_, demo) {}

Response Simulator::Handle(const Request& request) {
  if (request.host == "healthz") return JsonResponse("{\"status\":\"ok\"}");
  if (request.host == "_control") return control_.Handle(request);
  Response response = Serve(request);
  log_.Record(request, response.status, clock_.Now());
  return response;
}

Response Simulator::Serve(const Request& request) {
  if (!site_.Knows(request.host)) return HtmlResponse(404, "No such page here");
  if (request.path == "/_page-deleted") return HtmlResponse(200, "This page has been deleted");
  Response response = site_.Get(request);
  response.headers.emplace("Access-Control-Allow-Origin", "*");

  bool is_document = true;
  for (const Fault& fault : faults_.Take(request)) {
    pause_(fault.delay);
    is_document = ApplyFault(fault, request, response) && is_document;
  }
  if (is_document) ApplyEtag(request, response);
  return response;
}

}  // namespace fails::simulator
