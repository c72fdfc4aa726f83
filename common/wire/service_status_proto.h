// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/domain/service_status.h"
#include "fails/v1/catalog.pb.h"

namespace fails::wire {

v1::ServiceStatus ToProto(ServiceStatus status);
// A number that we do not know is unknown.
ServiceStatus FromProto(v1::ServiceStatus status);

}  // namespace fails::wire
