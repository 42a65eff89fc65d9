#!/bin/bash
# Does a PIN leave a trace? A program of ours signs with a card's PIN, a new one of twelve digits at every run,
# through the real libpcsclite and a real pcscd, and stops twice: with the PIN in its memory, and after its
# use. Each time its whole memory, a core file, and all that it wrote are searched for the PIN in every shape
# in which it might lie there. Then the same is done by a program that keeps the PIN in an ordinary array,
# where it must be found: a search that finds nothing anywhere proves nothing.
#
#   card-pin-trace.sh [BINARIES]      the folder of the test bundle, .build/debug unless told
#
# Runs as root in namespaces of its own (mounts, network, processes), so that no pcscd, reader or port of the
# machine is touched. Needs pcscd, vsmartcard-vpcd, opensc, openssl and gdb. Build first: swift build --build-tests
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
binaries=${1:-.build/debug}
bundle=$(compgen -G "$binaries/*PackageTests.xctest" || true)
[ -x "$bundle" ] || { echo "skipped: no test bundle in $binaries" >&2; exit 77; }
bundle=$(realpath "$bundle")
needs pcscd opensc-tool pkcs15-tool openssl gdb python3
own_namespaces "$0" "$(dirname "$bundle")"

# The PIN itself is only ever in a file of this tmpfs and in the searching program.
python3 -c 'import secrets; print("".join(str(secrets.randbelow(10)) for _ in range(12)))' >pin
search() { python3 "$here/card_pin_search.py" pin "$@"; }

start_pcscd

run() { # ROLE LOG: starts the bundle; the PIN comes through descriptor 3
    LOKET_PIN_TRACE=$1 LOKET_PIN_TRACE_FOLDER=$PWD "$bundle" --testing-library swift-testing \
        --filter DeviceTransportLinuxTests.CardPINTraceTests 3<pin >"$2" 2>&1 &
}
run card card.log
card=$!
until_true "the card in the reader" has_card

core() { # PID NAME: a core file as the kernel would write it, pages left out that ask for it
    gdb --batch --nx --readnever -ex "generate-core-file $2" -p "$1" >gdb.log 2>&1 || fail "no core file"
    [ -s "$2" ] || fail "no core file"
}

trace() { # ROLE
    local role=$1 program guard
    rm -f held held.go used used.go
    mkfifo held held.go used used.go
    run "$role" "$role.log"
    program=$!
    # Whoever dies before it has said anything must not leave us waiting. The guard ends with its program: the next
    # one's pipes have the same names.
    (while kill -0 "$program" 2>/dev/null; do sleep 0.1; done; for pipe in held used; do : <>"$pipe"; done) &
    guard=$!
    read -r -n 1 -t 120 <held || fail "$role did not come to hold the PIN"
    search memory "$program" >"$role-held.txt"
    grep -E 'VmLck' "/proc/$program/status" >"$role-locked.txt"
    core "$program" core-held
    search file core-held >"$role-core-held.txt"
    rm core-held
    echo >held.go
    read -r -n 1 -t 120 <used || fail "$role did not come to use the PIN"
    search memory "$program" >"$role-used.txt"
    search memory "$pcscd" >"$role-pcscd.txt"
    core "$program" core-used
    search file core-used >"$role-core-used.txt"
    rm core-used
    echo >used.go
    kill "$guard" 2>/dev/null || true
    wait "$guard" 2>/dev/null || true
    wait "$program" || fail "$role failed"
    grep -qE 'Test run with 1 test' "$role.log" || grep -qE 'Test run with [1-9][0-9]* tests' "$role.log" || fail "no test ran as $role"
    search file "$role.log" pcscd.log >"$role-logs.txt"
}

hits() { awk '$1 == "hits" { print $2 }' "$1"; }

trace secret
# What was signed on the way is a signature: OpenSSL says so, by the certificate that OpenSC reads from the card.
pkcs15-tool -r 0 --read-certificate 03 2>/dev/null | openssl x509 -pubkey -noout >public.pem || fail "no certificate"
python3 -c 'import sys
raw = sys.stdin.buffer.read()
def number(part):
    part = part.lstrip(b"\0")
    part = b"\0" + part if part[0] & 0x80 else part
    return bytes([2, len(part)]) + part
body = number(raw[:48]) + number(raw[48:])
sys.stdout.buffer.write(bytes([0x30, len(body)]) + body)' <signature >signature.der || fail "no signature"
head -c 48 /dev/zero | tr '\0' '3' >digest
openssl pkeyutl -verify -pubin -inkey public.pem -in digest -sigfile signature.der >/dev/null || fail "OpenSSL does not believe the signature"
echo "OpenSSL verifies what the card of applet 1.8 signed for our program"
trace array
for role in secret array; do
    echo "== $role: held $(hits $role-held.txt), in a core file then $(hits $role-core-held.txt);" \
        "used $(hits $role-used.txt), in a core file then $(hits $role-core-used.txt);" \
        "in what was written $(hits $role-logs.txt); $(tr -s ' \t' ' ' <$role-locked.txt)"
    sed -n 's/^hit /   held: /p' $role-held.txt
    sed -n 's/^hit /   used: /p' $role-used.txt
done
echo "== pcscd itself, which hands the command to the reader: $(hits secret-pcscd.txt) after the first, $(hits array-pcscd.txt) after both"
sed -n 's/^hit /   pcscd: /p' secret-pcscd.txt

[ "$(hits secret-held.txt)" -ge 1 ] || fail "the search does not even see the PIN where it must be"
! grep '^hit ' secret-held.txt | grep -qv 'locked, undumped' || fail "the PIN lies outside the locked pages"
[ "$(awk '{ print $2 }' secret-locked.txt)" -gt 0 ] || fail "nothing is locked while the PIN is held"
for place in core-held used core-used logs; do
    [ "$(hits secret-$place.txt)" = 0 ] || fail "a trace of the PIN: $place"
done
[ "$(hits secret-pcscd.txt)" = 0 ] || fail "pcscd still has the PIN in its buffers"
for place in held core-held used core-used pcscd; do
    [ "$(hits array-$place.txt)" -ge 1 ] || fail "the search finds no PIN in an array ($place): it proves nothing"
done
[ "$(hits array-logs.txt)" = 0 ] || fail "a PIN was written to a log"
kill "$card"
echo "passed"
