#!/bin/bash
# A kit's journal by the real programs: days are closed, the journal is given away and read by audit-verify.py, which
# has nothing of ours; the seals go to central, over TLS and on a stick, and central finds a journal whose end was cut
# off; then the kit's database is edited behind its back, and its clock is ten years off.
#
#   audit-kit.sh BINARIES      prints one line a fact: `ok …` or `FAIL …`; 77 when a tool is missing
#
# The clock needs `faketime`; without it those facts are skipped by name. Training keys, an invented kit, one folder.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
[ -x "${1:-}/loket" ] && [ -x "$1/loket-central" ] || { echo "usage: audit-kit.sh FOLDER-WITH-loket-AND-loket-central" >&2; exit 2; }
needs_python cryptography sqlite3
binaries=$(cd "$1" && pwd)
loket=$binaries/loket central=$binaries/loket-central
work=$(mktemp -d)
serving=
trap '[ -z "$serving" ] || kill "$serving" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 2
give_passphrase
export LOKET_HOME=$work/kit TZ=Europe/Brussels
export PYTHONDONTWRITEBYTECODE=1

# ends STATUS COMMAND...: it ends with that and no other, within a time; what it says lies in `said`.
ends() {
    local status=$1 found=0
    shift
    timeout -k 5 120 "$@" >said 2>&1 || found=$?
    [ "$found" -eq "$status" ] || { echo "status $found for $status: $*"; cat said; return 1; }
}
# shows CONDITION: of the JSON in `said`, which is `x`.
shows() { python3 -c 'import json, sys; x = json.load(open("said")); sys.exit(0 if eval(sys.argv[1]) else f"{sys.argv[1]}: {x}")' "$1"; }
verifier() { ends "$1" python3 "$here/audit-verify.py" "${@:2}"; }

# --- days closed ---------------------------------------------------------------------------------------------

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
make_central --training
bundle_for TEST-AUDIT --url "https://localhost:$port"
provision kit

shown() { ends 0 "$loket" dayclose --show --json && shows 'x.get("seal") is None and x["left"] == []'; }
closed() { ends 0 "$loket" dayclose "${@:2}" --json && shows "x[\"seal\"][\"number\"] == $1 and x[\"seal\"][\"lines\"] == $1"; }
yesterday=$(date -d 'yesterday 12:00' +%F)
fact "a sheet is shown and nothing signed" shown
fact "a day is closed" closed 1
fact "once: closing it again shows the same seal" closed 1
fact "yesterday, which was forgotten, has a seal of its own" closed 2 --date "$yesterday"
to_come() { ends 4 "$loket" dayclose --date 2099-01-01 && grep -q "input.dayToCome" said && grep -q "moet\|begonnen" said; }
fact "a day that is still to come is refused by name" to_come

whole() { ends 0 "$loket" audit verify --json && shows "x['findings'] == [] and x['lines'] == $1 and x['seals'] == $2"; }
fact "the journal is whole" whole 2 2
words() {
    local verb
    for verb in "queue list" "key status" "kit status" "audit show"; do
        # shellcheck disable=SC2086 # two words
        ends 0 "$loket" $verb --json && shows 'x is not None' || return 1
    done
}
fact "queue, key, kit and journal answer in JSON" words

# --- given away ----------------------------------------------------------------------------------------------

