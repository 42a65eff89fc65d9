#!/bin/bash
# Lists and revocations at loket-central against OpenSSL: its OCSP responder and its revocation lists are
# asked through central with curl as the kit, its verifier judges what came back, and it checks the
# signatures of the lists that central hands out.
#
#   central-revocation.sh BINARIES      prints one line a fact: `ok …` or `FAIL …`; 77 when a tool is missing
#
# Runs in a network namespace of its own, so that no port of the machine is touched.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
needs openssl curl python3 unshare ip
[ -x "${1:-}/loket-central" ] || { echo "usage: central-revocation.sh FOLDER-WITH-loket-central" >&2; exit 2; }
if [ -z "${LOKET_IN_NAMESPACE:-}" ]; then
    unshare --map-root-user --net true 2>/dev/null || { echo "skipped: no network namespace to be had"; exit 77; }
    LOKET_IN_NAMESPACE=1 exec unshare --map-root-user --net --pid --fork --kill-child --mount-proc "$0" "$@"
fi
ip link set lo up
binaries=$(cd "$1" && pwd)
central=$binaries/loket-central
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

# --- an authority by OpenSSL: a good certificate, a revoked one, a responder, a list ------------------------

cat >ca.cnf <<'CONFIGURATION'
[ca]
default_ca = witness
[witness]
database = index.txt
serial = serial
crlnumber = crlnumber
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_days = 2
default_crl_days = 2
policy = any
[any]
commonName = supplied
[responder]
extendedKeyUsage = OCSPSigning
CONFIGURATION
: >index.txt; echo 1000 >serial; echo 01 >crlnumber
authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:secp384r1 -nodes -keyout ca.key -out ca.pem -days 2 \
        -subj "/CN=TEST witness authority" &&
        for name in good revoked responder; do
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:secp384r1 -nodes -keyout $name.key -out $name.csr \
                -subj "/CN=TEST $name" &&
                openssl ca -batch -notext -config ca.cnf -in $name.csr -out $name.pem \
                    $([ $name = responder ] && echo -extensions responder) || return 1
        done &&
        openssl ca -config ca.cnf -revoke revoked.pem && openssl ca -config ca.cnf -gencrl -out list.pem &&
        openssl crl -in list.pem -outform DER -out list.crl
}
authority >authority.log 2>&1 || fail "OpenSSL's authority"

openssl ocsp -port 2560 -index index.txt -CA ca.pem -rsigner responder.pem -rkey responder.key >ocsp.log 2>&1 &
responder=$!
python3 -m http.server --bind 127.0.0.1 2561 >http.log 2>&1 &
until_true "the responder" listens 2560
until_true "the server of lists" listens 2561

# --- central, and curl as its kit ---------------------------------------------------------------------------

make_central
fact "a number on standard input becomes a roster" \
    bash -c 'echo 71.02.03-000.16 | "$0" officers add --dir central --kit KIT-1 --officer S1' "$central"
echo '{"version": 3, "roots": []}' >roots.json
fact "a list of roots is published" "$central" roots publish roots.json --dir central
bundle_for KIT-1
serve_central --port 8443 --responder http://127.0.0.1:2560 --responder http://127.0.0.1:2561
python3 - <<'PYTHON'
import json
bundle = json.load(open("bundle.json"))
for name, member in [("authority.pem", "certificateAuthority"), ("kit.pem", "clientCertificate"),
                     ("kit.key", "clientKey"), ("receipt.pem", "receiptKey"), ("roster.jws", "roster"),
                     ("roots.jws", "cardRoots")]:
    open(name, "w").write(bundle[member])
PYTHON
kit() { curl --silent --show-error --cacert authority.pem --cert kit.pem --key kit.key "$@"; }
ask() { # KIND URL REQUEST-FILE ANSWER-FILE: prints the status
    python3 -c 'import base64, json, sys
question = {"kind": sys.argv[1], "url": sys.argv[2]}
if sys.argv[3]: question["request"] = base64.b64encode(open(sys.argv[3], "rb").read()).decode()
json.dump(question, open("question.json", "w"))' "$1" "$2" "$3"
    kit --data-binary @question.json --header "Content-Type: application/json" --output "$4" \
        --write-out '%{http_code}' https://localhost:8443/v1/revocation
}
refused() { # STATUS CODE
    [ "$1" != 200 ] && python3 -c 'import json, sys; sys.exit(json.load(open("answer"))["code"] != sys.argv[1])' "$2"
}

