// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "services/gateway/http/task.h"

namespace fails::gateway::http {

// Bytes that any number of connections send without copying them.
using SharedBytes = std::shared_ptr<const std::string>;

// A body that is sent piece by piece as it comes to be. Used on its connection's thread only.
class BodyStream {
 public:
  virtual ~BodyStream() = default;

  // The next piece, never empty; null at the end.
  virtual Task<SharedBytes> Next() = 0;

  // Asked after the end: the body is not whole. The connection is then reset without the mark that
  // ends a body, so that no client takes the part for the whole.
  virtual bool broken() const { return false; }

  // The client took nothing for the whole write timeout; the connection is closed after this.
  virtual void Stalled() {}
};

}  // namespace fails::gateway::http
