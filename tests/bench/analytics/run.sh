#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds with optimisation, measures FAILS, DuckDB and PostgreSQL on the same invented data, prints one table.
# Usage: run.sh [INCIDENTS...]   e.g. run.sh 542 1000 100000 1000000 (the default); RUNS=20 times each question
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
sizes=("$@")
((${#sizes[@]})) || sizes=(542 1000 100000 1000000)
runs=${RUNS:-20}

cd "$root"
[[ -f build/bench/build.ninja ]] || cmake --preset bench >&2
cmake --build --preset bench --target fails-bench-analytics fails-bench-postgres -- ${JOBS:+-j"$JOBS"} >&2
[[ -d $here/node_modules ]] || npm ci --prefix "$here" --no-audit --no-fund >&2
[[ -n ${FAILS_DBMATE:-} || -d deploy/postgres/node_modules ]] || npm ci --prefix deploy/postgres --no-audit --no-fund >&2

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
programs=build/bench/bin
for n in "${sizes[@]}"; do
  "$programs/fails-bench-analytics" --incidents "$n" --runs "$runs" --csv "$folder/$n" | tee -a "$folder/results.csv" >&2
  node "$here/compare_duckdb.mjs" "$folder/$n" "$n" "$runs" | tee -a "$folder/results.csv" >&2
  # The slowest by far: fewer runs.
  "$programs/fails-bench-postgres" --incidents "$n" --runs "$((runs > 5 ? 5 : runs))" | tee -a "$folder/results.csv" >&2
  rm -rf "${folder:?}/$n"
done
node "$here/report.mjs" "$folder/results.csv"
