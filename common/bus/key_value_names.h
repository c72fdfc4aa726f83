// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nats/nats.h>

#include <string>

namespace fails::bus {

// How a bucket lies in its stream (NATS ADR-8). For this folder only.
std::string StreamOfBucket(const std::string& bucket);
std::string SubjectOfKey(const std::string& bucket, const std::string& key);
bool IsKey(const std::string& key);
// A stored message that says that its key was deleted.
bool IsDeletion(natsMsg* message);

}  // namespace fails::bus
