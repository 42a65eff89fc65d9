#!/bin/bash
# A kit whose key lies in a chip and is opened by an officer's card, by the real programs: swtpm, which we did not
# write, stands in for the laptop's TPM and checks the card's signature, pcscd's virtual reader holds the card, OpenSC
# counts the PIN's tries, and tpm2-tools look into the chip. The kit is provisioned, given cards, opened by card and
# PIN, guessed at, copied to another laptop, put back, and rid of a card whose officer has left.
#
#   card-opens-kit.sh BINARIES      prints one line a fact: `ok …` or `FAIL …`; 77 when a tool is missing
#
# Runs as root in namespaces of its own (mounts, network, processes), so that no pcscd, reader, port or chip of the
# machine is touched and nothing outlives it. The people are those of the training day.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=witness.sh
. "$here/witness.sh"
[ -x "${1:-}/loket" ] && [ -x "$1/loket-central" ] ||
    { echo "usage: card-opens-kit.sh FOLDER-WITH-loket-AND-loket-central" >&2; exit 2; }
needs pcscd opensc-tool openssl swtpm tpm2_getcap python3
own_namespaces "$0" "$@"
binaries=$(realpath "$1")
loket=$binaries/loket
central=$binaries/loket-central
responder=http://127.0.0.1:2560
export PYTHONDONTWRITEBYTECODE=1 TPM2TOOLS_TCTI=swtpm:host=127.0.0.1,port=2321

# --- reader, cards, chips, central ----------------------------------------------------------------------------

start_pcscd
# By the query that costs no try from applet 1.7 on.
tries_are() { opensc-tool --reader 0 --send-apdu 00200001 | tee tries.log | grep -qi "SW1=0x63, SW2=0xC$1"; }
chip() { # FOLDER PORT
    mkdir -p "$1"
    swtpm socket --tpm2 --tpmstate "dir=$1" --server "type=tcp,port=$2" --ctrl "type=tcp,port=$(($2 + 1))" \
        --flags not-need-init,startup-clear >"$1.log" 2>&1 &
    last_chip=$!
    until_true "the chip $1" listens "$2"
    until_true "the chip $1" listens "$(($2 + 1))"
}
chip laptop 2321; laptop=$last_chip
chip elsewhere 2331
export LOKET_TPM=swtpm:host=127.0.0.1,port=2321
elsewhere() { LOKET_TPM=swtpm:host=127.0.0.1,port=2331 "$@"; }
no_chip() { LOKET_TPM=swtpm:host=127.0.0.1,port=2341 "$@"; }

(umask 077; echo 'niet te raden, echt niet' >passphrase; echo 'een gok' >guess)
passphrase=$PWD/passphrase
by_phrase() { LOKET_PASSPHRASE_FILE=$passphrase "$@"; }
sync() { # WHAT [EXPRESSION]
    serve_central --training --port 8443 --responder $responder
    says "$1" 0 "it['left'] == 0 and ${2:-True}" by_phrase "$loket" sync --home kit --json
    stop_central
}
number_of() { # OPTION...: the national number of a card
    put_in "$@"
    "$loket" card read --json 2>read.log | python3 -c 'import json, sys; print(json.load(sys.stdin)["nationalNumber"])'
    take_out
}
one=(--profile v1.8) two=(--profile v1.7 --person 2) three=(--profile v1.8 --person 3)
numbers=("$(number_of "${one[@]}")" "$(number_of "${two[@]}")" "$(number_of "${three[@]}")")
# What put_in started in a subshell is gone with it.
until_true "an empty reader" has_no_card
fact "three officers, three numbers" test "$(printf '%s\n' "${numbers[@]}" | sort -u | grep -c .)" = 3
make_central --training
for i in 0 1 2; do
    needed "officer S$((i + 1)) on the list" bash -c '"$0" officers add --dir central --kit KIT-1 --officer "$1" <<<"$2"' \
        "$central" "S$((i + 1))" "${numbers[$i]}"
