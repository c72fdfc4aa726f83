// SPDX-License-Identifier: Apache-2.0
#include "common/bus/key_value.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "common/base/status_macros.h"
#include "common/bus/key_value_names.h"
#include "common/bus/message.h"
#include "common/bus/nats_status.h"
#include "common/bus/session.h"

namespace fails::bus {
namespace {

// A bucket and the session that it was opened on, which outlives it.
struct Bucket {
  std::shared_ptr<const Session> session;
  KvHandle store;
};

struct Last {
  std::uint64_t revision = 0;
  bool deleted = false;
};

// NOT_FOUND when nothing was ever written there.
absl::StatusOr<Last> LastOf(const Bucket& bucket, const std::string& name, const std::string& key) {
  natsMsg* raw = nullptr;
  jsErrCode code{};
  FAILS_RETURN_IF_ERROR(
      ToStatus(js_GetLastMsg(&raw, bucket.session->jetstream, StreamOfBucket(name).c_str(),
                             SubjectOfKey(name, key).c_str(), nullptr, &code),
               key, code));
  const MsgHandle message(raw);
  return Last{natsMsg_GetSequence(raw), IsDeletion(raw)};
}

}  // namespace

struct KeyValue::Impl {
  Impl(Connection& connection, std::string name) : connection(connection), name(std::move(name)) {}

  absl::StatusOr<std::shared_ptr<const Bucket>> Open();
  absl::StatusOr<std::uint64_t> Write(const std::string& key, const std::string& value,
                                      const jsPubOptions* expected);

  Connection& connection;
  const std::string name;
  absl::Mutex mutex;
  std::shared_ptr<const Bucket> bucket ABSL_GUARDED_BY(mutex);
};

absl::StatusOr<std::shared_ptr<const Bucket>> KeyValue::Impl::Open() {
  FAILS_ASSIGN_OR_RETURN(std::shared_ptr<const Session> session, connection.Acquire());
  absl::MutexLock lock(&mutex);
  if (bucket != nullptr && bucket->session == session) return bucket;
  kvStore* raw = nullptr;
  const natsStatus status = js_KeyValue(&raw, session->jetstream, name.c_str());
  if (status == NATS_NOT_FOUND) {
    return absl::UnavailableError(fmt::format("there is no bucket '{}' yet", name));
  }
  FAILS_RETURN_IF_ERROR(ToStatus(status, fmt::format("bucket {}", name)));
  bucket = std::make_shared<const Bucket>(Bucket{std::move(session), KvHandle(raw)});
  return bucket;
}

// The library's own functions for this do not tell a conflict from other errors.
absl::StatusOr<std::uint64_t> KeyValue::Impl::Write(const std::string& key,
                                                    const std::string& value,
                                                    const jsPubOptions* expected) {
  if (!IsKey(key)) return absl::InvalidArgumentError(fmt::format("'{}' is no key", key));
  FAILS_ASSIGN_OR_RETURN(const auto open, Open());
  FAILS_ASSIGN_OR_RETURN(const MsgHandle message,
                         ToNats({.subject = SubjectOfKey(name, key), .payload = value}));
  jsPubOptions options;
  jsPubOptions_Init(&options);
  if (expected != nullptr) options = *expected;
  jsPubAck* raw = nullptr;
  jsErrCode code{};
  const natsStatus status =
      js_PublishMsg(&raw, open->session->jetstream, message.get(), &options, &code);
  const PubAckHandle ack(raw);
  if (code == JSStreamWrongLastSequenceErr) {
    return absl::AbortedError(fmt::format("'{}' was written by somebody else", key));
  }
  const absl::Status failed = ToStatus(status, fmt::format("writing '{}'", key), code);
  if (absl::IsInternal(failed)) return absl::UnavailableError(std::string(failed.message()));
  FAILS_RETURN_IF_ERROR(failed);
  return ack->Sequence;
}

KeyValue::KeyValue(Connection& connection, std::string bucket)
    : impl_(std::make_unique<Impl>(connection, std::move(bucket))) {}

KeyValue::~KeyValue() = default;

absl::StatusOr<std::optional<KeyValue::Entry>> KeyValue::Get(const std::string& key) {
  if (!IsKey(key)) return absl::InvalidArgumentError(fmt::format("'{}' is no key", key));
  FAILS_ASSIGN_OR_RETURN(const auto bucket, impl_->Open());
  kvEntry* raw = nullptr;
  const natsStatus status = kvStore_Get(&raw, bucket->store.get(), key.c_str());
  if (status == NATS_NOT_FOUND) return std::optional<Entry>();
  FAILS_RETURN_IF_ERROR(ToStatus(status, fmt::format("reading '{}'", key)));
  const KvEntryHandle entry(raw);
  return Entry{{static_cast<const char*>(kvEntry_Value(raw)),
                static_cast<std::size_t>(kvEntry_ValueLen(raw))},
               kvEntry_Revision(raw)};
}

absl::StatusOr<std::uint64_t> KeyValue::Create(const std::string& key, const std::string& value) {
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.ExpectNoMessage = true;
  auto created = impl_->Write(key, value, &options);
  if (!absl::IsAborted(created.status())) return created;
  // Something was written there once; a deleted key can be created again.
  FAILS_ASSIGN_OR_RETURN(const auto bucket, impl_->Open());
  const auto last = LastOf(*bucket, impl_->name, key);
  if (last.ok() && last->deleted) {
    created = Update(key, value, last->revision);
    if (!absl::IsAborted(created.status())) return created;
  }
  return absl::AlreadyExistsError(fmt::format("'{}' is there already", key));
}

absl::StatusOr<std::uint64_t> KeyValue::Update(const std::string& key, const std::string& value,
                                               std::uint64_t revision) {
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.ExpectLastSubjectSeq = revision;
  options.ExpectNoMessage = revision == 0;
  return impl_->Write(key, value, &options);
}

absl::StatusOr<std::uint64_t> KeyValue::Put(const std::string& key, const std::string& value) {
  return impl_->Write(key, value, nullptr);
}

absl::StatusOr<std::vector<std::string>> KeyValue::Keys() {
  FAILS_ASSIGN_OR_RETURN(const auto bucket, impl_->Open());
  kvKeysList list = {};
  const natsStatus status = kvStore_Keys(&list, bucket->store.get(), nullptr);
  std::vector<std::string> keys(list.Keys, list.Keys + list.Count);
  kvKeysList_Destroy(&list);
  if (status == NATS_NOT_FOUND) return keys;
  FAILS_RETURN_IF_ERROR(ToStatus(status, fmt::format("keys of bucket {}", impl_->name)));
  return keys;
}

}  // namespace fails::bus
