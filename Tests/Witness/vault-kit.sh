#!/bin/bash
# A kit without a network, and a kit under a chip's lock, by the real programs: packets go to central and receipts
# come back on a stick; then swtpm, which we did not write, stands in for the laptop's TPM, the disk is copied, put
# back, put into another laptop, and erased. Python reads what lies on the stick and at central, and makes the forged
# receipts.
#
#   vault-kit.sh BINARIES      prints one line a fact: `ok …` or `FAIL …`; 77 when a tool is missing
#
# Runs as root in namespaces of its own (mounts, network, processes), so that no port or chip of the machine is
# touched and nothing outlives it. The people are those of the training day.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=witness.sh
. "$here/witness.sh"
[ -x "${1:-}/loket" ] && [ -x "$1/loket-central" ] ||
    { echo "usage: vault-kit.sh FOLDER-WITH-loket-AND-loket-central" >&2; exit 2; }
needs swtpm tpm2_getcap python3
needs_python cryptography
own_namespaces "$0" "$@"
binaries=$(realpath "$1")
loket=$binaries/loket
central=$binaries/loket-central
export PYTHONDONTWRITEBYTECODE=1 TPM2TOOLS_TCTI=swtpm:host=127.0.0.1,port=2321

with_passphrase() { LOKET_PASSPHRASE_FILE=$PWD/$1 "${@:2}"; } # FILE COMMAND...
held() { "$central" packet list --dir central --json; }
rows() { "$loket" queue list --home "$1" --json; }
enrol() { "$loket" enrol --script "enrol-$2.json" --emulated --home "$1" --json; } # HOME CASE
digests() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2); }

give_passphrase
(umask 077; echo 'nog een andere zin' >another; echo 'een gok' >guess)
python3 - "$here/../../Sources/StationApp/Resources/training-day.json" <<'PYTHON'
import datetime, json, sys
today = datetime.date.today()
visits = []
def number(person):
    year, month, day = map(int, person["born"].split("-"))
    first = f"{year % 100:02}{month:02}{day:02}{997 if person['sex'] == 'male' else 998}"
    return f"{first}{97 - (2_000_000_000 * (year >= 2000) + int(first)) % 97:02}"
for planned in json.load(open(sys.argv[1]))["visits"]:
    visit = {key: planned[key] for key in ("id", "place")}
    visit["plannedFor"] = today.isoformat()
    visit["address"] = {key: planned[key] for key in ("streetAndNumber", "postalCode", "municipality")}
    visit["eligibility"] = {"reason": planned["reason"]}
    if "attestDaysAgo" in planned:
        issued = today - datetime.timedelta(planned["attestDaysAgo"])
        visit["eligibility"]["attest"] = {"issuedOn": issued.isoformat()}
    people = [person for person in planned["people"] if "answers" in person]
    visit["cases"] = [{
        "id": person["id"], "applyingFor": person["applyingFor"], "present": person.get("present", []),
        "citizen": {"nationalNumber": number(person), "birthDate": person["born"], "surname": person["surname"],
                    "givenNames": person["givenNames"]},
    } for person in people]
    if not people:
        continue
    visits.append(visit)
    for person in people:
        case = person["id"].removeprefix("oefening-")
        json.dump({"officer": "A12", "visit": visit, "answers": {person["id"]: person["answers"]}},
                  open(f"enrol-{case}.json", "w"))
json.dump(visits, open("visits.json", "w"))
PYTHON

make_central --training
make_kit() { # NAME HOME [OPTION...]: and its signing key, for who would be the kit
    bundle_for "$1"
    python3 -c 'import json; print(json.load(open("bundle.json"))["signingKey"])' >"$2.key"
    provision "$2" "${@:3}"
}
serve() { serve_central --training --port 8443; }

# --- a stick there and back -----------------------------------------------------------------------------------

mkdir stick
make_kit KIT-1 kit
says "visits are imported" 0 "it == {'imported': 3}" "$loket" visits import visits.json --home kit --json
for case in 1a 2a 2b; do
    says "an application without a network: $case" 0 "it[0]['case'] == 'oefening-$case'" enrol kit $case