done
bundle_for KIT-1

# --- a machine lock, and a chip that limits guesses -----------------------------------------------------------

key() { by_phrase "$loket" key "$@" --home kit --json; }
by_card() { local pin=$1; shift; printf '%s\n' "$pin" | "$loket" "$@" --card-pin-stdin --home kit --json; }
rows() { LOKET_PASSPHRASE_FILE=${2:-$passphrase} "$loket" queue list --home "$1" --json; }
says "a kit is made under the machine's lock, and its chip told to limit guesses" 0 \
    "it['lock'] == 'machine' and it['chipLimit']['isClosed'] and it['chipLimit']['isOurs'] and it['chipLimit']['most'] == 32" \
    by_phrase "$loket" provision --bundle bundle.json --home kit --lock machine --json
fact "so the chip says itself" bash -c 'tpm2_getcap properties-variable | grep -A9 TPM2_PT_PERMANENT | grep -q "lockoutAuthSet: *1"'
says "the status names the chip, its limit, and no card" 0 \
    "it['version'] == 3 and it['chip'] and it['chipLimit']['isOurs'] and it['cards'] == 0" key status
says "no card opens it yet" 20 "$(refused store.cardRefused)" by_card 1234 queue list </dev/null

# --- cards are added ------------------------------------------------------------------------------------------

put_in "${one[@]}"
says "a wrong PIN adds no card, and says what is left" 5 "$(refused login.wrongPIN) and it['error']['detail'] == 'tries left 2'" \
    bash -c 'LOKET_PASSPHRASE_FILE=$1 "$0" key cards add --pin-stdin --home kit --json <<<9999' "$loket" "$passphrase"
fact "which is one less" tries_are 2
add_card() { LOKET_PASSPHRASE_FILE=$passphrase "$loket" key cards add --pin-stdin --home kit --json <<<1234; }
says "the first officer's card is added (P-384)" 0 "[row['officer'] for row in it] == ['S1']" add_card
fact "by its right PIN" tries_are 3
take_out
put_in "${two[@]}"
says "another officer's card does not open it" 20 "$(refused store.cardRefused)" by_card 9999 queue list
fact "and was asked for no PIN" tries_are 3
take_out
put_in --profile v1.8 --person 2 --authority another
says "nor one of the same kind with another key" 20 "$(refused store.cardRefused)" by_card 9999 queue list
fact "which was asked for no PIN either" tries_are 3
take_out
put_in "${two[@]}"
says "the second officer's is added (RSA)" 0 "[row['officer'] for row in it] == ['S1', 'S2']" add_card
says "two cards, one secret of theirs in the chip" 0 "it['cards'] == 2 and it['cardSlot'] and it['slotsToDestroy'] == 0" key status

# --- opened by card and PIN -----------------------------------------------------------------------------------

says "RSA: the kit opens by card and PIN, and the officer is in by the same PIN" 0 \
    "(it['officer'], it['proof']) == ('S2', 'card')" by_card 1234 login
take_out
put_in "${one[@]}"
says "P-384: so it does" 0 "(it['officer'], it['proof']) == ('S1', 'card')" by_card 1234 login
says "a wrong PIN opens nothing and costs exactly one try" 5 \
    "$(refused login.wrongPIN) and it['error']['detail'] == 'tries left 2'" by_card 9999 queue list
fact "so the card says" tries_are 2
says "letters are no PIN" 5 "$(refused login.needed)" by_card abcd queue list
fact "and cost none" tries_are 2
says "the right one opens it" 0 "it == []" by_card 1234 queue list
fact "and gives the tries back" tries_are 3
says "the journal names who opened it" 0 \
    "[row['officer'] for row in it if row['event'] == 'officer-logged-in'][-3:] == ['S2', 'S1', 'S1']" \
    by_phrase "$loket" audit show --home kit --json

# --- a terminal -----------------------------------------------------------------------------------------------

