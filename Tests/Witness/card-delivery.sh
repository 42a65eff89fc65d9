#!/bin/bash
# Cards handed over from end to end: central for training on loopback, a kit made from its bundle, `loket deliver`,
# sealed, uploaded over TLS, receipted, purged, and opened at central. First on the emulated kit, then with
# the card behind the real libpcsclite and a real pcscd, whose own log tells what was sent to the card. The
# programs are killed in the middle, the card is another one, and the PIN is wrong. card_delivery.py judges what
# came of each, by the Python package cryptography and not by our words.
#
#   card-delivery.sh BINARIES      prints one line a fact: `ok …` or `FAIL …`; 77 when a tool is missing
#
# Runs as root in namespaces of its own (mounts, network, processes), so that no pcscd, reader or port of the
# machine is touched. The new PIN is another one at every run, so that finding it anywhere is no chance.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
[ -x "${1:-}/loket" ] && [ -x "$1/loket-central" ] || {
    echo "usage: card-delivery.sh FOLDER-WITH-loket-AND-loket-central" >&2; exit 2; }
needs pcscd opensc-tool python3
needs_python cryptography
binaries=$(realpath "$1")
own_namespaces "$here/card-delivery.sh" "$binaries"
loket=$binaries/loket central=$binaries/loket-central
figures="head -1"
judge() { fact "$1" python3 "$here/card_delivery.py" "${@:2}"; }

# --- central, kits, scripts ---------------------------------------------------------------------------------

umask 077
give_passphrase
chosen=$(python3 -c 'import secrets; print("".join(secrets.choice("123456789") for _ in range(12)))')
echo "afgifte-1a 1234 $chosen" >pins
echo "$chosen" >chosen
echo "afgifte-1a 9753 $chosen" >wrong-pins
echo "afgifte-1a 1234 $chosen" >open-pins
chmod 644 open-pins

make_central --training
serve_central --training
new_kit() { # NAME
    bundle_for "KIT-$1"
    provision "$1"
}
deliver() { # KIT SCRIPT PINS [OPTION...]: its output is in KIT.out and KIT.err
    "$loket" deliver --script "$2" --pins "$3" --home "$1" --json "${@:4}" >"$1.out" 2>"$1.err"
}
ends() { # STATUS WORDS KIT SCRIPT PINS [OPTION...]: with this exit status and these words
    local wanted=$1 words=$2 status=0; shift 2
    deliver "$@" || status=$?
    cat "$1.out" "$1.err" >>all-output
    [ "$status" = "$wanted" ] || { echo "status $status"; cat "$1.err"; return 1; }
    grep -q -- "$words" "$1.out" "$1.err" || { echo "words missing: $words"; cat "$1.out" "$1.err"; return 1; }
    echo "status $status, $words"
}
queued() { # KIT COUNT
    local count
    count=$("$loket" queue list --home "$1" --json 2>queue.err | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
    [ "$count" = "$2" ] || { echo "$count packets in the queue"; cat queue.err; return 1; }
}
arrives() { # KIT: its one packet goes to central, which opens it
    "$loket" queue list --home "$1" --json >"$1.before.json" 2>"$1.err" || return 1
    cp -r "$1" "$1.at-rest"
    "$loket" sync --home "$1" --json >"$1.sync.json" 2>"$1.err" || { cat "$1.err"; return 1; }
    cat "$1.sync.json" "$1.err" >>all-output
    local packet
    packet=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[0]["packet"])' "$1.before.json") || return 1
    "$loket" queue show "$packet" --home "$1" --json >"$1.after.json" 2>"$1.err" || return 1
    "$central" packet list --dir central --json >received.json 2>>central.log || return 1
    "$central" packet open "central/packets/$packet.age" --identity central/keys/packet-hybrid.agekey \
        >"$1.json" 2>>central.log
}
seal_to_purged() { # KIT
    fact "its packet reaches central, and central opens it" arrives "$1"
    judge "its receipt is central's, for these bytes, and nothing is left on the kit" receipt "$1"
}

# --- on the emulated kit ------------------------------------------------------------------------------------

echo "== the emulated kit"
"$loket" card read --emulated --json >card.json 2>card.log || { bad "the emulated card"; exit 1; }
python3 "$here/card_delivery.py" scripts card.json
new_kit whole
fact "a card is handed over" ends 0 '"packet"' whole script.json pins --emulated
seal_to_purged whole
judge "its packet tells the whole delivery" delivered whole.json card.json --signed --portrait
judge "both certificates signed what the packet says, by the keys on the card" signatures whole.json
new_kit odd
fact "a card that is not the expected one stops the delivery" ends 4 'the card: otherCard' odd other.json pins --emulated
fact "and nothing is in the queue" queued odd 0
fact "given up for that reason, it is over" ends 0 '"stopped" : "otherCard"' odd other-stop.json pins --emulated
fact "and central has nothing to be told" queued odd 0
fact "a file of PINs that others may read is not used" ends 4 'mode 0600' odd script.json open-pins --emulated
"$central" keys init --dir real-central --json >>central.log 2>&1
"$central" keys kit --dir real-central --kit KIT-real --out real.bundle >>central.log 2>&1
"$loket" provision --bundle real.bundle --home real >>central.log 2>&1 || bad "a kit that is not for training"
rm -f real.bundle
fact "nor any on a kit that is not for training" ends 4 'for training' real script.json pins --emulated

