// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fails::bench {

struct ThroughputOptions {
  int incidents = 20'000;
  int pages = 10;
  int listed = 50;  // incidents in a document
};

struct Throughput {
  double pipeline = 0;  // incidents a second, from the raw stream to committed with outbox rows
  double relay = 0;     // events a second, from the outbox to the stream
  double baseline = 0;  // rows a second of a bare upsert of the same rows
};

// The baseline: the rows of incidents.incident as the pipeline wrote them, `INSERT … SELECT FROM
// unnest(…) ON CONFLICT DO UPDATE` into an empty table of the same columns and indexes, 500 in a
// transaction; nothing parsed, merged, remembered or announced.
Throughput MeasureThroughput(const ThroughputOptions& options);

}  // namespace fails::bench
