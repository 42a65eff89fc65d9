#!/bin/bash
# Is our card a card, and is our reader right? OpenSC, which we did not write, reads the emulated card
# through the real pcscd, and its raw dumps are compared byte for byte with what our reader wrote.
# Then both are timed.
#
#   LOKET=path/to/loket Tests/Witness/card-vpcd.sh
#
# Runs as root in namespaces of its own (mounts, network, processes), so that no pcscd, reader or port
# of the machine is touched. Needs pcscd, vsmartcard-vpcd and opensc.
#
# EMULATE   a command that connects the card to vpcd's address, appended to it, and serves it until killed
# READ      a command that reads the card in the reader and writes each file of it as NAME.bin, raw, into
#           the folder that is appended to it
# ROUNDS    how often each side is timed at least, 5 unless told
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
needs pcscd opensc-tool opensc-explorer eidenv
own_namespaces "$0" "$@"

EMULATE=${EMULATE:-${LOKET:?set LOKET, or EMULATE and READ} emulate --vpcd}
READ=${READ:-$LOKET card read --json --files}
ROUNDS=${ROUNDS:-5}
address=$vpcd
mkdir ours

milliseconds() { # COMMAND...: one run
    local start
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1 || true # eidenv's exit status is always 1
    echo $((($(date +%s%N) - start) / 1000000))
}

start_pcscd

$EMULATE "$address" >emulate.log 2>&1 &
card=$!
until_true "the card in the reader" has_card

opensc-tool -r 0 --atr --name | tee name.txt
grep -q '^Belpic cards' name.txt || fail "OpenSC does not know the card"

dump() { printf 'cd %s\nget %s %s\nquit\n' "$1" "$2" "$3" | opensc-explorer -r 0 >/dev/null 2>&1; }
dump DF01 4031 opensc-identity
dump DF01 4032 opensc-identitySignature
dump DF01 4033 opensc-address
dump DF01 4034 opensc-addressSignature
dump DF01 4035 opensc-photo

$READ ours >ours.log 2>&1 || { cat ours.log >&2; fail "our reader could not read the card"; }
for file in identity identitySignature address addressSignature photo; do
    [ -s "opensc-$file" ] || fail "OpenSC did not dump $file"
    cmp "opensc-$file" "ours/$file.bin" || fail "$file differs from OpenSC's"
    echo "$file: $(stat -c %s "opensc-$file") bytes, as OpenSC reads them"
done

pkcs15-tool -r 0 --list-certificates >certificates.txt 2>&1 || fail "OpenSC does not find the certificates"
grep -q 'Path.*5038\|Authentication' certificates.txt || fail "OpenSC does not list the authentication certificate"
pkcs15-tool -r 0 --read-certificate 06 2>/dev/null | sed '/-----/d' | base64 -d >opensc-root || true
cmp opensc-root ours/rootCertificate.bin || fail "the root certificate differs from OpenSC's"
echo "rootCertificate: $(stat -c %s opensc-root) bytes, as OpenSC reads them"

eidenv -r 0 >eidenv.txt 2>/dev/null || true
while IFS=': ' read -r name value; do
    case $name in
    BELPIC_NAME | BELPIC_FIRSTNAMES | BELPIC_NATIONALNUMBER | BELPIC_CARDNUMBER | BELPIC_BIRTHLOCATION)
        [ -n "$value" ] && grep -qaF -- "$value" ours/identity.bin || fail "$name is not in our identity file" ;;
    BELPIC_MUNICIPALITY | BELPIC_POSTALCODE)
        [ -n "$value" ] && grep -qaF -- "$value" ours/address.bin || fail "$name is not in our address file" ;;
    esac
done <eidenv.txt
grep -q BELPIC_NAME eidenv.txt || fail "eidenv printed no name"

# The best of some runs, in turns; a machine that is busy gets more of them before it counts.
ours=999999 theirs=999999
for round in $(seq $((4 * ROUNDS))); do
    took=$(milliseconds eidenv -r 0)
    [ "$took" -ge "$theirs" ] || theirs=$took
    took=$(milliseconds $READ ours)
    [ "$took" -ge "$ours" ] || ours=$took
    [ "$round" -lt "$ROUNDS" ] || [ "$ours" -gt "$theirs" ] || break
done
echo "whole process, best of $round: ours $ours ms for ten files; eidenv $theirs ms for two"
if [ "$ours" -gt "$theirs" ]; then
    # Ours waits for its own threads, so on a machine with more to do than processors the figure says little.
    awk -v processors="$(nproc)" '{ exit $1 > processors }' /proc/loadavg && fail "slower than eidenv"
    echo "the machine is busy, load $(cut -d ' ' -f 1 /proc/loadavg): no verdict on speed"
fi

kill "$card"
has_no_card() { opensc-tool --list-readers | grep -q '^0 *No'; }
until_true "the card's removal" has_no_card
echo "passed"
