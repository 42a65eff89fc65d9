#!/usr/bin/env bash
# Captures a finger with Debian's libfprint, in a Debian kernel, from scanners that we emulate and serve over
# USB/IP, and compares the picture that it publishes with the finger that was on the glass, pixel by pixel.
#
#   usbip-libfprint.sh LOKET        for example: Tests/Witness/usbip-libfprint.sh .build/debug/loket
#
# libfprint inverts what the sensor sees and turns the 4500's half round, so that what it publishes is upright
# with dark ridges, as the finger was given: nothing is inverted or turned here. usbip_picture.py says what a
# packet does not carry. The first finger is drawn, with noise, where every misplaced bit shows; then a synthetic one.
# lsusb's words about the emulated 4500 are compared with those about the recorded one, all but the serial.
#
# Needs the bench's packages, gcc, libfprint-2-dev and usbip; says so and leaves with 77 where one is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -eq 1 ] && [ -x "$1" ] || { sed -n '5p' "$0" >&2; exit 2; }
loket=$(realpath "$1")
[ -x /usr/sbin/usbip ] || { echo "skipped: no usbip" >&2; exit 77; }
pkg-config --exists libfprint-2 || { echo "skipped: no libfprint-2-dev" >&2; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2046
gcc -O2 -Wall -Wextra -Werror -o "$work/capture" "$here/libfprint_capture.c" $(pkg-config --cflags --libs libfprint-2)
python3 "$here/usbip_picture.py" make "$work/ridges.pgm"
"$loket" finger capture --emulated --position right-index --raw "$work/synthetic.pgm" >/dev/null

cat >"$work/guest.sh" <<'GUEST'
here=$1 loket=$2 work=$3
. "$here/usbip_guest.sh"
set -e
# libfprint finds devices through udev's database.
/lib/systemd/systemd-udevd --daemon 2>/dev/null
take() { # BUS-ID NAME
    attach "$1"
    udevadm settle
    timeout 100 "$work/capture" uru4000 "$work/$2.pgm"
    [ -e "$work/lsusb" ] || lsusb -v -d 05ba:000a >"$work/lsusb" 2>/dev/null
    detach 0
}
serve "$work/served" "$loket" --device uareu-4500 --device microsoft-v2 --finger "$work/ridges.pgm"
take 1-1 ridges-4500
take 1-2 ridges-microsoft
stop_serving
serve "$work/served" "$loket" --device uareu-4500 --finger "$work/synthetic.pgm"
take 1-1 synthetic-4500
stop_serving
GUEST
BENCH_OUT=$work "$root/devices/bench/run-in-guest.sh" -s 380 bash "$work/guest.sh" "$here" "$loket" "$work"

python3 "$here/usbip_picture.py" compare uareu-4500 "$work/ridges.pgm" "$work/ridges-4500.pgm"
python3 "$here/usbip_picture.py" compare microsoft-v2 "$work/ridges.pgm" "$work/ridges-microsoft.pgm"
python3 "$here/usbip_picture.py" compare uareu-4500 "$work/synthetic.pgm" "$work/synthetic-4500.pgm"

witness=${LOKET_WITNESS:-$root/../shared/witness}/uru4000-4500
if [ -e "$witness/device" ] && command -v umockdev-run >/dev/null; then
    words() { sed -n '/^Device Descriptor/,/^Device Status/p' | grep -v -e iSerial -e '^Device Status'; }
    umockdev-run -d "$witness/device" -- lsusb -v -d 05ba:000a 2>/dev/null | words >"$work/recorded"
    words <"$work/lsusb" >"$work/emulated"
    diff "$work/recorded" "$work/emulated" || { echo "FAIL: lsusb tells another device"; exit 1; }
    echo "lsusb -v: $(wc -l <"$work/emulated") lines, as of the recorded device"
else
    echo "lsusb -v not compared: no recorded device here"
fi
echo ok
