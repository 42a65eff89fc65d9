#!/usr/bin/env bash
# What of a person does memory pressure write to the swap area? In a Debian kernel with a real swap area, an invented
# person with canaries in every field is enrolled on the emulated kit while the kernel is told to reclaim the
# program's memory again and again; then the whole area is searched, by what lies in it and by what once lay there.
# Once as the kit runs it, where it may lock its memory: nothing may be found. Once more without that right, as a
# control: the person must be found.
#
#   leak-swap.sh BINARIES [SEED]      prints one line a fact; 77 when a tool is missing
#
# LOKET_LEAK_SECONDS is how long the guest may run, 380 unless told otherwise.
#
# Needs the bench's packages (devices/bench) and Python's numpy and Pillow.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ -x "${1:-}/loket" ] && [ -x "$1/loket-central" ] || { sed -n '8p' "$0" >&2; exit 2; }
binaries=$(realpath "$1")
for tool in qemu-system-x86_64 mkswap swapon python3 setpriv; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed" >&2; exit 77; }
done
python3 -c 'import numpy, PIL' 2>/dev/null || { echo "skipped: no Python packages numpy and Pillow" >&2; exit 77; }
export PYTHONDONTWRITEBYTECODE=1
seed=${2:-$RANDOM$RANDOM}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
canaries() { python3 "$here/leak_canaries.py" "$@"; }
canaries visit "$seed" "$work/out"
chmod 600 "$work/out/passphrase"
export LOKET_PASSPHRASE_FILE=$work/out/passphrase
{
    "$binaries/loket-central" keys init --dir "$work/central" --training --json
    for kit in rehearsal kit; do
        "$binaries/loket-central" keys kit --dir "$work/central" --kit "KIT-$kit" --out "$work/bundle"
        "$binaries/loket" provision --bundle "$work/bundle" --home "$work/$kit"
        rm "$work/bundle"
    done
    cp -r "$work/kit" "$work/other"
    "$binaries/loket" enrol --script "$work/out/enrol.json" --emulated --home "$work/rehearsal"
    "$binaries/loket" finger capture --position right-index --emulated --image "$work/finger.pgm"
    "$binaries/loket-central" packet open "$work"/rehearsal/packets/*.age \
        --identity "$work/central/keys/packet-hybrid.agekey" >"$work/document.json"
} >"$work/prepared" 2>&1 || { echo "FAIL the rehearsal"; tail -5 "$work/prepared"; exit 1; }
echo "ok   canaries of seed $seed: $(canaries know "$work/out" "$work/document.json" "$work/finger.pgm")"
rm -r "$work/rehearsal" "$work/document.json" "$work/finger.pgm"

cat >"$work/guest.sh" <<'GUEST'
work=$1 loket=$2
[ -b /dev/vda ] || exit 1
echo 200 >/proc/sys/vm/swappiness
mkdir /run/groups
mount -t cgroup2 none /run/groups
echo +memory >/run/groups/cgroup.subtree_control
mkdir /run/groups/kit
export LOKET_PASSPHRASE_FILE=$work/out/passphrase
# enrolled NAME HOME SECONDS COMMAND…: with a new swap area, which is kept as NAME.swap, and a reclaim every SECONDS
enrolled() {
    local name=$1 home=/run/$2 seconds=$3 enrolling
    # SQLite wants a file system that can share memory, which the machine's files here cannot.
    cp -r "$work/$2" "$home"
    shift 3
    mkswap /dev/vda >/dev/null && swapon /dev/vda || exit 1
    (echo $BASHPID >/run/groups/kit/cgroup.procs
        exec "$@" "$loket" enrol --script "$work/out/enrol.json" --emulated --home "$home") \
        >"$work/$name.log" 2>&1 & enrolling=$!
    while kill -0 $enrolling 2>/dev/null; do
        echo 64M >/run/groups/kit/memory.reclaim 2>/dev/null
        grep -hE 'VmSwap|VmLck' /proc/$enrolling/status >>"$work/$name.status" 2>/dev/null
        sleep "$seconds"
    done
    wait $enrolling
    echo $? >"$work/$name.ended"
    grep -E 'pswpout' /proc/vmstat >"$work/$name.vmstat"
    sync
    cat /dev/vda >"$work/$name.swap"
    swapoff /dev/vda
    dd if=/dev/zero of=/dev/vda bs=1M 2>/dev/null || true # ends where the disk does
}
enrolled locked kit 1
ulimit -l 64
# What it needs again it reads from the swap area, which takes its time.
enrolled control other 5 setpriv --bounding-set=-ipc_lock --inh-caps=-ipc_lock
GUEST
BENCH_OUT=$work "$root/devices/bench/run-in-guest.sh" -m virtio_blk -s "${LOKET_LEAK_SECONDS:-380}" -d 96 bash "$work/guest.sh" "$work" "$binaries/loket"

failed=0
most() { awk -v what="$1:" '$1 == what && $2 > most { most = $2 } END { print most + 0 }' "$work/$2.status"; }
for name in locked control; do
    [ "$(cat "$work/$name.ended")" = 0 ] || { echo "FAIL $name: the enrolment"; tail -5 "$work/$name.log"; failed=1; }
    figures="at most $(most VmLck $name) kB locked, $(most VmSwap $name) kB in swap at once"
    # shellcheck disable=SC2034
    if [ $name = locked ]; then search=search; else search="some"; fi
    if result=$(canaries $search "$work/out" "$name" "$work/$name.swap"); then
        echo "ok   $(head -1 <<<"$result"); $figures"
    else
        echo "FAIL $result; $figures"
        failed=1
    fi
done
[ "$(most VmLck locked)" -gt 10000 ] || { echo "FAIL the program did not lock its memory"; failed=1; }
[ "$(most VmSwap control)" -gt 1000 ] || { echo "FAIL the control was not swapped out"; failed=1; }
[ $failed = 0 ] && echo "leak-swap: passed, seed $seed, $SECONDS s"
exit $failed