done
cp -r kit dead
says "the packets go on the stick" 0 "len(it['written']) == 3 and not it['failed'] and not it['withoutManifest']" \
    "$loket" queue export stick --home kit --json
cp -r stick stick.sent
says "written again: they are there" 0 "(len(it['written']), len(it['alreadyThere'])) == (0, 3)" \
    "$loket" queue export stick --home kit --json
says "nothing left the queue" 0 "[row['state'] for row in it] == ['sealed'] * 3" rows kit
fact "the stick holds the packets byte for byte" python3 - <<'PYTHON'
import glob, os
kit = {os.path.basename(path): open(path, "rb").read() for path in glob.glob("kit/packets/*.age")}
stick = {os.path.basename(path): open(path, "rb").read() for path in glob.glob("stick/**/*.age", recursive=True)}
assert len(kit) == 3 and kit == stick, (len(kit), len(stick))
PYTHON
# What is opened lies beside, never on the stick.
for packet in kit/packets/*.age; do
    needed "a packet opened" "$central" packet open "$packet" --identity central/keys/packet-hybrid.agekey
    cp needed.log "$(basename "$packet").json"
done
readable() { # FOLDER...: no name, number, street or picture of the three in any of the files, in any spelling
    python3 - "$@" <<'PYTHON'
import base64, glob, json, os, re, sys
documents = [open(path, encoding="utf-8").read() for path in glob.glob("*.age.json")]
texts = set()
for case in ("1a", "2a", "2b"):
    script = json.load(open(f"enrol-{case}.json"))
    planned = next(one for one in script["visit"]["cases"] if one["id"] in script["answers"])
    texts |= {planned["citizen"]["surname"], planned["citizen"]["givenNames"].split()[0],
              script["visit"]["address"]["streetAndNumber"]}
numbers = {number for text in documents for number in re.findall(r'"nationalNumber"\s*:\s*"(\d{11})"', text)}
numbers |= {number for text in documents for number in re.findall(r'"identityNumber"\s*:\s*"(\d{11})"', text)}
plain = [text for text in sorted(texts) if any(text in document for document in documents)]
assert len(documents) == 3 and len(plain) >= 6 and len(numbers) == 3, (len(documents), plain, len(numbers))
images = [match[400:440] for text in documents for match in re.findall(r'"image"\s*:\s*"([^"]{600,})"', text)]
assert images
needles = {}
for text in plain + sorted(numbers):
    data = text.encode()
    for form in (data, text.encode("utf-16-le"), text.encode("utf-16-be"), data.hex().encode()):
        needles[form] = "text"
    for shift in range(3):
        needles[base64.b64encode(b"\0" * shift + data)[4:-4]] = "base64"
for image in images:
    needles[image.replace("\\/", "/").encode()] = "picture"
    needles[base64.b64decode(image.replace("\\/", "/"))] = "picture's bytes"
needles = {needle: what for needle, what in needles.items() if len(needle) > 6}
count = 0
for folder in sys.argv[1:]:
    for root, _, names in os.walk(folder):
        for name in names:
            data = open(os.path.join(root, name), "rb").read()
            count += 1
            for needle, what in needles.items():
                assert needle not in data, f"{what} in {name}"
print(f"{len(needles)} needles, {len(numbers)} numbers, {count} files")
assert count >= 3
PYTHON
}
fact "no file on the stick tells who they are" readable stick kit
mkdir opened
cp ./*.age.json opened
control() { ! readable opened 2>control.log && grep -qE ' in [0-9a-f-]{36}\.age\.json' control.log; }
fact "control: what is not sealed does" control
says "central takes the stick in without serving" 0 \
    "(it['received'], it['known'], it['refused'], it['failed'], it['receiptsWritten']) == (3, 0, 0, 0, 3)" \
    "$central" packet import stick --dir central --json
says "the same stick again, while it serves nobody: known" 0 \
    "(it['received'], it['known'], it['receiptsWritten']) == (0, 3, 3)" "$central" packet import stick --dir central --json
says "central holds three, each once" 0 \
    "len(it) == 3 and len({row['packet'] for row in it}) == 3" held

cp -r stick forged
fact "receipts are forged, one by one byte and one by another's key" python3 - <<'PYTHON'
import base64, glob, json
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives import hashes
def encoded(data): return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
def decoded(text): return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
paths = sorted(glob.glob("forged/**/*receipt*", recursive=True),
               key=lambda path: json.loads(decoded(open(path).read().strip().split(".")[1]))["sequence"])
