#!/bin/bash
# An officer's way in, with the real programs: loket-central makes the list of officers and the list of roots,
# a kit takes them, the officer's card lies in pcscd's virtual reader, and OpenSSL's responder says whether its
# certificate was revoked. OpenSC, which we did not write, counts the PIN's tries; Python reads what is exported.
#
#   card-login.sh BINARIES      prints one line a fact: `ok …` or `FAIL …`; 77 when a tool is missing
#
# Runs as root in namespaces of its own (mounts, network, processes), so that no pcscd, reader or port of the
# machine is touched. Central runs only while the kit synchronises: all logins are offline.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=witness.sh
. "$here/witness.sh"
[ -x "${1:-}/loket" ] && [ -x "$1/loket-central" ] ||
    { echo "usage: card-login.sh FOLDER-WITH-loket-AND-loket-central" >&2; exit 2; }
needs pcscd opensc-tool openssl python3
own_namespaces "$0" "$@"
binaries=$(realpath "$1")
loket=$binaries/loket
central=$binaries/loket-central
roots=$here/../../offline-cache/reference/card-roots.json
responder=http://127.0.0.1:2560

login() { "$loket" login --pin-stdin --patience 20 --json "$@"; }
with_pin() { local pin=$1; shift; printf '%s\n' "$pin" | login "$@"; }
with_passphrase() { local phrase=$1; shift; printf '%s\n' "$phrase" | login --passphrase-of S1 "$@"; }
with_both() { printf '1234\n%s\n' "$1" | login --set-passphrase; } # PASSPHRASE
status_of_kit() { "$loket" login --status --json; }

# --- the reader and its cards -------------------------------------------------------------------------------

start_pcscd
# By the query that costs no try on an applet 1.8.
tries_are() { opensc-tool --reader 0 --send-apdu 00200001 | tee tries.log | grep -qi "SW1=0x63, SW2=0xC$1"; }

"$loket" card watch --json >watched.json 2>watch.log &
watching=$!
put_in --profile v1.8
"$loket" card read --json >card.json 2>read.log || { bad "the officer's card"; tail -3 read.log >&2; exit 1; }
number=$(python3 -c 'import json; print(json.load(open("card.json"))["nationalNumber"])')

# --- central, and a kit -------------------------------------------------------------------------------------

export LOKET_HOME=/run/witness/kit
give_passphrase
officers() { # VERB OPTION...
    local verb=$1; shift
    "$central" officers "$verb" --dir central --kit KIT-1 "$@"
}
make_central --training
fact "the officer stands on a list" bash -c '"$0" officers add --dir central --kit KIT-1 --officer S1 <<<"$1"' "$central" "$number"
bundle_for KIT-1
provision kit
sync() { # WHAT [EXPRESSION]: with central there for so long only
    serve_central --training --port 8443 --responder $responder
    says "$1" 0 "it['left'] == 0 and ${2:-True}" "$loket" sync --json
    stop_central
}

says "the kit has the list that came with it" 0 \
    "it['roster'] == 'valid' and it['officers'] == 1 and it['cardRootsVersion'] == 1 and it['questionsWaiting'] == 0" status_of_kit
says "the officer logs in by card, without a network" 0 \
    "(it['officer'], it['proof'], it['revocation'], it['rosterVersion']) == ('S1', 'card', 'notChecked', 1)" with_pin 1234
says "what could not be checked waits for the synchronisation" 0 "it['questionsWaiting'] == 1" status_of_kit
fact "the card has three tries" tries_are 3
says "a wrong PIN lets nobody in, and says what is left" 5 \
    "$(refused login.wrongPIN) and it['error']['detail'] == 'tries left 2'" with_pin 9999
fact "the card says the same" tries_are 2
says "a PIN of letters is no PIN" 5 "$(refused login.needed)" with_pin abcd
fact "and costs no try" tries_are 2
says "the right one gives the tries back" 0 "it['officer'] == 'S1'" with_pin 1234
fact "so the card says" tries_are 3
python3 "$here/enrol_kit.py" script card.json enrol.json
says "no application without an officer" 5 "$(refused login.needed)" \
    bash -c '"$0" enrol --script enrol.json --patience 20 --json </dev/null' "$loket"
says "nor with a wrong PIN" 5 "$(refused login.wrongPIN)" \
    bash -c '"$0" enrol --script enrol.json --pin-stdin --patience 20 --json <<<9999' "$loket"
