#!/bin/bash
# T8: a full store of every released schema is opened by this program, with the power cut at every file operation of
# that; everything must be there afterwards and the day go on. The program of that time must refuse the new store.
#
#   vault-upgrades.sh BINARIES          small: one point in 120
#   vault-upgrades.sh BINARIES full     every point
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=vault-shim
. "$here/vault-shim" "${1:?usage: vault-upgrades.sh BINARIES [full]}"
every=120
[ "${2:-}" = full ] && every=1
"$campaign" upgrades --shim "$shim" --released "$here/../../Benchmarks/vault-campaign/released" --every "$every"
