#!/bin/bash
# One person enrolled on a kit of which only the wires are ours: the card through the real pcscd, the
# finger of a recorded U.are.U 4500 through the real libusb, the ink of a virtual STU-430 through the real
# hidapi, and a JPEG as the portrait, all in one process; sealed, uploaded over TLS, receipted, purged. Once
# with the hybrid recipient, once with X25519. Leaves everything in WORK for enrol_kit.py to look at.
#
#   enrol-kit.sh BINARIES WITNESS WORK      prints one line a fact: `ok …` or `FAIL …`
#
# WORK holds virtual_kit (of virtual_kit.c), pad.script and portrait.jpg. Runs as root in namespaces of its
# own (mounts, network, processes), so that no pcscd, reader or port of the machine is touched.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
own_namespaces "$0" "$@"
binaries=$1 witness=$2 work=$3
loket=$binaries/loket central=$binaries/loket-central
python=${PYTHON:-python3}
cd "$work"

fail() {
    echo "FAIL $1"
    for log in pcscd.log emulate.log central.log "${2:-}"; do
        [ -s "$log" ] && { echo "--- $log"; tail -12 "$log"; } >&2
    done
    exit 1
}

kit() { ./virtual_kit "$witness/uru4000-4500" pad.script "$1" "${@:2}"; }

# --- the pieces -------------------------------------------------------------------------------------------

start_pcscd
"$loket" emulate --vpcd $vpcd >emulate.log 2>&1 &
card_is_in() { "$loket" card read --patience 0.2; }
until_true "the card in the reader" card_is_in
"$loket" card read --json --files card >card.json 2>card.log || fail "the card cannot be read" card.log

make_central
serve_central

# --- the references: the same recording and the same ink, each alone --------------------------------------

kit pad-alone.log "$loket" finger capture --position right-index --image finger.pgm >finger.log 2>&1 ||
    fail "the finger alone" finger.log
"$python" "$here/enrol_kit.py" script card.json enrol.json

# --- one process for all four -----------------------------------------------------------------------------

give_passphrase

enrol() { # NAME [OPTION...]
    local name=$1; shift
    bundle_for "KIT-$name" "$@"
    provision "$name"
    kit "$name.pad" "$loket" enrol --script enrol.json --portrait portrait.jpg --home "$name" --json \
        >"$name.enrol.json" 2>"$name.log" || fail "$name: enrol" "$name.log"
    mkdir "$name.sealed"
    cp "$name"/packets/*.age "$name.sealed/packet.age"
    "$loket" queue list --home "$name" --json >"$name.before.json" 2>"$name.log" || fail "$name: queue" "$name.log"
    cp -r "$name" "$name.at-rest"
    "$loket" sync --home "$name" --json >"$name.sync.json" 2>"$name.log" || fail "$name: sync" "$name.log"
    packet=$("$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))[0]["packet"])' "$name.enrol.json")
    "$loket" queue show "$packet" --home "$name" --json >"$name.after.json" 2>"$name.log" || fail "$name: queue" "$name.log"
}
enrol hybrid
enrol x25519 --recipient x25519

stop_central
"$central" packet list --dir central --json >received.json 2>>central.log || fail "central's list"
