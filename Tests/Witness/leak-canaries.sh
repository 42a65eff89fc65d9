#!/bin/bash
# Does anything of a person leave the kit by the way? An invented person, another one for each seed, has a canary in
# every field, and pictures that only this seed gives. They are enrolled through the real pcscd, libusb and hidapi,
# on a disk of the kit's own; the program is killed at random instants and crashes, the packet is sealed, sent,
# receipted and purged, the screens show the person and end in every way. After each step the raw disk (what was
# deleted from it as well), all files, all that was printed or sent to a log, the arguments and environment of
# all processes, core files and the terminal's memory are searched. Then the same search must find each canary
# in each form where a store without encryption wrote them, in a core file, and in a terminal.
#
#   leak-canaries.sh BINARIES [SEED]      prints one line a fact: `ok …` or `FAIL …`; 77 when a tool is missing
#
# LOKET_LEAK_KILLS is how often the program is killed, 3 unless told otherwise; LOKET_LEAK_DISK a device that may be
# written, else a file on a loop device, and a folder where there is none. LOKET_WITNESS is the folder of witnesses
# if it is not ../shared/witness. Runs as root in namespaces of its own (mounts, network, processes), so that no
# pcscd, reader or port of the machine is touched.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
[ -x "${1:-}/loket" ] && [ -x "$1/loket-central" ] || { sed -n '10p' "$0" >&2; exit 2; }
binaries=$(realpath "$1")
witness=$(realpath "${LOKET_WITNESS:-$here/../../../shared/witness}")
export PYTHONDONTWRITEBYTECODE=1
needs pcscd opensc-tool python3 gcc pkg-config tmux mkfs.ext4
pkg-config --exists umockdev-1.0 || { echo "skipped: libumockdev-dev is not installed"; exit 77; }
needs_python cryptography numpy PIL
[ -d "$witness/uru4000-4500" ] && [ -d "$witness/faces" ] || { echo "skipped: no witnesses in $witness"; exit 77; }
own_namespaces "$0" "$@"
loket=$binaries/loket central=$binaries/loket-central
seed=${2:-$RANDOM$RANDOM}
kills=${LOKET_LEAK_KILLS:-3}
RANDOM=$((seed % 32768))
mkdir -p /run/systemd/journal /run/leak
cd /run/leak || exit 2
mkfifo never # never written to: reading it is how to wait without a process

