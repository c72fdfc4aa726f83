// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace fails::pg {

// Calls `notified`, on a thread of its own, when somebody sent NOTIFY <channel>, and after each
// (re)connect, since a notification may have been missed before. Needs a connection of its own.
// Only a way to be quicker than looking again after a while: nothing may depend on it.
class Listener {
 public:
  Listener(std::string url, std::string application_name, std::string channel,
           std::function<void()> notified);
  ~Listener();
  void Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::pg
