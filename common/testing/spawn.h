// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>

#include "common/testing/child_process.h"

namespace fails::testing {

// Forks and executes. The kernel ends a child with the *thread* that made it, so all children are
// made by one thread that lives as long as the program. Throws when it cannot be started.
pid_t Spawn(const ChildProcess::Spec& spec);

}  // namespace fails::testing
