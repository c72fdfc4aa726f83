// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "fails/v1/incident_service.pb.h"

namespace fails::gateway {

// How a portion of an export reads as part of a file.

// One JSON object a line: an incident exactly as the detail view shows it; a day as the schema
// OutageDay.
std::string NdjsonOf(const v1::ExportIncidentsResponse& portion);
std::string NdjsonOf(const v1::ExportOutageDaysResponse& portion);

// One line each, in the columns of the header.
std::string IncidentCsvHeader();
std::string OutageDayCsvHeader();
std::string CsvOf(const v1::ExportIncidentsResponse& portion);
std::string CsvOf(const v1::ExportOutageDaysResponse& portion);

}  // namespace fails::gateway
