// SPDX-License-Identifier: Apache-2.0
#include "common/bus/topology.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <set>

#include "common/base/status_macros.h"
#include "common/bus/handles.h"
#include "common/bus/nats_status.h"
#include "common/bus/session.h"

namespace fails::bus {
namespace {

absl::StatusOr<StreamInfoHandle> FindStream(const Session& session, const std::string& name) {
  jsStreamInfo* raw = nullptr;
  jsErrCode code{};
  const natsStatus status = js_GetStreamInfo(&raw, session.jetstream, name.c_str(), nullptr, &code);
  if (status == NATS_NOT_FOUND) return StreamInfoHandle();
  FAILS_RETURN_IF_ERROR(ToStatus(status, fmt::format("stream {}", name), code));
  return StreamInfoHandle(raw);
}

absl::StatusOr<ConsumerInfoHandle> FindConsumer(const Session& session, const ConsumerSpec& spec) {
  jsConsumerInfo* raw = nullptr;
  jsErrCode code{};
  const natsStatus status = js_GetConsumerInfo(&raw, session.jetstream, spec.stream.c_str(),
                                               spec.name.c_str(), nullptr, &code);
  if (status == NATS_NOT_FOUND) return ConsumerInfoHandle();
  FAILS_RETURN_IF_ERROR(
      ToStatus(status, fmt::format("consumer {}/{}", spec.stream, spec.name), code));
  return ConsumerInfoHandle(raw);
}

// Sets `field`; true when it was something else.
template <class T, class U>
bool Change(T& field, const U& wanted) {
  if (field == static_cast<T>(wanted)) return false;
  field = static_cast<T>(wanted);
  return true;
}

bool SameSubjects(const jsStreamConfig& config, const StreamSpec& spec) {
  std::set<std::string> there(config.Subjects, config.Subjects + config.SubjectsLen);
  return there == std::set<std::string>(spec.subjects.begin(), spec.subjects.end());
}

// Writes what the topology decides into `config`, which otherwise stays as it is. True when that
// changed anything.
bool Fill(jsStreamConfig& config, const StreamSpec& spec, std::vector<const char*>& subjects) {
  bool changed = false;
  if (!SameSubjects(config, spec)) {
    for (const std::string& subject : spec.subjects) subjects.push_back(subject.c_str());
    config.Subjects = subjects.data();
    config.SubjectsLen = static_cast<int>(subjects.size());
    changed = true;
  }
  changed |= Change(config.MaxAge, absl::ToInt64Nanoseconds(spec.max_age));
  changed |= Change(config.MaxBytes, spec.max_bytes);
  changed |= Change(config.MaxMsgSize, spec.max_message_bytes);
  changed |= Change(config.Duplicates, absl::ToInt64Nanoseconds(spec.duplicate_window));
  return changed;
}

// The library frees the lists of a stream's configuration with it: ours is taken out before.
absl::Status UpdateStream(const Session& session, jsStreamInfo& info, const StreamSpec& spec) {
  jsStreamConfig config = *info.Config;
  std::vector<const char*> subjects;
  if (!Fill(config, spec, subjects)) return absl::OkStatus();
  jsErrCode code{};
  FAILS_RETURN_IF_ERROR(
      ToStatus(js_UpdateStream(nullptr, session.jetstream, &config, nullptr, &code),
               fmt::format("updating stream {}", spec.name), code));
  spdlog::info("nats: stream {} changed as the topology says", spec.name);
  return absl::OkStatus();
}

absl::Status ApplyStream(const Session& session, const StreamSpec& spec) {
  FAILS_ASSIGN_OR_RETURN(StreamInfoHandle there, FindStream(session, spec.name));
  if (there != nullptr) return UpdateStream(session, *there, spec);
  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  config.Name = spec.name.c_str();
  std::vector<const char*> subjects;
  Fill(config, spec, subjects);
  jsErrCode code{};
  const natsStatus status = js_AddStream(nullptr, session.jetstream, &config, nullptr, &code);
  if (code == JSStreamNameExistErr) {  // another process was faster, with another topology
    FAILS_ASSIGN_OR_RETURN(there, FindStream(session, spec.name));
    if (there != nullptr) return UpdateStream(session, *there, spec);
  }
  FAILS_RETURN_IF_ERROR(ToStatus(status, fmt::format("creating stream {}", spec.name), code));
  spdlog::info("nats: stream {} created", spec.name);
  return absl::OkStatus();
}

bool Fill(jsConsumerConfig& config, const ConsumerSpec& spec) {
  bool changed = false;
  const std::string_view filter = config.FilterSubject == nullptr ? "" : config.FilterSubject;
  if (filter != spec.filter_subject) {
    config.FilterSubject = spec.filter_subject.c_str();
    changed = true;
  }
  changed |= Change(config.AckWait, absl::ToInt64Nanoseconds(spec.ack_wait));
  changed |= Change(config.MaxDeliver, spec.max_deliver);
  changed |= Change(config.MaxAckPending, spec.max_ack_pending);
  return changed;
}

// Adding a consumer that is there with another configuration answers OK and changes nothing:
// compare and update.
absl::Status ApplyConsumer(const Session& session, const ConsumerSpec& spec) {
  const std::string name = fmt::format("{}/{}", spec.stream, spec.name);
  jsErrCode code{};
  FAILS_ASSIGN_OR_RETURN(ConsumerInfoHandle there, FindConsumer(session, spec));
  if (there == nullptr) {
    jsConsumerConfig config;
    jsConsumerConfig_Init(&config);
    config.Durable = spec.name.c_str();
    config.AckPolicy = js_AckExplicit;
    Fill(config, spec);
    FAILS_RETURN_IF_ERROR(ToStatus(
        js_AddConsumer(nullptr, session.jetstream, spec.stream.c_str(), &config, nullptr, &code),
        fmt::format("creating consumer {}", name), code));
    spdlog::info("nats: consumer {} created", name);
    FAILS_ASSIGN_OR_RETURN(there, FindConsumer(session, spec));
    if (there == nullptr) return absl::UnavailableError(fmt::format("consumer {} is gone", name));
  }
  jsConsumerConfig config = *there->Config;
  if (!Fill(config, spec)) return absl::OkStatus();
  FAILS_RETURN_IF_ERROR(ToStatus(
      js_UpdateConsumer(nullptr, session.jetstream, spec.stream.c_str(), &config, nullptr, &code),
      fmt::format("updating consumer {}", name), code));
  spdlog::info("nats: consumer {} changed as the topology says", name);
  return absl::OkStatus();
}

absl::Status ApplyBucket(const Session& session, const BucketSpec& spec) {
  FAILS_ASSIGN_OR_RETURN(StreamInfoHandle there, FindStream(session, "KV_" + spec.name));
  if (there == nullptr) {
    kvConfig config;
    kvConfig_Init(&config);
    config.Bucket = spec.name.c_str();
    config.History = static_cast<std::uint8_t>(spec.history);
    kvStore* raw = nullptr;
    const natsStatus status = js_CreateKeyValue(&raw, session.jetstream, &config);
    const KvHandle made(raw);
    if (status == NATS_OK) {
      spdlog::info("nats: bucket {} created", spec.name);
      return absl::OkStatus();
    }
    const absl::Status failed = ToStatus(status, fmt::format("creating bucket {}", spec.name));
    FAILS_ASSIGN_OR_RETURN(there, FindStream(session, "KV_" + spec.name));
    if (there == nullptr) return failed;  // else another process was faster
  }
  jsStreamConfig config = *there->Config;
  if (!Change(config.MaxMsgsPerSubject, spec.history)) return absl::OkStatus();
  jsErrCode code{};
  return ToStatus(js_UpdateStream(nullptr, session.jetstream, &config, nullptr, &code),
                  fmt::format("updating bucket {}", spec.name), code);
}

}  // namespace

absl::Status ApplyTopology(Connection& connection, const Topology& topology) {
  FAILS_ASSIGN_OR_RETURN(const std::shared_ptr<const Session> session, connection.Acquire());
  for (const StreamSpec& spec : topology.streams) {
    FAILS_RETURN_IF_ERROR(ApplyStream(*session, spec));
  }
  for (const ConsumerSpec& spec : topology.consumers) {
    FAILS_RETURN_IF_ERROR(ApplyConsumer(*session, spec));
  }
  for (const BucketSpec& spec : topology.buckets) {
    FAILS_RETURN_IF_ERROR(ApplyBucket(*session, spec));
  }
  return absl::OkStatus();
}

}  // namespace fails::bus
