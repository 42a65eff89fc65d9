#!/bin/bash
# Is our reader as thrifty and as fast as others? It, OpenSC's eidenv and the Python package pythonbeid read the same
# files of the same emulated card through the real pcscd, in turns; every command is counted on its way between
# vpcd and the card, by a go-between that can make each one last longer, as a real card does.
#
#   card-speed.sh BINARIES       the folder with loket, for example .build/release
#
# Runs as root in namespaces of its own (mounts, network, processes), so that no pcscd, reader or port of the
# machine is touched. Needs pcscd, vsmartcard-vpcd, opensc, and a python3 that has pythonbeid 0.3.0 and pyscard.
#
# EMULATE      a command that connects the card to the address that is appended to it, and serves it until killed
# READ_NAMES   a command that reads identity and address
# READ_FACE    a command that reads identity, address and photo
# READ_ALL     a command that waits for a card and reads all that an enrolment needs
# PYTHON       the python3 that has pythonbeid; the one beside .build-witness, or the first of the path, unless told
# ROUNDS       how often each is timed at least, 5 unless told
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
binaries=$(realpath "${1:-.build/debug}")
loket=$binaries/loket
EMULATE=${EMULATE:-$loket emulate --vpcd}
READ_NAMES=${READ_NAMES:-$loket card read --json --only identity,address}
READ_FACE=${READ_FACE:-$loket card read --json --only identity,address,photo}
READ_ALL=${READ_ALL:-$loket card read --json}
if [ -z "${PYTHON:-}" ]; then
    PYTHON=python3
    [ ! -x "$here/../../.build-witness/bin/python3" ] || PYTHON=$here/../../.build-witness/bin/python3
fi
export EMULATE READ_NAMES READ_FACE READ_ALL PYTHON
export ROUNDS=${ROUNDS:-5}

needs pcscd opensc-tool eidenv
"$PYTHON" -c 'import pythonbeid' 2>/dev/null || { echo "skipped: $PYTHON has no pythonbeid" >&2; exit 77; }
own_namespaces "$0" "$@"
exec "$PYTHON" "$here/card_speed.py"
