// SPDX-License-Identifier: Apache-2.0
#include "services/insight/app/explainer.h"

namespace fails::insight {

absl::StatusOr<std::string> Explainer::Explain(const std::string& /*analysis_id*/,
                                               const std::string& /*question*/) const {
  return absl::UnimplementedError(
      "no language model is configured; the analyses themselves are at /api/v1/analyses");
}

}  // namespace fails::insight