at_terminal() { # LANGUAGE WHAT-IS-TYPED...: each after the program has asked
    LOKET_LANGUAGE=$1 python3 - "$loket" "${@:2}" <<'PYTHON'
import os, pty, select, signal, sys, termios, time
child, master = pty.fork()
if child == 0:
    os.execv(sys.argv[1], [sys.argv[1], "queue", "list", "--home", "kit"])
seen, typed, end = b"", sys.argv[2:], time.monotonic() + 120
asked = False
while time.monotonic() < end:
    if select.select([master], [], [], 0.2)[0]:
        try:
            more = os.read(master, 4096)
        except OSError:
            break
        if not more:
            break
        seen += more
        asked = seen.rstrip(b" ").endswith(b":")
    # What is typed before the echo is off is thrown away.
    if asked and typed and not termios.tcgetattr(master)[3] & termios.ECHO:
        os.write(master, typed.pop(0).encode() + b"\n")
        asked = False
else:
    os.kill(child, signal.SIGKILL)
_, status = os.waitpid(child, 0)
print(seen.decode(errors="replace"))
sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)
PYTHON
}
at_terminal nl '' 1234 >terminal.log 2>&1
fact "on a terminal Enter takes the card" bash -c '[ "$0" = 0 ] && grep -q "Leg uw eID-kaart in de lezer en druk op Enter, of typ het wachtwoord" terminal.log && grep -q "Pincode van de kaart (3 pogingen over)" terminal.log' $?
at_terminal fr "$(cat passphrase)" >terminal.log 2>&1
fact "and a passphrase the passphrase, in French" bash -c '[ "$0" = 0 ] && grep -q "ou tapez le mot de passe du kit" terminal.log' $?
fact "neither PIN nor passphrase was shown" bash -c '! grep -q -e 1234 -e "niet te raden" terminal.log'

# --- a full screen --------------------------------------------------------------------------------------------

logins() { # how often an officer was let in, by the journal
    by_phrase "$loket" audit show --home kit --json 2>/dev/null |
        python3 -c 'import json, sys; print(sum(row["event"] == "officer-logged-in" for row in json.load(sys.stdin)))'
}
if ! command -v tmux >/dev/null; then
    for what in "the screen at the start" "a wrong PIN there" "the right PIN there" "the locked screen" \
        "what is left on the terminal" "who leaves has opened nothing"; do
        skip "$what: tmux is not installed"
    done
else
    mkfifo never # never written to: reading it is how the terminal stays when the program has ended
    screen() { tmux -S "$PWD/tmux" "$@"; }
    shows() { screen capture-pane -p | grep -q -- "$1"; } # TEXT
    typed() { screen send-keys "$@"; }
    screen -f /dev/null new-session -d -x 80 -y 24 "'$loket' --home kit; echo LEFT \$?; exec cat never"
    until_true "the question for the PIN" shows "Pogingen over: 3"
    fact "the screen at the start says which kit it is, that a card is in, and how many tries are left" \
        bash -c 'grep -q "KIT-1" <<<"$0" && grep -q "kaart in de lezer" <<<"$0"' "$(screen capture-pane -p)"
    typed 9999 Enter
    until_true "the wrong PIN" shows "Pogingen over: 2"
    fact "a wrong PIN is said there, with what is left" shows "niet juist"
    typed 1234 Enter
    until_true "the day's list" shows "Bezoeken"
    fact "the right one opens the kit and lets the officer in" shows S1
    typed F12
    until_true "the locked screen" shows "om u aan te melden"
    typed Enter
    until_true "the question at the locked screen" shows "Pogingen over: 3"
    typed 1234 Enter
    until_true "the day's list again" shows "Bezoeken"
    fact "the locked screen is opened by the same card and PIN" shows S1
    typed q
    until_true "the question whether to leave" shows "Afsluiten?"
    typed 2
    until_true "the end" shows "LEFT 0"
    fact "nothing that was typed is left on the terminal" bash -c '! tmux -S "$0/tmux" capture-pane -p -S - | grep -q -e 1234 -e 9999' "$PWD"
    before=$(logins)
    screen respawn-pane -k "'$loket' --home kit; echo LEFT \$?; exec cat never"
    until_true "the question for the PIN" shows "Pogingen over: 3"
    typed 12 Escape
    until_true "the end" shows "LEFT 0"
    fact "who leaves has opened nothing" test "$(logins)" = "$before" -a "${before:-0}" -gt 0
    fact "and keeps nobody from opening it" by_card 1234 queue list
    screen kill-server
