// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace fails::insight {

// Puts the result of an analysis into words.
class Explainer {
 public:
  // UNIMPLEMENTED while no language model is configured.
  absl::StatusOr<std::string> Explain(const std::string& analysis_id,
                                      const std::string& question) const;
};

}  // namespace fails::insight