given() { # FILE: written, and what is told of it is the file as it lies there.
    ends 0 "$loket" audit export "$1" --public-key kit.pem --json &&
        shows "x['bytes'] == $(wc -c <"$1") and x['digest'] == '$(sha256sum "$1" | cut -d ' ' -f 1)'"
}
fact "the journal is given away, and told by its whole length and digest" given export.jsonl
fact "a reader that has nothing of ours finds it whole" verifier 0 export.jsonl kit.pem --kit TEST-AUDIT
same_file() { verifier 0 export.jsonl kit.pem && grep -q "$(wc -c <export.jsonl) bytes, SHA-256 $(sha256sum export.jsonl | cut -d ' ' -f 1)" said; }
fact "it tells the same length and digest" same_file
fact "it finds every edit" verifier 0 --campaign export.jsonl kit.pem
tail -1 said | sed 's/^/     /'
read_file() { ends "$1" "$loket" audit verify --json --key "${3:-kit.pem}" --of-kit "${4:-TEST-AUDIT}" --file "$2"; }
fact "so does the kit's own program, without the kit" read_file 0 export.jsonl
sed 's/day-closed/day-Closed/' export.jsonl >changed.jsonl
fact "one letter changed: found by the kit's program" read_file 1 changed.jsonl
fact "and by the other reader" verifier 1 changed.jsonl kit.pem
sed '$d' export.jsonl >short.jsonl
fact "without its last line: found by the kit's program" read_file 1 short.jsonl
fact "another kit's name: found" read_file 1 export.jsonl kit.pem TEST-OTHER
python3 -c 'from cryptography.hazmat.primitives import serialization as s; from cryptography.hazmat.primitives.asymmetric import ec
print(ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo).decode(), end="")' >other.pem
fact "another key: found by both" eval 'read_file 1 export.jsonl other.pem && verifier 1 export.jsonl other.pem'

# --- central knows -------------------------------------------------------------------------------------------

serve_central --training --port "$port"
synced() { ends 0 "$loket" sync --json && shows "x['sealsSent'] == $1 and x['sealsRefused'] == {}"; }
fact "a sync hands in the seals of both days" synced "[1, 2]"
fact "once: the next sync has none" synced "[]"
listed() {
    ends 0 "$central" audit list --dir central --kit TEST-AUDIT --json &&
        shows "[d['number'] for d in x[0]['closed']] == $1 and x[0]['needsLook'] is $2 and x[0]['gaps'] == []"
}
fact "the office sees both days closed, and nothing to look at" listed "[1, 2]" False
shown_there() { ends 0 "$central" audit show --dir central --kit TEST-AUDIT --day "$yesterday" && grep -q "seal 2 .*$yesterday" said; }
fact "and what was signed" shown_there
by_central() { ends "$1" "$central" audit verify "$2" --dir central --kit TEST-AUDIT --json; }
agrees() { by_central 0 export.jsonl && shows "x['findings'] == [] and x['lines'] == 2 and x['seals'] == 2"; }
fact "the journal agrees with all that central has" agrees
cut_off() { # The last line and the seal over it are gone, and nothing in the kit tells of them.
    rm -rf cut
    cp -r kit cut
    python3 - <<'PYTHON' || return 1
import sqlite3
store = sqlite3.connect("cut/store.sqlite", isolation_level=None)
for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
    store.execute(f"DROP TRIGGER {name}")
store.execute("DELETE FROM journal WHERE position = 2")
store.execute("DELETE FROM audit_seal WHERE number = 2")
PYTHON
    ends 0 "$loket" audit verify --home cut --json && shows "x['findings'] == [] and x['lines'] == 1" || return 1
    ends 0 "$loket" audit export cut.jsonl --home cut && verifier 0 cut.jsonl kit.pem
}
fact "the end cut off with its seal: the kit by itself, and whoever has its key, find nothing" cut_off
found_there() { by_central 21 cut.jsonl && shows "[(f['kind'], f['seal'], f['position']) for f in x['findings']] == [('endCutOff', 2, 2)]"; }
fact "central finds it, by the seal that it has" found_there
closed_again() { ends 0 "$loket" dayclose --date "$(date -d '2 days ago 12:00' +%F)" --json && shows 'x["seal"]["number"] == 3'; }
fact "the day before, forgotten too, is closed" closed_again
by_stick() {
    mkdir -p stick
    ends 0 "$loket" queue export stick --json && shows "x['seals'] == [3]" || return 1
    ends 0 "$central" packet import stick --dir central --json &&
        shows "[(s['isNew'], s.get('code')) for s in x['seals']] == [(True, None)]"
}
fact "its seal comes on a stick" by_stick
fact "the network takes it once more, as known" synced "[3]"
fact "the office sees three" listed "[1, 2, 3]" False
stranger() { # Another copy of the kit closes a day of its own under a number that central has.
    rm -rf copy
    cp -r cut copy
    ends 0 "$loket" dayclose --home copy --date "$yesterday" --json && ends 0 "$loket" sync --home copy --json &&
        shows "x['sealsRefused'] == {'2': 'sealForked'}" && listed "[1, 2, 2, 3]" True && grep -q '"contradiction":"number"' said
}
fact "another copy of the kit at work: both seals are kept, and the office is told" stranger
stop_central
serving=