for name in good revoked; do
    openssl ocsp -issuer ca.pem -cert $name.pem -reqout $name.req >/dev/null 2>&1
    fact "the question about the $name certificate is answered" test "$(ask ocsp http://127.0.0.1:2560 $name.req $name.resp)" = 200
    fact "OpenSSL reads the answer as its own: $name" bash -c 'openssl ocsp -respin "$0.resp" -no_nonce \
        -issuer ca.pem -cert "$0.pem" -CAfile ca.pem >"$0.out" 2>&1 && grep -q "verify OK" "$0.out" && grep -q "^$0.pem: $0" "$0.out" || { cat "$0.out"; false; }' $name
done
fact "a revocation list comes as it lies there" bash -c '[ "$0" = 200 ] && cmp list.crl answer' \
    "$(ask crl http://127.0.0.1:2561/list.crl '' answer)"
fact "OpenSSL verifies that list" openssl crl -inform DER -in answer -CAfile ca.pem -noout
fact "a page is no list" refused "$(ask crl http://127.0.0.1:2561/ '' answer)" responderAnswerUnusable
fact "what is not there is no list" refused "$(ask crl http://127.0.0.1:2561/none '' answer)" responderAnswerUnusable
fact "another address is not asked" refused "$(ask crl http://127.0.0.1:2562/list.crl '' answer)" responderNotAllowed
fact "nor another scheme" refused "$(ask crl file:///etc/passwd '' answer)" invalidQuestion
kill "$responder"
wait "$responder" 2>/dev/null
fact "a responder that has gone is named" refused "$(ask ocsp http://127.0.0.1:2560 good.req answer)" responderUnreachable

# --- the lists, by OpenSSL's own check of ES256 -------------------------------------------------------------

cat >jws.py <<'PYTHON'
import base64, json, subprocess, sys
name, typ, version = sys.argv[1], sys.argv[2], int(sys.argv[3])
head, payload, signature = open(name).read().split(".")
raw = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
header = json.loads(raw(head))
assert header["alg"] == "ES256" and header["typ"] == typ, header
assert json.loads(raw(payload))["version"] == version
def integer(value):
    value = value.lstrip(b"\0") or b"\0"
    if value[0] & 0x80: value = b"\0" + value
    return b"\x02" + bytes([len(value)]) + value
bytes_ = raw(signature)
assert len(bytes_) == 64
body = integer(bytes_[:32]) + integer(bytes_[32:])
open("signature.der", "wb").write(b"\x30" + bytes([len(body)]) + body)
def holds(text):
    open("signed", "w").write(text)
    return subprocess.run(["openssl", "dgst", "-sha256", "-verify", "receipt.pem", "-signature", "signature.der",
                           "signed"], capture_output=True).returncode == 0
assert holds(head + "." + payload)
assert not holds(head + "." + payload[:-1] + ("A" if payload[-1] != "A" else "B"))
PYTHON
for kind in roster roots; do
    route=$([ $kind = roster ] && echo roster || echo card-roots)
    version=$([ $kind = roster ] && echo 1 || echo 3)
    kit --output $kind.got --dump-header $kind.head https://localhost:8443/v1/lists/$route
    fact "the $kind list is the bundle's, byte for byte" cmp $kind.jws $kind.got
    fact "OpenSSL verifies it" python3 jws.py $kind.got loket-$route+jws $version
    fact "a kit that has it gets nothing" test "$(kit --output answer --write-out '%{http_code}' \
        --header "If-None-Match: \"$version\"" https://localhost:8443/v1/lists/$route)" = 304
done
fact "without a certificate there is no list" bash -c '! curl --silent --cacert authority.pem https://localhost:8443/v1/lists/roster'
fact "no file of central's holds the number" bash -c '! grep -rqa 71020300016 central'

echo "central-revocation: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