assert len(paths) == 3, paths
header, body, signature = open(paths[0]).read().strip().split(".")
signed = f"{header}.{body}".encode()
r, s = utils.decode_dss_signature(ec.generate_private_key(ec.SECP256R1()).sign(signed, ec.ECDSA(hashes.SHA256())))
open(paths[0], "w").write(f"{header}.{body}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}")
for path in paths[1:]:
    header, body, signature = open(path).read().strip().split(".")
    changed = bytearray(decoded(signature))
    changed[9] ^= 1
    open(path, "w").write(f"{header}.{body}.{encoded(bytes(changed))}")
PYTHON
before=$(digests kit/packets)
says "they are refused, by name" 30 "not it['stored'] and not it['known'] and len(it['refused']) + len(it['early']) == 3" \
    "$loket" queue import-receipts forged --home kit --json
says "and let no packet go" 0 "[row['state'] for row in it] == ['sealed'] * 3" rows kit
fact "no file of them changed" test "$before" = "$(digests kit/packets)"
says "central's own are taken" 0 "len(it['stored']) == 3 and not it['refused'] and not it['early']" \
    "$loket" queue import-receipts stick --home kit --json
says "the queue is empty: purged" 0 "[row['state'] for row in it] == ['purged'] * 3" rows kit
fact "and so is the folder" test -z "$(ls kit/packets)"
says "the same receipts again: known" 0 "(len(it['stored']), len(it['known'])) == (0, 3)" \
    "$loket" queue import-receipts stick --home kit --json
says "there is nothing to write any more" 0 "it['written'] == [] and it['alreadyThere'] == []" \
    "$loket" queue export stick --home kit --json

# --- while central serves, and from a dead laptop -------------------------------------------------------------

says "one more" 0 "len(it) == 1" enrol kit 3a
says "goes on the same stick" 0 "len(it['written']) == 1" "$loket" queue export stick --home kit --json
serve
says "central takes it in while it serves" 0 "(it['received'], it['known']) == (1, 3)" \
    "$central" packet import stick --dir central --json
says "the network finds nothing to send twice" 0 "it['left'] == 0 and it['setAside'] == 0" "$loket" sync --home kit --json
says "and the stick's receipt is known then" 0 "not it['refused'] and not it['early']" \
    "$loket" queue import-receipts stick --home kit --json
says "all purged" 0 "[row['state'] for row in it] == ['purged'] * 4" rows kit

rm dead/store.key dead/kit.sealed
before=$(digests dead)
mkdir rescued
says "a dead laptop's packets come out without any key" 0 "len(it['written']) == 3 and not it['withoutManifest']" \
    env -u LOKET_PASSPHRASE_FILE "$loket" queue export rescued --rescue --home dead --json
fact "they are those that were written before" diff -r stick.sent rescued -x '*index*' -x '*.json'
fact "its disk was not written to" test "$before" = "$(digests dead)"
says "central knows them all" 0 "(it['received'], it['known'], it['refused']) == (0, 3, 0)" \
    "$central" packet import rescued --dir central --json
stop_central
says "central holds four, each once" 0 \
    "len(it) == 4 and len({row['packet'] for row in it}) == 4 and all(row['kit'] == 'KIT-1' for row in it)" held

# --- under the chip's lock ------------------------------------------------------------------------------------