fact "that cost one try" tries_are 2
says "nothing was made" 0 "it == []" "$loket" queue list --json

# --- what a card is worth, and what is in it ----------------------------------------------------------------

verify() { "$loket" card verify --patience 20 --json "$@"; }
says "without its root a card cannot be checked" 1 "it['verdict'] == 'cannotBeChecked' and not it['isTest']" verify
says "with it, it is a test card" 0 "it['verdict'] == 'revocationNotChecked' and it['isTest'] and it['isTrusted']" \
    verify --accept-emulated
"$loket" card export card.xml --patience 20 >export.log 2>&1
fact "Python reads the export, and finds the same person" python3 - <<'PYTHON'
import json, os, xml.etree.ElementTree as tree
card, root = json.load(open("card.json")), tree.parse("card.xml").getroot()
assert os.stat("card.xml").st_mode & 0o077 == 0
assert root.find("identity").get("nationalnumber") == card["nationalNumber"]
assert root.find("identity/name").text == card["surname"] and root.find("address/zip").text == card["address"]["postalCode"]
PYTHON
take_out
kill "$watching"
wait "$watching" 2>/dev/null
fact "the watcher saw it come and go" python3 - <<'PYTHON'
import json
events = [json.loads(line) for line in open("watched.json")]
names = [event["event"] for event in events if event["event"].startswith("card")]
assert names[0] == "cardIn" and names[-1] == "cardOut", names
assert next(event for event in events if event["event"] == "cardIn")["isBelgian"]
assert json.load(open("card.json"))["nationalNumber"] not in open("watched.json").read()
PYTHON

while read -r profile verdict status; do
    put_in --profile "$profile"
    says "a card that is $profile: $verdict" "$status" "it['verdict'] == '$verdict'" verify --accept-emulated
    take_out
done <<'PROFILES'
v1.0 revocationNotChecked 0
v1.1 revocationNotChecked 0
v1.7 revocationNotChecked 0
kids-6-12 revocationNotChecked 0
mixed-photo-sha1 revocationNotChecked 0
expired-chain chainExpired 0
clone forged 1
forged-photo forged 1
forged-address forged 1
forged-registry forged 1
forged-root forged 1
no-basic-key cannotBeChecked 1
challenges-used-up cannotBeChecked 1
PROFILES
for profile in expired-chain forged-root; do
    put_in --profile "$profile"
    "$loket" card read --json 2>/dev/null |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["nationalNumber"])' |
        officers add --officer S9 >>central.log 2>&1
    sync "the kit learns of the officer whose card is $profile"
    says "on the list, but the card is $profile: not let in" 5 "$(refused login.cardNotProven)" with_pin 1234
    take_out
done
officers remove --officer S9 >>central.log 2>&1

# --- who is not on the list ---------------------------------------------------------------------------------

put_in --profile v1.8 --person 2
says "who is not on the list is not let in" 5 "$(refused login.notOnRoster)" with_pin 9999
fact "and no PIN was given to the card" tries_are 3
take_out

# --- roots of another infrastructure, and revocation --------------------------------------------------------

own=(--profile v1.8 --authority authority --ocsp $responder --root-out root.pem --files files)
put_in "${own[@]}"
says "a card of an unknown authority with a known name lets nobody in" 5 "$(refused login.cardNotProven)" with_pin 9999
fact "before a PIN was given to it" tries_are 3
python3 - "$roots" 2 root.pem >roots-2.json <<'PYTHON'
import base64, hashlib, json, ssl, sys
roots = json.load(open(sys.argv[1]))
der = ssl.PEM_cert_to_DER_cert(open(sys.argv[3]).read())
roots["version"] = int(sys.argv[2])
roots["roots"].append({
    "name": "TEST Root CA6 (Draagbaar Loket)", "kind": "test", "sha256": hashlib.sha256(der).hexdigest(),
    "validFrom": "2020-01-01", "validUntil": "2040-01-01", "certificate": base64.b64encode(der).decode()})
json.dump(roots, sys.stdout)
PYTHON
fact "central publishes a list of roots with it" "$central" roots publish roots-2.json --dir central
sync "the kit takes the list" "it['listsTaken'].get('card-roots') == 2"
says "and has it in use" 0 "it['cardRootsVersion'] == 2" status_of_kit
says "the card lets its holder in" 0 "it['revocation'] == 'notChecked'" with_pin 1234
says "the question about its certificate waits" 0 "it['questionsWaiting'] == 1" status_of_kit