ok() { echo "ok   $1${LOKET_LEAK_TIMES:+ ($SECONDS s)}"; passed=$((passed + 1)); }
figures="tail -1"
fail() {
    bad "$*"
    { tail -n 5 logs/*.log; tmux -L leak capture-pane -p -t shown; } >&2 2>/dev/null
    exit 1
}
pause() { read -rt "$1" <>never || true; }
canaries() { python3 "$here/leak_canaries.py" "$@"; }

# --- the disk, the devices, the person ----------------------------------------------------------------------

mkdir disk plain logs
scratch() { # NAME: a file system of its own, mounted there; gives where its bytes lie
    truncate -s 32M "$1.image"
    mkfs.ext4 -q "$1.image" && mount -o loop "$1.image" "$1" 2>/dev/null && echo "$PWD/$1.image"
}
if [ -n "${LOKET_LEAK_DISK:-}" ]; then
    mkfs.ext4 -qF "$LOKET_LEAK_DISK" && mount "$LOKET_LEAK_DISK" disk || { bad "the disk"; exit 1; }
    raw=$LOKET_LEAK_DISK
else
    raw=$(scratch disk) || raw=
    [ -n "$raw" ] || skip "the raw disk: no loop device here; its files are searched"
fi
mkdir -p disk/home disk/tmp disk/work
export HOME=/run/leak/disk/home TMPDIR=/run/leak/disk/tmp
unset XDG_DATA_HOME XDG_CACHE_HOME XDG_CONFIG_HOME XDG_RUNTIME_DIR LOKET_HOME
export LOKET_PASSPHRASE_FILE=/run/leak/out/passphrase

# Who writes to the system's log writes here.
python3 - logs/syslog.log <<'PYTHON' &
import os, select, socket, sys
sockets = []
for path in "/run/systemd/journal/socket", "/run/systemd/journal/dev-log":
    sockets.append(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
    sockets[-1].bind(path)
with open(sys.argv[1], "wb", 0) as log:
    while True:
        for ready in select.select(sockets, [], [])[0]:
            log.write(ready.recv(1 << 20) + b"\n")
PYTHON

start_pcscd
put_in --profile v1.7 --authority authority --files template
take_out
canaries make "$seed" template authority "$witness/faces/astronaut.png" out || { bad "the canaries"; exit 1; }
chmod 600 out/passphrase
put_in --raw out/card
# shellcheck disable=SC2046
gcc -O2 -o virtual_kit "$here/virtual_kit.c" $(pkg-config --cflags --libs umockdev-1.0) -lpthread || exit 2
python3 - "$here/../../offline-cache/rules/belgian.json" >rules.json <<'PYTHON'
import json, sys
rules = json.load(open(sys.argv[1]))
rules.update(attempts=1, furtherFingers=0, quality={finger: 1 for finger in rules["quality"]})
json.dump(rules, sys.stdout)
PYTHON

number=0
# kit COMMAND...: a command of loket with the scanner and the pad; its process is in `pid`.
kit() {
    rm -f pid
    number=$((number + 1))
    # shellcheck disable=SC2016
    ./virtual_kit "$witness/uru4000-4500" out/pad.script pad.log bash -c '
        echo $$ >/run/leak/pid; cd /run/leak/disk/work && exec "$0" "$@"' "$loket" "$@" \
        >"logs/$number.out.log" 2>"logs/$number.err.log"
}
say() { number=$((number + 1)); "$loket" "$@" >"logs/$number.out.log" 2>"logs/$number.err.log"; }
enrol() { # HOME
    kit enrol --script /run/leak/out/enrol.json --portrait /run/leak/out/portrait.jpg --rules /run/leak/rules.json \
        --home "$1" --patience 20 --json
}
provision() { # NAME HOME
    "$central" keys kit --dir central --kit "$1" --out bundle >central.log 2>&1 && say provision --bundle bundle --home "$2" &&
        rm bundle
}
"$central" keys init --dir central --json >keys.json 2>central.log || { bad "central's keys"; exit 1; }

# --- what there is to look for ------------------------------------------------------------------------------

provision KIT-0 /run/leak/rehearsal || { bad "a kit"; tail -5 logs/*.log; exit 1; }
./virtual_kit "$witness/uru4000-4500" out/pad.script pad.log "$loket" finger capture --position right-index \
    --image finger.pgm >finger.log 2>&1
began=${EPOCHREALTIME/./}
enrol /run/leak/rehearsal || { bad "the rehearsal"; tail -5 "logs/$number.err.log"; exit 1; }
took=$(((${EPOCHREALTIME/./} - began) / 1000))
"$central" packet open rehearsal/packets/*.age --identity central/keys/packet-hybrid.agekey >document.json || exit 1
fact "canaries of seed $seed" canaries know out document.json finger.pgm
rm -r rehearsal document.json finger.pgm

# looked WHAT: everything that the kit could have written until now.
looked() {
    sync
    fact "$1" canaries search out searched ${raw:+"$raw"} disk logs
}
python3 "$here/leak_canaries.py" watch out watched.json & watching=$!
provision KIT-1 /run/leak/disk/home/kit || { bad "the kit"; exit 1; }
# Where the kernel would let a program leave a core file, it must not.
ulimit -c unlimited

# --- killed at random instants, and crashed -----------------------------------------------------------------

ends=(KILL SEGV KILL ABRT KILL TERM)
for round in $(seq 0 $((kills - 1))); do
    end=${ends[round % ${#ends[@]}]}
    delay=$((took * (RANDOM % 1000) / 1000))
    enrol /run/leak/disk/home/kit &
    enrolling=$!
    until_true "an enrolment" test -s pid
    pause "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
    kill -"$end" "$(cat pid)" 2>/dev/null
    wait "$enrolling" 2>/dev/null
    looked "killed by SIG$end after $delay of some $took ms"
done
cores=$(find disk . -xdev -name 'core*' -type f)
if [ -z "$cores" ]; then ok "no core file of $kills kills, with core files allowed and core_pattern $(cat /proc/sys/kernel/core_pattern)"
else bad "core files: $cores"; fi

# --- shown on the screens, ended in every way ---------------------------------------------------------------

fact "visits imported" say visits import /run/leak/out/visits.json --home disk/home/kit
street=$(python3 -c 'import json; print(json.load(open("out/texts.json"))["address.street"].split()[0])')
terminal() { tmux -L leak -f /dev/null "$@"; }
# Else the server would end with each session.
terminal new-session -d -s idle "read -r <>never"
on_screen() { terminal capture-pane -p -t shown | grep -q "$1"; }
# ended HOW TERMINAL END...: the screens with the person on them, and what stays of them
ended() {
    local how=$1 kind=$2; shift 2
    terminal new-session -d -s shown -x 100 -y 30 "env TERM=$kind PS1='shell> ' bash --norc"
    until_true "a shell" on_screen 'shell>'
    terminal send-keys -t shown "echo before; $loket --home /run/leak/disk/home/kit; echo ended" Enter
    until_true "the screens with the person, on $kind" on_screen "$street"
    terminal send-keys -t shown Down
    terminal resize-window -t shown -x 90 -y 26
    until_true "the screens in another size" on_screen "$street"
    terminal capture-pane -p -t shown -e -S - >shown
    "$@"
    until_true "the end by $how" on_screen '^ended'
    { terminal capture-pane -p -t shown -e -S -; terminal capture-pane -p -t shown -e -a -S - 2>/dev/null; } >kept
    fact "screens ended by $how, TERM=$kind: nothing in the terminal" canaries search out kept kept
    terminal send-keys -t shown "stty -a" Enter
    until_true "the terminal's modes" on_screen 'rows'
    if terminal capture-pane -p -t shown | grep -q -- '-icanon\|-echo '; then bad "and its modes are back"; else ok "and its modes are back"; fi
    terminal kill-session -t shown
}
by_keys() {
    terminal send-keys -t shown C-q
    until_true "the question" on_screen Afsluiten
    terminal send-keys -t shown 2 Enter
}
# Only this namespace's processes are there.
signalled() { pkill "-$1" -f -- '^[^ ]*loket --home'; }
for kind in xterm-256color vt100; do
    ended "the keys" $kind by_keys
    ended SIGSEGV $kind signalled SEGV
done
ended SIGTERM xterm-256color signalled TERM
looked "after the screens"
fact "control: the terminal did show the person" canaries some out shown shown

# --- sealed, sent, purged -----------------------------------------------------------------------------------

# Where a kill fell behind the sealing, the person is not asked again.
enrol /run/leak/disk/home/kit || grep -q central.caseKnown "logs/$number.err.log" ||
    { bad "the enrolment"; tail -5 "logs/$number.err.log"; }
looked "sealed"
"$central" serve --dir central >ready.json 2>>central.log & serving=$!
until_true "central" test -s ready.json
say sync --home disk/home/kit --json || bad "the synchronisation"
"$loket" queue list --home disk/home/kit --json >queue.json 2>queue.log
python3 -c 'import json; rows = json.load(open("queue.json")); exit([row["state"] for row in rows] != ["purged"])' &&
    [ -z "$(ls disk/home/kit/packets)" ] || bad "a packet is left"
looked "sent, receipted, purged"
"$central" officers add --dir central --kit KIT-1 --officer S1 <out/officer >>central.log 2>&1 || bad "the officer's list"
say sync --home disk/home/kit --json || bad "the synchronisation of the list"
looked "an officer's list taken"
for verb in "visits list" "queue list" "enrol --script /run/leak/out/enrol.json" "visits import /run/leak/out/enrol.json" \
    "login --status" "card verify" "devices list"; do
    # shellcheck disable=SC2086
    say $verb --home disk/home/kit --json </dev/null || say $verb </dev/null
done
looked "verbs and their errors"
kill "$serving"
wait "$serving" 2>/dev/null
fact "central's own disk and logs" canaries search out central central central.log ready.json

kill "$watching"
wait "$watching"
fact "arguments and environment" python3 -c '
import json, sys
seen = json.load(open("watched.json"))
print("{hits} hits in {texts} texts, {rounds} looks at all processes".format(**seen))
sys.exit(bool(seen["hits"]) or not seen["rounds"])'

# --- what is left, and to whom ------------------------------------------------------------------------------

fact "every file of the day belongs to one and is read by one" python3 - <<'PYTHON'
import os, stat, sys
count = bad = 0
for root, folders, names in os.walk("disk/home/kit"):
    for path in [root] + [os.path.join(root, name) for name in names]:
        state = os.lstat(path)
        count += 1
        wanted = 0o700 if stat.S_ISDIR(state.st_mode) else 0o600
        if stat.S_ISLNK(state.st_mode) or stat.S_IMODE(state.st_mode) != wanted or state.st_uid != os.getuid():
            bad += 1
            print(f"{path}: {state.st_mode:o} of {state.st_uid}")
print(f"{count} files and folders, {bad} otherwise")
sys.exit(bool(bad) or count < 5)
PYTHON

# --- controls: the same search finds it all -----------------------------------------------------------------

plainly=$(scratch plain) || plainly=
[ -n "$plainly" ] || plainly=plain
canaries plain out plain/store
sync
if [ "$plainly" = plain ]; then skip "control: deleted from a disk: no loop device"
else fact "control: a store without encryption, deleted from its disk" canaries control out "$plainly"; fi
mkdir crash
(cd crash && exec python3 "$here/leak_canaries.py" hold ../out >../held) & holding=$!
until_true "the program that holds it all" grep -q held held
kill -SEGV "$holding"
wait "$holding" 2>/dev/null
if compgen -G 'crash/core*' >/dev/null; then
    fact "control: the core file of a program that was not hardened" canaries some out core crash
else
    skip "control: core files: core_pattern is $(cat /proc/sys/kernel/core_pattern)"
fi

echo "leak-canaries: $passed passed, $failed failed, $skipped skipped, seed $seed, $SECONDS s"
[ "$failed" -eq 0 ]