chip() { # FOLDER PORT
    mkdir -p "$1"
    swtpm socket --tpm2 --tpmstate "dir=$1" --server "type=tcp,port=$2" --ctrl "type=tcp,port=$(($2 + 1))" \
        --flags not-need-init,startup-clear >"$1.log" 2>&1 &
    until_true "the chip $1" listens "$2"
    until_true "the chip $1" listens "$(($2 + 1))"
}
chip laptop 2321
chip elsewhere 2331
export LOKET_TPM=swtpm:host=127.0.0.1,port=2321
elsewhere() { LOKET_TPM=swtpm:host=127.0.0.1,port=2331 "$@"; }
no_chip() { LOKET_TPM=swtpm:host=127.0.0.1,port=2341 "$@"; }
key() { "$loket" key "$@" --home locked --json; }
status_of() { "$loket" kit status --home "$1" --json; }
make_kit KIT-2 locked --lock machine
says "the key is under the machine's lock" 0 "it['lock'] == 'machine' and it['machineSlot'] and not it['isRotating']" key status
fact "the place that it names is the chip's" bash -c 'tpm2_getcap handles-nv-index | grep -qi "$(printf %x "$0")"' \
    "$(python3 -c 'import json; print(json.load(open("answer.json"))["machineSlot"])')"
says "an application is sealed" 0 "len(it) == 1" enrol locked 1a
says "it is no copy" 0 "not it['isOlderCopy']" status_of locked
says "a wrong passphrase opens nothing" 20 "$(refused store.wrongPassphrase)" with_passphrase guess rows locked
cp -r locked image
says "the day goes on" 0 "len(it) == 1" enrol locked 2a
says "and another one" 0 "len(it) == 1" enrol locked 2b
says "the folder is still the newest" 0 "not it['isOlderCopy']" status_of locked
serve
says "they arrive" 0 "(it['received'], it['left'], it['setAside']) == (3, 0, 0)" "$loket" sync --home locked --json

cp -r image image.moved
says "on another laptop the image does not open" 20 "$(refused store.machineChanged)" elsewhere rows image.moved
says "nor on one without a chip" 20 "$(refused store.machineChanged)" no_chip rows image.moved
says "but its packet comes out" 0 "len(it['written']) == 1" elsewhere \
    "$loket" queue export rescued --rescue --home image.moved --json

says "the image put back is found to be an older copy, by the chip" 1 \
    "it['isOlderCopy'] and it['foundBy'] == 'machine'" status_of image
says "it seals nothing" 20 "$(refused store.rolledBack)" enrol image 2a
says "nobody's word is taken before central was asked" 20 "$(refused store.rolledBack)" \
    "$loket" kit accept-rollback --officer A12 --home image --json
status=0
"$loket" sync --home image --json >sync.json 2>/dev/null || status=$?
fact "it is synchronised, and told what it is" \
    bash -c '[ "$0" = 20 ] && grep -q store.rolledBack sync.json && grep -q "\"left\" : 0" sync.json' $status
says "it is a copy all the same, and its draft is at central already" 1 \
    "it['isOlderCopy'] and it['receivedElsewhere'] == ['oefening-2a']" status_of image
says "on an officer's word it goes on behind what central has" 0 "it['continuedAfter'] == 3" \
    "$loket" kit accept-rollback --officer A12 --home image --json
says "it is the kit now" 0 "not it['isOlderCopy']" status_of image
rm -r locked
mv image locked
# Whether the kit lets it come so far or not.
enrol locked 2a >again.json 2>&1
says "somebody else is helped" 0 "len(it) == 1" enrol locked 2c
says "who arrives" 0 "(it['received'], it['left']) == (1, 0)" "$loket" sync --home locked --json
says "who central has already is not taken again" 0 \
    "all(row.get('problem') == 'caseKnown' for row in it if row['case'] == 'oefening-2a')" rows locked
says "central was sent four by this kit, no case twice" 0 \
    "len({row['packet'] for row in it if row['kit'] == 'KIT-2'}) == 4" held
says "and sees no fork" 0 "not any(kit.get('forks') for kit in it if kit['kit'] == 'KIT-2')" \
    "$central" chain list --dir central --json

# --- the key's life -------------------------------------------------------------------------------------------

