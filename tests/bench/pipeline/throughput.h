// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fails::bench {

struct ThroughputOptions {
  int incidents = 20'000;
  int pages = 10;
  int listed = 50;  // incidents in a document
};

// Incidents a second.
struct Throughput {
  double pipeline = 0;        // from the raw stream to committed with outbox rows
  double relay = 0;           // their events, from the outbox to the stream
  double bare_rows = 0;       // upserts of the same rows: incidents, updates, events
  double bare_incidents = 0;  // of these, the incidents' alone
};

// Bare: the rows as the pipeline wrote them, `INSERT … SELECT FROM unnest(…) ON CONFLICT DO UPDATE`
// into empty tables of the same columns and indexes, 500 rows in a transaction, over one
// connection; nothing parsed, merged, remembered or announced.
Throughput MeasureThroughput(const ThroughputOptions& options);

}  // namespace fails::bench
