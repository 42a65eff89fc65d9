#!/bin/bash
# T3: every call on a file, and every allocation of SQLite's, fails in turn during one enrolment, once and for good:
# EIO, ENOSPC, EDQUOT, EROFS, a short write, ENOMEM. Each must end in a named error with nothing lost, and the day
# must go on when the fault is gone.
#
#   vault-faults.sh BINARIES                 small: one call in 80, one allocation in 2000
#   vault-faults.sh BINARIES full [SEED]     every call, one allocation in ten
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=vault-shim
. "$here/vault-shim" "${1:?usage: vault-faults.sh BINARIES [full [SEED]]}"
calls=80 allocations=2000
[ "${2:-}" = full ] && calls=1 allocations=10
"$campaign" faults --shim "$shim" --every "$calls" --every-allocation "$allocations" --seed "${3:-1}"