fi

# --- the chip's limit -----------------------------------------------------------------------------------------

guesses() { # as many as it lets through, and one
    for count in $(seq 40); do
        rows kit "$PWD/guess" >guessed.json 2>/dev/null && return 1
        grep -q store.tooManyTries guessed.json && { echo $((count - 1)); return 0; }
        grep -q store.wrongPassphrase guessed.json || return 1
    done
    return 1
}
count=$(guesses)
fact "the chip stops guesses at the passphrase after 32" test "$count" -le 32 -a "$count" -ge 28
says "the right one too" 20 "$(refused store.tooManyTries)" rows kit
kill -KILL $laptop; wait $laptop 2>/dev/null
chip laptop 2321; laptop=$last_chip
says "starting the laptop anew does not help" 20 "$(refused store.tooManyTries)" rows kit
says "an officer's card opens it all the same" 0 "it == []" by_card 1234 queue list
says "and with it the count is set back" 0 "it['isOurs'] and it['wrongNow'] == 0" by_card 1234 key protect-chip
says "so that the passphrase opens it" 0 "it == []" rows kit
# After a wrong authority the chip takes the right one neither, for two hours: so this comes last.
fact "nobody sets the count back without the authority" bash -c '! tpm2_dictionarylockout --clear-lockout'

# --- another laptop -------------------------------------------------------------------------------------------

cp -r kit moved
moved() { printf '1234\n' | "$loket" queue list --card-pin-stdin --home moved --json; }
says "a copy of the disk opens by no card on another laptop" 20 \
    "$(refused store.machineChanged) and 'another chip' in it['error']['detail']" elsewhere moved
says "nor by its passphrase" 20 "$(refused store.machineChanged) and 'another chip' in it['error']['detail']" elsewhere rows moved
says "nor without a chip" 20 "$(refused store.machineChanged)" no_chip moved
fact "no PIN was asked for" tries_are 3

# --- a card is taken off --------------------------------------------------------------------------------------

cp -r kit older
says "the first officer's card is taken off by the second way" 0 "[row['officer'] for row in it] == ['S2']" \
    key cards remove S1
says "it opens nothing any more" 20 "$(refused store.cardRefused)" by_card 9999 queue list
older() { printf '1234\n' | "$loket" queue list --card-pin-stdin --home older --json; }
says "nor an older copy of the kit" 20 "$(refused store.machineChanged)" older
fact "and was asked for no PIN" tries_are 3
take_out
put_in "${two[@]}"
says "the second officer's goes on" 0 "(it['officer'], it['proof']) == ('S2', 'card')" by_card 1234 login
cp -r kit older2
by_phrase "$loket" key rotate --home kit --json >/dev/null 2>&1
says "after a rotation, too" 0 "it == []" by_card 1234 queue list
says "and no copy from before it opens" 20 "$(refused store.machineChanged)" \
    bash -c '"$0" queue list --card-pin-stdin --home older2 --json <<<1234' "$loket"

# --- an officer leaves, and one whose certificate is revoked --------------------------------------------------

needed "S2 comes off the list" "$central" officers remove --dir central --kit KIT-1 --officer S2
cp -r kit older3
sync "the kit learns that the second officer has left"
says "their card is refused at the next opening" 5 "$(refused login.notOnRoster)" by_card 1234 queue list
says "and no card opens the kit" 0 "it == []" key cards list
says "nor an older copy, which does not know that they left" 20 "$(refused store.machineChanged)" \
    bash -c '"$0" queue list --card-pin-stdin --home older3 --json <<<1234' "$loket"
