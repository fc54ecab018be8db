#!/usr/bin/env bash
# The story of the issue, walked in a headless browser: bash .ci/browser/run.sh BINARY [SCREENSHOTS]
#
# Starts `BINARY try` with a fresh desk on a free port and ends it again. Needs Node.js, npm and Chromium (from apt where
# it may install them). Where they cannot be had it says that it did not run; with CI=true that is a failure.
set -euo pipefail

binary=$(realpath "${1:?Give the path of the deskhand binary.}")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
shots=${2:-$root/target/browser}
mkdir -p "$shots"
shots=$(realpath "$shots")
playwright=1.65.1

absent() {
  printf 'The story in a browser DID NOT RUN: %s\n' "$1" >&2
  [ "${CI:-}" = true ] && exit 1
  exit 0
}

# wanted PROGRAM PACKAGE
wanted() {
  command -v "$1" >/dev/null && return
  if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
  fi
  command -v "$1" >/dev/null
}

wanted node nodejs || absent 'there is no Node.js'
wanted npm npm || absent 'there is no npm'
if [ -z "${CHROMIUM:-}" ]; then
  for name in chromium chromium-browser google-chrome; do
    if CHROMIUM=$(command -v "$name"); then break; fi
  done
fi
if [ -z "${CHROMIUM:-}" ]; then
  wanted chromium chromium || absent 'there is no Chromium'
  CHROMIUM=$(command -v chromium)
fi
export CHROMIUM

work=$(mktemp -d)
desk=
finish() {
  if [ -n "$desk" ]; then
    kill "$desk" 2>/dev/null || true
    wait "$desk" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT

printf '{"private": true}\n' >"$work/package.json"
npm install --prefix "$work" --no-audit --no-fund --loglevel=error "playwright-core@$playwright" >/dev/null ||
  absent 'playwright-core cannot be installed'
export BROWSER_TOOLS=$work

# From the root, so that `kb/` is found as the README's commands find it.
cd "$root"
"$binary" try --port 0 --fresh --json --data "$work/try.sqlite" >"$work/address" 2>"$work/log" &
desk=$!
page=
for _ in $(seq 600); do
  page=$(node -e 'try { console.log(JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).page ?? "") } catch {}' "$work/address")
  if [ -n "$page" ]; then break; fi
  if ! kill -0 "$desk" 2>/dev/null; then break; fi
  sleep 0.1
done
if [ -z "$page" ]; then
  printf 'The desk did not open:\n' >&2
  cat "$work/log" >&2
  exit 1
fi

code=0
timeout 240 node "$here/walk.mjs" "$page" "$shots" || code=$?
if [ "$code" -ne 0 ]; then
  printf 'The end of the desk'\''s log:\n' >&2
  tail -n 60 "$work/log" >&2
fi
exit "$code"
