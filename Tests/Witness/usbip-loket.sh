#!/usr/bin/env bash
# Our own drivers through the real libusb and the real hidapi, in a Debian kernel, on the devices that we emulate
# and serve over USB/IP.
#
#   usbip-loket.sh LOKET        for example: Tests/Witness/usbip-loket.sh .build/debug/loket
#
# scanners  U.are.U 4500, Microsoft reader, MorphoSmart: the raw picture is the finger that was on the glass, pixel
#           by pixel (usbip_picture.py)
# two       two identical readers at once: listed apart, by serial and by place; which one is meant has to be said
# pad       the ink is what the same pad gives in process, point by point
# unplug    pulled out once a finger is awaited, and within a signature: named, and the program ends
#
# Needs the bench's packages and usbip; says so and leaves with 77 where one is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -eq 1 ] && [ -x "$1" ] || { sed -n '5p' "$0" >&2; exit 2; }
loket=$(realpath "$1")
[ -x /usr/sbin/usbip ] || { echo "skipped: no usbip" >&2; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/usbip_picture.py" make "$work/ridges.pgm"
"$loket" signature capture --emulated --json >"$work/in-process.json"

cat >"$work/guest.sh" <<'GUEST'
here=$1 loket=$2 work=$3
. "$here/usbip_guest.sh"
set -e
finger() { timeout 100 "$loket" finger capture --position right-index "$@"; }
# unplugged NAME TRANSFER COMMAND…: pulls everything out once COMMAND has come to this one, as usbmon writes it.
unplugged() {
    local name=$1 transfer=$2 command monitor status=0
    shift 2
    cat /sys/kernel/debug/usb/usbmon/1u >/run/transfers & monitor=$!
    timeout 100 "$@" >"$work/$name" 2>&1 & command=$!
    until grep -q "$transfer" /run/transfers; do kill -0 "$command"; sleep 0.1; done
    stop_serving
    wait "$command" || status=$?
    echo "$status" >"$work/$name.status"
    kill "$monitor"
}
serve "$work/served" "$loket" --finger "$work/ridges.pgm" --device uareu-4500 --device microsoft-v2 \
    --device uareu-4500 --device stu-430 --device morpho
attach 1-1
finger --raw "$work/uareu-4500.pgm"
attach 1-3 2
"$loket" devices list --json >"$work/two.json"
finger >"$work/which" 2>&1 && exit 1
finger --serial "{00000000-0000-0000-0000-EMULATED1003}" --raw "$work/second.pgm"
detach 0
detach 1
attach 1-2
finger --raw "$work/microsoft-v2.pgm"
detach 0
attach 1-5
finger --raw "$work/morpho.pgm"
detach 0
attach 1-4
until [ -e /dev/hidraw0 ]; do sleep 0.1; done
timeout 100 "$loket" signature capture --json >"$work/pad.json"
stop_serving
serve "$work/served" "$loket" --nobody
mount -t debugfs debugfs /sys/kernel/debug
attach 1-1
unplugged finger 's 40 04 004e 0000 0001 1 = 10' "$loket" finger capture --position right-index
serve "$work/served" "$loket" --device stu-430
attach 1-1
until [ -e /dev/hidraw0 ]; do sleep 0.1; done
# At a pen report: the kernel lets a request to a device that has gone time out instead.
unplugged signature 'C Ii:1:.* = 34' "$loket" signature capture
GUEST
BENCH_OUT=$work "$root/devices/bench/run-in-guest.sh" -m "vhci-hcd usbhid hid-generic usbmon" -s 380 \
    bash "$work/guest.sh" "$here" "$loket" "$work"

for model in uareu-4500 microsoft-v2; do
    python3 "$here/usbip_picture.py" compare "$model" "$work/ridges.pgm" "$work/$model.pgm"
done
python3 "$here/usbip_picture.py" compare uareu-4500 "$work/ridges.pgm" "$work/second.pgm"
cmp "$work/ridges.pgm" "$work/morpho.pgm"
echo "morpho: 0 pixels different"
grep -q scanner.ambiguous "$work/which" || { echo "FAIL: one of two was taken unasked"; cat "$work/which"; exit 1; }
python3 - "$work" <<'PYTHON'
import json, sys

def load(name):
    with open(f"{sys.argv[1]}/{name}.json") as file:
        return json.load(file)

scanners = [device for device in load("two") if device["kind"] == "scanner"]
if len(scanners) != 2 or scanners[0]["profile"] != scanners[1]["profile"]:
    sys.exit(f"FAIL: two identical readers are listed as {scanners}")
for key in "serial", "place":
    if scanners[0][key] == scanners[1][key]:
        sys.exit(f"FAIL: two readers with the same {key}")
print("two readers:", ", ".join(f"{device['serial']} at {device['place']}" for device in scanners))

# Where the guest is slow the pad falls silent, which ends a stroke: how they part is the guest's doing.
shown, wanted = ([point for stroke in load(name)["strokes"] for point in stroke] for name in ("pad", "in-process"))
if shown != wanted:
    sys.exit(f"FAIL: the pad gives {len(shown)} points, other ones than the {len(wanted)} in process")
print(f"pad: {len(shown)} points, each as in process; {len(load('pad')['strokes'])} strokes")
PYTHON
for name in finger signature; do
    [ "$(cat "$work/$name.status")" -eq 10 ] || { echo "FAIL: $name ended with $(cat "$work/$name.status")"; cat "$work/$name"; exit 1; }
    grep -q unplugged "$work/$name" || { echo "FAIL: $name does not name it"; cat "$work/$name"; exit 1; }
    echo "unplugged in a $name: $(sed -n 's/.*\[\(.*\)\].*/\1/p' "$work/$name" | tail -1), status 10"
done
echo ok