# --- through pcscd ------------------------------------------------------------------------------------------

echo "== the card through pcscd"
start_pcscd --debug --apdu
card=
insert() { # [OPTION...]: another card, as it comes from the factory
    [ -z "$card" ] || take_out
    : >pcscd.log
    put_in "$@"
}
commands() { sed -nE 's/^.* APDU: (.*)$/\1/p' pcscd.log; }
number_of() { commands | grep -nE "$1" | sed -n "${2:-1}s/:.*//p"; } # PATTERN [WHICH]
asked() { # COUNT PATTERN: so many of these commands reached the card
    local count
    count=$(commands | grep -cE "$2")
    [ "$count" = "$1" ] && echo "$count of $(commands | wc -l) commands" || { echo "$count times"; return 1; }
}
pin_change='^00 24 ' pin_check='^00 20 00 01 08' signing='^00 2A 9E 9A'

insert
new_kit wired
fact "a card in a real reader is handed over" ends 0 '"packet"' wired exempt.json pins
fact "pcscd saw one change of the PIN" asked 1 "$pin_change"
fact "and a signature of each key" asked 2 "$signing"
change_at=$(number_of "$pin_change") second_signing_at=$(number_of "$signing" 2)
# What the packet must not hold is in pcscd's log of the wire: the search finds it where it is.
judge "the new PIN is where it must be: on the wire" found chosen pcscd.log
seal_to_purged wired
judge "its packet tells the whole delivery" delivered wired.json card.json
judge "both certificates signed what the packet says" signatures wired.json

insert
new_kit wrong
fact "a wrong PIN ends it" ends 4 'PIN wrong' wrong exempt.json wrong-pins
fact "after one try of the three" asked 1 "$pin_change"
fact "with the right one it goes on" ends 0 '"packet"' wrong exempt.json pins
seal_to_purged wrong
judge "its packet tells of the wrong PIN, and of the right one" delivered wrong.json card.json --act pinWrong

insert --person 2
new_kit person
fact "another person's card stops the delivery" ends 4 'the card: other' person exempt.json pins
fact "and no PIN is asked of it" asked 0 "$pin_change|$pin_check"

# Killed while the card does not answer to the change of its PIN: nobody knows whether it changed.
killed_at() { # KIT NUMBER: kills the delivery once the command of this number is on its way
    "$loket" deliver --script exempt.json --pins pins --home "$1" --json >"$1.out" 2>"$1.err" &
    local delivering=$!
    reached() { [ "$(commands | wc -l)" -ge "$2" ]; }
    until_true "command $2" reached "$1" "$2"
    kill -KILL "$delivering"
    wait "$delivering" 2>/dev/null
    [ $? = 137 ] || { echo "it had ended before"; return 1; }
    cat "$1.out" "$1.err" >>all-output
    [ ! -s "$1.out" ]
}
insert --fault "$change_at:silence"
new_kit killed
fact "a delivery is killed while the card is asked to change its PIN" killed_at killed "$change_at"
fact "nothing is in the queue" queued killed 0
insert
fact "started again, it goes on to the end" ends 0 '"packet"' killed exempt.json pins
seal_to_purged killed
judge "its packet says that the change was in doubt, and then made" delivered killed.json card.json --act pinChangeUnknown

insert --fault "$second_signing_at:delay=3000"
new_kit halfway
fact "a delivery is killed while the card makes its last signature" killed_at halfway "$second_signing_at"
: >pcscd.log
fact "started again with the same card, it goes on to the end" ends 0 '"packet"' halfway exempt.json pins
fact "without another change of the PIN" asked 0 "$pin_change"
seal_to_purged halfway
judge "its packet tells the whole delivery, once" delivered halfway.json card.json
judge "both certificates signed what the packet says" signatures halfway.json

# --- no trace -----------------------------------------------------------------------------------------------

judge "no PIN in any packet, in any kit's folder, or in anything that was printed" absent chosen \
    ./*.json all-output central.log central whole whole.at-rest wired wired.at-rest wrong wrong.at-rest killed \
    killed.at-rest halfway halfway.at-rest odd person real
judge "nor anything readable of the person in the kits' folders" nothing-readable card.json \
    whole whole.at-rest wired wired.at-rest wrong wrong.at-rest killed killed.at-rest halfway halfway.at-rest odd person

echo "card-delivery: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
