// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/mapped_report.h"

#include <utility>

#include "common/base/utf8.h"

namespace fails::normalizer {

MappedReport MapServices(const catalog::Catalog& catalog, const catalog::Page& page,
                         Report report) {
  MappedReport mapped{.provider = page.provider, .page = page.id};
  report.native_id = RepairUtf8(report.native_id);
  report.title = RepairUtf8(report.title);
  report.url = RepairUtf8(report.url);
  for (Update& update : report.updates) {
    update.native_id = RepairUtf8(update.native_id);
    update.body = RepairUtf8(update.body);
  }
  if (report.components) {
    mapped.services.emplace();
    for (const ComponentRef& component : *report.components) {
      if (const catalog::Service* service = catalog.MapComponent(page.provider, component)) {
        mapped.services->push_back(service->id);
      } else {
        mapped.unknown_component = true;
      }
    }
  }
  mapped.report = std::move(report);
  return mapped;
}

}  // namespace fails::normalizer
