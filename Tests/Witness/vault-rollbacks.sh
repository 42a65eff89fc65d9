#!/bin/bash
# T9: images of a kit's data folder are taken at the steps of a day, the day goes on and is synchronised, and each image
# comes back: work in it, a sync with the real central over TLS, a technician's and a clerk's word. Prints how many
# images were older than central, how many of these the kit was warned in, what was submitted twice, lost or damaged,
# and the seed. Two copies that both work, and yesterday's image, are cases of their own.
#
#   vault-rollbacks.sh BINARIES         small: one step in 29
#   vault-rollbacks.sh BINARIES full    every step
set -euo pipefail
binaries=${1:?usage: vault-rollbacks.sh BINARIES [full]}
bundle=$(compgen -G "$binaries/*PackageTests.xctest" || true)
[ -n "$bundle" ] || { echo "skipped: the tests were not built beside loket" >&2; exit 77; }
images=""
[ "${2:-}" = full ] && images=all
out=$(mktemp)
trap 'rm -f "$out"' EXIT
status=0
LOKET_ROLLBACK_IMAGES=$images "$bundle" --testing-library swift-testing --filter 'RollbackTests' >"$out" 2>&1 || status=$?
grep -E '^rollback:|^✘|Test run with' "$out"
grep -q '^rollback:' "$out" || { echo "no figures" >&2; exit 1; }
exit "$status"
