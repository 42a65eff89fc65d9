#!/bin/bash
# T2: the power is cut at every file operation of one enrolment, in every state that the disk can then have: only
# what was synchronised, torn writes, single writes missing or alone. The store is opened on each, compared with what
# it had acknowledged, and the day goes on to its end. Where SQLite's synchronous is set wrong, or folders are not
# synchronised, the loss must be found.
#
#   vault-crash-points.sh BINARIES                 small: one point in forty
#   vault-crash-points.sh BINARIES full [SEED]     every point, some ten thousand states, about ten minutes
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=vault-shim
. "$here/vault-shim" "${1:?usage: vault-crash-points.sh BINARIES [full [SEED]]}"
every=40
[ "${2:-}" = full ] && every=1
"$campaign" crash-points --shim "$shim" --every "$every" --seed "${3:-1}"
