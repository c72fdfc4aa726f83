// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/analytics/app/row_source.h"
#include "services/analytics/domain/snapshot/builder.h"
#include "services/analytics/domain/snapshot/snapshot.h"

namespace fails::analytics {

// Keeps the newest snapshot: loads everything once, then takes in what changed whenever it is woken
// (an event was announced) and on a timer, and compares with the database on a schedule: counts and
// versions of everything, and every column of a stretch of the rows, the next one each time. What
// does not agree is loaded anew. Thread-safe. Metrics:
// fails_analytics_snapshot_{incidents,version,bytes,index_bytes},
// fails_analytics_snapshot_refreshes_total{kind,outcome},
// fails_analytics_snapshot_refresh_seconds{kind}.
class SnapshotKeeper {
 public:
  struct Options {
    absl::Duration idle = absl::Seconds(3);  // looks for changes that often without being woken
    absl::Duration verify_every = absl::Minutes(1);
  };

  SnapshotKeeper(RowSource& source, Names catalog_names, Options options);
  ~SnapshotKeeper();

  void Start();
  void Wake();  // there may be something new
  void Stop();

  // Null until the first load has succeeded. The lock is held for the copy of a pointer only.
  std::shared_ptr<const Snapshot> Current() const;
  // OK once there is a snapshot; until then what it waits for, in words.
  absl::Status Probe() const;

 private:
  void Loop();
  absl::Status RefreshOnce(bool verify);
  absl::Status Load();
  absl::Status TakeChanges();
  // ABORTED when snapshot and database disagree.
  absl::Status Verify();
  absl::Status VerifySample();
  void Publish(std::int64_t version);
  // Waits for a wake or the timer; false when stopping.
  bool AwaitWork();

  RowSource& source_;
  const Names catalog_names_;
  const Options options_;
  std::unique_ptr<SnapshotBuilder> builder_;  // of the loop's thread only, as what follows
  SamplePosition sampled_;                    // how far the comparison of rows has come

  mutable absl::Mutex mutex_;
  std::shared_ptr<const Snapshot> current_ ABSL_GUARDED_BY(mutex_);
  absl::Status last_status_ ABSL_GUARDED_BY(mutex_) = absl::UnavailableError("not loaded yet");
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace fails::analytics
