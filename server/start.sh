#!/usr/bin/env bash
# `npm start`: builds when the sources changed, then becomes the program, so that signals reach it and nothing stands between.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
node "$here/build.js"
export NODE_ENV="${NODE_ENV:-production}"
exec node "$here/index.js" "$@"
