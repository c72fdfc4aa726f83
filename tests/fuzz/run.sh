#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers and runs each platform and import format for a while, one after the other.
#   tests/fuzz/run.sh [--seconds N] [--only NAME]...
# A line for each; status 1 when one found something. What it found stays in build/fuzz/findings/<name>/.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=tests/fuzz/run.sh
. "$root/deploy/local/bootstrap.sh"

seconds=20
only=()
while (($#)); do
  case $1 in
    --seconds | --only)
      (($# > 1)) || die "$1 needs a value" 2
      if [[ $1 == --only ]]; then only+=("$2"); else seconds=$2; fi
      shift 2
      ;;
    -h | --help)
      sed -n '3,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *) die "unknown argument '$1'" 2 ;;
  esac
done
[[ $seconds =~ ^[1-9][0-9]{0,5}$ ]] || die "--seconds: '$seconds' is no number of seconds" 2

build=$root/build/fuzz
say "building the fuzzers"
install_packages build fuzz
cd "$root"
{ [[ -f $build/build.ninja ]] || cmake --preset fuzz && cmake --build --preset fuzz; } >"$root/build/fuzz.log" 2>&1 || {
  cat "$root/build/fuzz.log" >&2
  die "the fuzzers do not build"
}

failed=()
ran=0

# fuzz PROGRAM TARGET: the corpus of the repository is only read; what is new goes to the build folder.
fuzz() {
  local name=$1/$2 work=$build/corpus/$1/$2 found=$build/findings/$2 log=$build/$1-$2.log seeds=() status=0 folder
  ((${#only[@]})) && [[ " ${only[*]} " != *" $2 "* ]] && return
  ran=$((ran + 1))
  mkdir -p "$work" "$found"
  folder=tests/fuzz/corpus/$2
  [[ $1 == import_fuzz ]] && folder=tests/fuzz/corpus/import/$2
  [[ -d $folder ]] && seeds=("$folder")
  FAILS_FUZZ_TARGET=$2 "$build/bin/$1" "$work" "${seeds[@]}" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len=65536 -artifact_prefix="$found/" -print_final_stats=1 >"$log" 2>&1 || status=$?
  if ((status)); then
    failed+=("$name")
    printf '%-34s FOUND something: %s\n' "$name" "$(grep -m1 -E 'ERROR|expect|\.cpp:|SUMMARY' "$log" || tail -1 "$log")"
    printf '%-34s kept in %s, log %s\n' '' "${found#"$root"/}" "${log#"$root"/}"
  else
    printf '%-34s %s runs, coverage %s\n' "$name" \
      "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
      "$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)"
  fi
}

for program_name in platform_fuzz import_fuzz; do
  while read -r target; do fuzz "$program_name" "$target"; done < <("$build/bin/$program_name" --list)
done
((ran)) || die "nothing is named '${only[*]}'" 2
if ((${#failed[@]})); then die "${#failed[@]} of $ran found something: ${failed[*]}"; fi
say "$ran fuzzed for $seconds s each, nothing found"