take_out

own=(--profile v1.8 --person 3 --authority authority --ocsp $responder --root-out root.pem --files files)
put_in "${own[@]}"
python3 - "$here/../../offline-cache/reference/card-roots.json" root.pem >roots-2.json <<'PYTHON'
import base64, hashlib, json, ssl, sys
roots = json.load(open(sys.argv[1]))
der = ssl.PEM_cert_to_DER_cert(open(sys.argv[2]).read())
roots["version"] = 2
roots["roots"].append({
    "name": "TEST Root CA6 (Draagbaar Loket)", "kind": "test", "sha256": hashlib.sha256(der).hexdigest(),
    "validFrom": "2020-01-01", "validUntil": "2040-01-01", "certificate": base64.b64encode(der).decode()})
json.dump(roots, sys.stdout)
PYTHON
says "a card of an unknown authority is not added" 5 "$(refused login.cardNotProven)" add_card
needed "a list of roots with it" "$central" roots publish roots-2.json --dir central
sync "the kit takes the list" "it['listsTaken'].get('card-roots') == 2"
says "then it is" 0 "[row['officer'] for row in it] == ['S3']" add_card
says "and opens the kit" 0 "(it['officer'], it['revocation']) == ('S3', 'notChecked')" by_card 1234 login
pem() { openssl x509 -inform DER -in files/DF005038 "$@"; }
printf 'R\t400101000000Z\t%s\t%s\tunknown\t/CN=TEST\n' "$(date -u +%y%m%d%H%M%SZ)" \
    "$(pem -noout -serial | sed 's/.*=//')" >index.txt
openssl ocsp -port 2560 -index index.txt -CA authority/ellipticCurve/citizen.pem \
    -rsigner authority/ellipticCurve/citizen.pem -rkey authority/ellipticCurve/authority.key >ocsp.log 2>&1 &
responding=$!
until_true "the responder" listens 2560
sync "its certificate is revoked, and the kit learns it"
kill "$responding"; wait "$responding" 2>/dev/null
take_out
cp -r kit older4
says "without the card being shown: the next opening takes it off" 0 "it == []" key cards list
put_in "${own[@]}"
says "it opens nothing" 20 "$(refused store.cardRefused)" by_card 9999 queue list
says "nor an older copy" 20 "$(refused store.machineChanged)" \
    bash -c '"$0" queue list --card-pin-stdin --home older4 --json <<<1234' "$loket"
fact "and was asked for no PIN" tries_are 3
take_out

# --- erased ---------------------------------------------------------------------------------------------------

put_in "${three[@]}"
says "one more card" 0 "[row['officer'] for row in it] == ['S3']" add_card
cp -r kit image
says "the kit is erased, both ways in with it" 0 "it['isProof'] and not it['copiesOpen']" \
    by_phrase "$loket" erase --yes --home kit --json
fact "the chip keeps nothing of it" test -z "$(tpm2_getcap handles-nv-index)"
says "no card opens a copy from before" 20 "$(refused store.machineChanged)" \
    bash -c '"$0" queue list --card-pin-stdin --home image --json <<<1234' "$loket"
take_out

# --- a chip with another owner --------------------------------------------------------------------------------

tpm2_changeauth -T swtpm:host=127.0.0.1,port=2331 -c lockout iemand-anders >changeauth.log 2>&1
export LOKET_TPM=swtpm:host=127.0.0.1,port=2331
bundle_for KIT-2
says "where another owner has set the chip's authority a kit is made all the same, and says so" 0 \
    "it['chipLimit']['isClosed'] and not it['chipLimit']['isOurs']" \
    by_phrase "$loket" provision --bundle bundle.json --home kit2 --lock machine --json
says "and nothing of theirs is changed" 1 "it['isClosed'] and not it['isOurs']" \
    by_phrase "$loket" key protect-chip --home kit2 --json

echo "card-opens-kit: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
