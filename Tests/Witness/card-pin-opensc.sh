#!/bin/bash
# Do the PIN and the keys of our emulated cards behave as those of cards do? OpenSC, which we did not write,
# gives the PIN to cards of applet 1.1 and 1.7 through a real pcscd, right and wrong, and has them sign; OpenSSL, which we did not write either, verifies what they signed by the card's certificate.
#
#   card-pin-opensc.sh [BINARIES]      the folder of the test bundle, .build/debug unless told
#
# OpenSC 0.23 signs with RSA only, so that applet 1.8 is not among them, and refuses the signature key of these
# cards by itself, so that only the authentication key is. Runs as root in namespaces of its own.
# Needs pcscd, vsmartcard-vpcd, opensc and openssl. Build first: swift build --build-tests
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
binaries=${1:-.build/debug}
bundle=$(compgen -G "$binaries/*PackageTests.xctest" || true)
[ -x "$bundle" ] || { echo "skipped: no test bundle in $binaries" >&2; exit 77; }
bundle=$(realpath "$bundle")
needs pcscd opensc-tool pkcs15-tool pkcs15-crypt openssl
own_namespaces "$0" "$(dirname "$bundle")"

start_pcscd

printf '270519481516\n' >pin
printf '1234\n' >wrong
head -c 3000 /dev/urandom >message

for profile in v1.1 v1.7; do
    LOKET_PIN_TRACE=card LOKET_PIN_TRACE_PROFILE=$profile "$bundle" --testing-library swift-testing \
        --filter DeviceTransportLinuxTests.CardPINTraceTests 3<pin >card.log 2>&1 &
    card=$!
    until_true "the card in the reader" has_card

    give() { pkcs15-tool -r 0 --verify-pin --auth-id 01 --pin "$(cat "$1")" >opensc.log 2>&1; }
    give pin || fail "$profile: the right PIN is refused"
    for left in 2 1; do
        ! give wrong || fail "$profile: a wrong PIN is taken"
        grep -qi 'incorrect' opensc.log || fail "$profile: a wrong PIN is not called wrong"
    done
    give pin || fail "$profile: the right PIN is refused after two wrong ones"

    signatures=0
    pkcs15-tool -r 0 --read-certificate 02 2>/dev/null | openssl x509 -pubkey -noout >public.pem \
        || fail "$profile: no certificate"
    for digest in sha1 sha256; do
        openssl dgst "-$digest" -binary message >digest
        pkcs15-crypt -r 0 --sign --key 02 "--${digest/sha/sha-}" --pkcs1 --pin "$(cat pin)" --input digest \
            --output signature --raw >opensc.log 2>&1 || fail "$profile: it does not sign $digest"
        openssl dgst "-$digest" -verify public.pem -signature signature message >/dev/null \
            || fail "$profile: OpenSSL does not believe the signature over $digest"
        signatures=$((signatures + 1))
    done

    for _ in 1 2 3; do ! give wrong || fail "$profile: a wrong PIN is taken"; done
    grep -qi 'blocked' opensc.log || fail "$profile: three wrong PINs do not block it"
    ! give pin || fail "$profile: a blocked PIN is taken"
    grep -qi 'blocked' opensc.log || fail "$profile: a blocked PIN is not called blocked"
    kill "$card"
    wait "$card" 2>/dev/null || true
    until_true "the card's removal" has_no_card
    echo "$profile: PIN of 12 digits right, wrong, counted and blocked; $signatures signatures, all verified by OpenSSL"
done
echo "passed"
