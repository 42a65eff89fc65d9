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
if [ -z "${LOKET_IN_NAMESPACE:-}" ]; then
    LOKET_IN_NAMESPACE=1 exec unshare --mount --net --pid --fork --kill-child --mount-proc "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
binaries=$1 witness=$2 work=$3
loket=$binaries/loket central=$binaries/loket-central
python=${PYTHON:-python3}
cd "$work"

ip link set lo up
mount -t tmpfs tmpfs /run
mkdir /run/pcscd

fail() {
    echo "FAIL $1"
    for log in pcscd.log emulate.log central.log "${2:-}"; do
        [ -s "$log" ] && { echo "--- $log"; tail -12 "$log"; } >&2
    done
    exit 1
}

# until_true DESCRIPTION COMMAND...: tries the command for at most 20 s.
until_true() {
    local what=$1; shift
    for _ in $(seq 400); do "$@" >/dev/null 2>&1 && return 0; read -rt 0.05 <>/run/never || true; done
    fail "waited in vain for $what"
}
mkfifo /run/never # never written to: reading it is how to wait without a process

kit() { ./virtual_kit "$witness/uru4000-4500" pad.script "$1" "${@:2}"; }

# --- the pieces -------------------------------------------------------------------------------------------

pcscd --foreground --error >pcscd.log 2>&1 &
until_true "pcscd's socket" test -S /run/pcscd/pcscd.comm
listens() { grep -q ":$1 .* 0A " /proc/net/tcp /proc/net/tcp6; }
until_true "vpcd's port" listens 8C7B
"$loket" emulate --vpcd 127.0.0.1:35963 >emulate.log 2>&1 &
card_is_in() { "$loket" card read --patience 0.2; }
until_true "the card in the reader" card_is_in
"$loket" card read --json --files card >card.json 2>card.log || fail "the card cannot be read" card.log

"$central" keys init --dir central --json >keys.json 2>central.log || fail "central's keys"
"$central" serve --dir central >ready.json 2>>central.log &
serving=$!
until_true "central" test -s ready.json

# --- the references: the same recording and the same ink, each alone --------------------------------------

kit pad-alone.log "$loket" finger capture --position right-index --image finger.pgm >finger.log 2>&1 ||
    fail "the finger alone" finger.log
"$python" "$here/enrol_kit.py" script card.json enrol.json

# --- one process for all four -----------------------------------------------------------------------------

printf 'niet te raden, echt niet\n' >passphrase
chmod 600 passphrase
export LOKET_PASSPHRASE_FILE=$work/passphrase

enrol() { # NAME [OPTION...]
    local name=$1; shift
    "$central" keys kit --dir central --kit "KIT-$name" --out "$name.bundle" "$@" >"$name.log" 2>&1 || fail "$name: keys kit" "$name.log"
    "$loket" provision --bundle "$name.bundle" --home "$name" >"$name.log" 2>&1 || fail "$name: provision" "$name.log"
    rm "$name.bundle"
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

kill "$serving"
wait "$serving" || true
"$central" packet list --dir central --json >received.json 2>>central.log || fail "central's list"
