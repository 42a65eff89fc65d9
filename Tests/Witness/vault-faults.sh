#!/bin/bash
# T3: every call on a file, and every allocation of SQLite's, fails in turn during one enrolment, once and for good:
# EIO, ENOSPC, EDQUOT, EROFS, a short write, ENOMEM. Each must end in a named error with nothing lost, and the day
# must go on when the fault is gone.
#
#   vault-faults.sh BINARIES                 small: one call in 80, one allocation in 2000
#   vault-faults.sh BINARIES full [SEED]     every call, one allocation in ten; the reserve with 10,000 packets
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=vault-shim
. "$here/vault-shim" "${1:?usage: vault-faults.sh BINARIES [full [SEED]]}"
calls=80 allocations=2000 packets=20 seed=${3:-1}
[ "${2:-}" = full ] && calls=1 allocations=10 packets=10000
status=0 results=$compiled/results
run() { "$campaign" "$@" --seed "$seed" | tee -a "$results" || status=1; }
run faults --shim "$shim" --every "$calls" --every-allocation "$allocations"
# What each operation wants of the store's reserve of memory.
run memory --packets "$packets"
# The control: without that reserve programs end, at some of a few hundred allocations.
[ "${2:-}" != full ] || run faults --shim "$shim" --only malloc --every-allocation 100 --reserve 0
sed -nE 's/.*: ([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p' "$results" |
    awk '{ p += $1; f += $2; s += $3 } END { printf "vault-faults: %d passed, %d failed, %d skipped\n", p, f, s }'
exit "$status"
