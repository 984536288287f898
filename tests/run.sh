#!/usr/bin/env bash
# Runs the tests and prints one summary, whose last line is `N passed, N failed`. Called as `npm test`; with names, only those parts:
# lint types law client office e2e (`npm test -- law e2e`). Exits non-zero on a failure, a crashed runner, or when no test ran.
# It must never read standard input, and never stop at the first failing part: the summary names them all.
set -u
cd "$(dirname "$0")/.."
exec </dev/null
export NO_COLOR=1
unset FORCE_COLOR

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(law client office e2e)
wanted() { [[ " ${parts[*]} " == *" $1 "* ]]; }
for part in "${parts[@]}"; do
  case $part in lint | types | law | client | office | e2e) ;; *)
    echo "There is no part called $part. Parts: lint types law client office e2e." >&2
    echo '0 passed, 1 failed'
    exit 1
    ;;
  esac
done

reports=test-results/reports
rm -rf "$reports"
mkdir -p "$reports"
# A runner that hangs is a runner that failed.
limit() { if command -v timeout >/dev/null; then timeout -k 30 "$@"; else shift && "$@"; fi; }

[ -d .svelte-kit/types ] || node_modules/.bin/svelte-kit sync

runners=()
# Pages and sockets are tested as they are served: from a build of this very tree, made (if it is not there) while the linter and the
# quick tests run.
if wanted e2e || wanted office; then
  node server/build.js >"$reports/build.txt" 2>&1 &
  building=$!
fi

if wanted lint; then
  echo '— lint'
  npm run --silent lint
  runners+=("lint=$?")
fi
if wanted types; then
  echo '— types'
  npm run --silent check
  runners+=("types=$?")
fi

vitest() { # name, then projects
  local name=$1
  shift
  echo "— $name"
  limit 20m node_modules/.bin/vitest run "${@/#/--project=}" \
    --reporter=default --reporter=json --outputFile.json="$reports/$name.json"
  runners+=("$name=$?:$reports/$name.json")
}

rules=()
for part in law client; do wanted "$part" && rules+=("$part"); done
[ ${#rules[@]} -eq 0 ] || vitest rules "${rules[@]}"

if [ -n "${building:-}" ]; then
  wait "$building"
  built=$?
  if [ $built -ne 0 ]; then
    cat "$reports/build.txt"
    runners+=("build=$built")
  fi
fi

wanted office && vitest office office

if wanted e2e && [ "${built:-0}" -eq 0 ]; then
  echo '— e2e'
  PLAYWRIGHT_JSON_OUTPUT_NAME=$reports/e2e.json limit 25m node_modules/.bin/playwright test --reporter=list,json
  runners+=("e2e=$?:$reports/e2e.json")
fi

exec node tests/support/sum-results.js "${runners[@]}"
