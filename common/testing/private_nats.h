// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace fails::testing {

// A nats-server with JetStream of this test's own, on a free port, with a store in a temporary
// folder. Throws when it does not come up.
class PrivateNats {
 public:
  PrivateNats();
  ~PrivateNats();

  std::string url() const;
  void Kill();        // kill -9; returns when the process is gone
  void Start();       // again, same port and store; returns when it answers
  void EraseStore();  // after Kill: it will come back empty

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::testing