pem() { openssl x509 -inform DER -in files/DF005038 "$@"; }
index() { # STATUS REVOKED-AT
    printf '%s\t400101000000Z\t%s\t%s\tunknown\t/CN=TEST\n' "$1" "$2" "$(pem -noout -serial | sed 's/.*=//')" >index.txt
}
respond() {
    openssl ocsp -port 2560 -index index.txt -CA authority/ellipticCurve/citizen.pem \
        -rsigner authority/ellipticCurve/citizen.pem -rkey authority/ellipticCurve/authority.key >ocsp.log 2>&1 &
    responding=$!
    until_true "the responder" listens 2560
}
silence() { kill "$responding"; wait "$responding" 2>/dev/null; }
sync "a responder that is not there keeps nobody from synchronising" \
    "(it['revocationsAsked'], it['revocationsAnswered']) == (1, 0)"
says "the question waits on" 0 "it['questionsWaiting'] == 1" status_of_kit
index V ""
respond
sync "central asks OpenSSL's responder" "(it['revocationsAsked'], it['revocationsAnswered']) == (1, 1)"
says "the question is answered" 0 "it['questionsWaiting'] == 0" status_of_kit
silence
says "the next login knows that the certificate was not revoked" 0 "it['revocation'] == 'notRevoked'" with_pin 1234
says "and it is asked about again" 0 "it['questionsWaiting'] == 1" status_of_kit
index R "$(date -u +%y%m%d%H%M%SZ)"
respond
sync "the certificate is revoked, and the kit learns it"
silence
says "the card lets nobody in any more" 5 \
    "$(refused login.cardNotProven) and it['error']['detail'] == 'revoked'" with_pin 9999
fact "and no PIN was given to it" tries_are 3
take_out

# --- lists of roots that are not taken ----------------------------------------------------------------------

for version in 1 2; do
    sed "s/\"version\": 2/\"version\": $version/" roots-2.json >roots-old.json
    fact "central refuses a list of roots of version $version" bash -c '! "$0" roots publish roots-old.json --dir central' "$central"
done
echo '{"version": 3, "roots": []}' >roots-empty.json
"$central" roots publish roots-empty.json --dir central >>central.log 2>&1
sync "a list without roots is not taken" "it['listsRefused'] == ['card-roots']"
says "and takes none away" 0 "it['cardRootsVersion'] == 2" status_of_kit

# --- a passphrase in the card's place -----------------------------------------------------------------------

phrase='een zin die niemand raadt'
put_in --profile v1.8
says "no passphrase for whom the list lets use none" 5 "$(refused login.passphraseNotAllowed)" with_both "$phrase"
officers add --officer S1 --allow-passphrase <<<"$number" >>central.log 2>&1
sync "the list now lets them"
says "none was set" 5 "$(refused login.passphraseNotAllowed)" with_passphrase "$phrase"
says "one that is too short is not set" 5 "$(refused login.passphraseNotAllowed)" with_both kort
says "after a login by card it is set" 0 "it['passphraseSet']" with_both "$phrase"
take_out
says "it lets the officer in without a card" 0 \
    "(it['proof'], it['revocation']) == ('passphrase', 'notApplicable')" with_passphrase "$phrase"
for try in 1 2 3 4; do
    says "a wrong passphrase, try $try" 5 "$(refused login.wrongPassphrase)" with_passphrase 'een heel andere zin'
done
says "the fifth makes the officer wait" 5 "$(refused login.tooManyTries)" with_passphrase 'een heel andere zin'
says "the right one too" 5 "$(refused login.tooManyTries)" with_passphrase "$phrase"

# --- who leaves ---------------------------------------------------------------------------------------------

fact "the officer comes off the list" "$central" officers remove --dir central --kit KIT-1 --officer S1
put_in --profile v1.8
says "until the synchronisation the kit cannot know" 0 "it['officer'] == 'S1'" with_pin 1234
sync "the kit learns it"
says "their card lets them in no more" 5 "$(refused login.notOnRoster)" with_pin 9999
fact "and is not asked" tries_are 3
says "nor does their passphrase" 5 "$(refused login.passphraseNotAllowed)" with_passphrase "$phrase"
take_out

fact "no file of the kit's or of central's holds the officer's number or the passphrase" \
    bash -c '! grep -rqaE "$0|$1" kit central central.log' "$number" "$phrase"

echo "card-login: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
