// SPDX-License-Identifier: Apache-2.0
#include "common/wire/service_status_proto.h"

namespace fails::wire {

// The enumerators stand in the same order on both sides (checked by a test), zero being "unknown".
v1::ServiceStatus ToProto(ServiceStatus status) {
  return static_cast<v1::ServiceStatus>(status);
}
ServiceStatus FromProto(v1::ServiceStatus status) {
  return v1::ServiceStatus_IsValid(status) ? static_cast<ServiceStatus>(status)
                                           : ServiceStatus::kUnknown;
}

}  // namespace fails::wire