# --- edited behind the kit's back ----------------------------------------------------------------------------

cat >edit.py <<'PYTHON'
import hashlib, sqlite3, sys
home, statement, *how = sys.argv[1:]
store = sqlite3.connect(f"{home}/store.sqlite", isolation_level=None)
if "kept" not in how:
    for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        store.execute(f"DROP TRIGGER {name}")
store.execute(statement)
previous = ""
if "anew" in how:  # as somebody does who knows how the digests are made and has no key
    for row in store.execute("SELECT position, at, event, case_id, packet_id, officer, reason FROM journal ORDER BY 1").fetchall():
        text = ",".join("-" if f is None else f"{len(str(f).encode())}:{f}" for f in (previous, *row))
        previous = hashlib.sha256(text.encode()).hexdigest()
        store.execute("UPDATE journal SET digest = ? WHERE position = ?", (previous, row[0]))
PYTHON
# found KIND PLACE STATEMENT [anew]: the edit is found first there: `position` or `seal`, and its number.
found() {
    rm -rf edited
    cp -r kit edited
    python3 edit.py edited "${@:3}" && ends 1 "$loket" audit verify --home edited --json &&
        shows "any(f['kind'] == '$1' and f.get('${2% *}') == ${2#* } for f in x['findings'])"
}
fact "the database refuses an edit" eval '! python3 edit.py kit "UPDATE journal SET at = 0" kept 2>refused && grep -q "only added to" refused'
fact "a time edited: found at its line" found lineChanged "position 1" "UPDATE journal SET at = at + 1 WHERE position = 1"
edited_export() { ends 0 "$loket" audit export --home edited edited.jsonl && verifier 1 edited.jsonl kit.pem && grep -q "WRONG at line 1" said; }
fact "given away all the same, the other reader names that line" edited_export
fact "a word edited and every digest made anew: found by the seal" \
    found linesRewritten "seal 1" "UPDATE journal SET reason = 'no-network' WHERE position = 1" anew
fact "a line taken out: found where it was" found linesMissing "position 1" "DELETE FROM journal WHERE position = 1"
fact "the end cut off: found by the seal over it" found endCutOff "seal 3" "DELETE FROM journal WHERE position = 3"
fact "a seal taken out: found" found sealsMissing "seal 1" "DELETE FROM audit_seal WHERE number = 1"
fact "a seal edited: found" found sealNotBelieved "seal 2" \
    "UPDATE audit_seal SET statement = replace(statement, '.', '.A') WHERE number = 2"

# --- ten years off -------------------------------------------------------------------------------------------

off() { # YEARS JUMP: told in the journal, nothing signed by mistake, nothing lost
    rm -rf off
    cp -r kit off
    local at=(faketime --exclude-monotonic -f "$1") verb
    ends 1 "${at[@]}" "$loket" dayclose --home off --json &&
        shows "x['clock'] == 'implausible' and [l['kind'] for l in x['left']] == ['clock'] and x.get('seal') is None" || return 1
    for verb in "queue list" "kit status"; do
        # shellcheck disable=SC2086 # two words
        ends 0 "${at[@]}" "$loket" $verb --home off --json && shows 'x is not None' || return 1
    done
    ends 0 "${at[@]}" "$loket" dayclose --home off --anyway no-network --json && shows "x['seal']['number'] == 4" || return 1
    ends 0 "$loket" dayclose --home off --json && shows "x['clock'] == 'synchronised' and x['seal']['number'] == 5" || return 1
    ends 0 "$loket" audit verify --home off --json && shows "x['findings'] == [] and x['unsealedLines'] == 0 and \
[int(r['detail']) for r in x['remarks'] if r['kind'] == 'clockJumped'] == [$2, -($2)]"
}
if command -v faketime >/dev/null; then
    fact "ten years slow: named, written down to the second, and undone" off -10y -315360000
    fact "ten years fast: named, written down to the second, and undone" off +10y 315360000
else
    echo "skip a clock ten years off: faketime is missing"
    skipped=2
fi

echo "audit-kit: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