cp -r locked image.rotated
says "the key is rotated" 0 "it['lock'] == 'machine' and not it['isRotating'] and len(it['keys']) == 1 and it['slotsToDestroy'] == 0" key rotate
says "a copy from before that opens no more" 20 "$(refused store.machineChanged)" rows image.rotated
says "the passphrase is changed" 0 "it['lock'] == 'machine'" key change-passphrase --new-passphrase-file another
says "the old one opens nothing" 20 "$(refused store.wrongPassphrase)" rows locked
export LOKET_PASSPHRASE_FILE=$PWD/another
says "the new one does" 0 "'oefening-2c' in [row['case'] for row in it]" rows locked
says "the key is moved under the passphrase alone" 0 "it['lock'] == 'passphrase' and it.get('machineSlot') is None" \
    key move --to passphrase
says "then it opens on another laptop" 0 "'oefening-2c' in [row['case'] for row in it]" elsewhere rows locked
says "and back under the chip" 0 "it['lock'] == 'machine' and it['machineSlot']" key move --to machine
says "then it does not" 20 "$(refused store.machineChanged)" elsewhere rows locked
says "it is no copy by that" 0 "not it['isOlderCopy']" status_of locked

# --- guessed at -----------------------------------------------------------------------------------------------

export LOKET_TPM=swtpm:host=127.0.0.1,port=2331
export LOKET_PASSPHRASE_FILE=$PWD/passphrase
make_kit KIT-3 guessed --lock machine
until_refused() { # as many guesses as swtpm lets through, and one
    for _ in $(seq 40); do
        with_passphrase guess rows guessed >guessed.json && return 1
        grep -q store.tooManyTries guessed.json && return 0
        grep -q store.wrongPassphrase guessed.json || return 1
    done
    return 1
}
fact "the chip stops guesses" until_refused
says "the right passphrase too" 20 "$(refused store.tooManyTries)" rows guessed
export LOKET_TPM=swtpm:host=127.0.0.1,port=2321
export LOKET_PASSPHRASE_FILE=$PWD/another

# --- erased ---------------------------------------------------------------------------------------------------

says "one more is sealed and not sent" 0 "len(it) == 1" enrol locked 3a
stop_central
cp -r locked image
says "what has not arrived is not erased by mistake" 20 "$(refused store.packetsWaiting)" \
    "$loket" erase --yes --home locked --json
says "the kit is erased, proven by itself" 0 "it['isProof'] and not it['copiesOpen'] and it['statement']['packetsWaiting'] >= 1" \
    "$loket" erase --keep-packets --yes --home locked --json
statement=$(python3 -c 'import json; print(json.load(open("answer.json"))["file"])')
python3 - >public.pem <<'PYTHON'
import sqlite3
print(sqlite3.connect("file:central/central.sqlite?mode=ro", uri=True)
      .execute("SELECT signingKey FROM kit WHERE id = 'KIT-2'").fetchone()[0])
PYTHON
says "the statement is the kit's, by the key that central has" 0 "it['isProof']" \
    "$loket" erase --verify "$statement" --key public.pem --json
python3 - "$statement" <<'PYTHON'
import sys
text = open(sys.argv[1]).read()
place = text.rindex(".") + 9
open("changed.json", "w").write(text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1:])
PYTHON
says "a changed one is not" 4 "$(refused input.unreadableFile)" "$loket" erase --verify changed.json --key public.pem --json
says "the kit opens no more" 20 "$(refused store.erased)" rows locked
says "nor does the copy from before, with the right passphrase, on the same laptop" 20 "$(refused store.machineChanged)" rows image
fact "the chip keeps nothing of the kit" test -z "$(tpm2_getcap handles-nv-index)"
fact "nothing on the erased disk tells who was helped" readable locked stick
mkdir last
says "what was sealed comes out without any key" 0 "it['written'] and not it['withoutManifest'] and not it['failed']" \
    env -u LOKET_PASSPHRASE_FILE "$loket" queue export last --rescue --home locked --json
"$central" packet import last --dir central --json >import.json 2>&1
fact "and arrives, but for who is there already" python3 - <<'PYTHON'
import json
it = json.load(open("import.json"))
assert it["received"] == 1, it
assert all(item["outcome"] == "received" or item.get("code") == "caseKnown" for item in it["items"]), it
PYTHON
says "central holds nine of the two kits, each once" 0 "len({row['packet'] for row in it}) == len(it) == 9" held

echo "vault-kit: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
