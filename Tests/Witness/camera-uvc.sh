#!/usr/bin/env bash
# Takes a portrait from a USB camera that speaks motion JPEG, in a stock Debian kernel (uvcvideo), and
# compares it with the picture that the camera sent. The camera is the Python package usbip's, over USB/IP.
#
#   camera-uvc.sh COMMAND…             CAMERA in COMMAND becomes the node, FILE the JPEG file to write
#   camera-uvc.sh --unplug COMMAND…    pulls the camera out while COMMAND streams: it must fail and say "unplugged"
#
# Needs what devices/bench needs, Debian's usbip, and python3 (or PYTHON=…) with usbip, Pillow and numpy; leaves
# with 77 where these are missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench=$here/../../devices/bench/run-in-guest.sh
# By its whole path, since the guest looks in other folders first.
python=$(command -v "${PYTHON:-python3}")
[ -x /usr/sbin/usbip ] || { echo "skipped: no usbip" >&2; exit 77; }
"$python" -c "import usbip, PIL, numpy" 2> /dev/null || { echo "skipped: no Python package usbip" >&2; exit 77; }

unplug=""
if [ "${1:-}" = --unplug ]; then unplug=yes; shift; fi
[ $# -gt 0 ] || { sed -n '5,6p' "$0" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" "$here/camera_uvc.py" make "$work/sent.jpg"
cat > "$work/guest.sh" <<'GUEST'
here=$1 python=$2 work=$3 unplug=$4; shift 4
"$python" "$here/camera_uvc.py" serve "$work/sent.jpg" & server=$!
until usbip list -r 127.0.0.1 2> /dev/null | grep -q 1209; do kill -0 $server || exit 1; sleep 0.2; done
usbip attach -r 127.0.0.1 -b 1-1
until [ -e /dev/video0 ]; do sleep 0.1; done
if [ -n "$unplug" ]; then
    "$@" & command=$!
    # Not before it streams: then the camera's buffers are in its memory.
    until grep -q video0 /proc/$command/maps; do kill -0 $command 2> /dev/null || break; sleep 0.1; done
    usbip detach -p 00
    wait $command
else
    "$@"
fi
status=$?
kill $server
exit $status
GUEST
arguments=("${@/#FILE/$work/portrait.jpg}")
arguments=("${arguments[@]/#CAMERA//dev/video0}")
status=0
BENCH_OUT=$work "$bench" -m "vhci-hcd uvcvideo" -s 240 \
    bash "$work/guest.sh" "$here" "$python" "$work" "$unplug" "${arguments[@]}" 2>&1 \
    | tee "$work/output" || status=${PIPESTATUS[0]}

if [ -n "$unplug" ]; then
    [ "$status" -ne 0 ] || { echo "FAIL: the camera was unplugged and nobody noticed"; exit 1; }
    grep -qi unplugged "$work/output" || { echo "FAIL: not named"; exit 1; }
    echo "ok: unplugged, named, status $status"
    exit 0
fi
[ "$status" -eq 0 ] || { echo "FAIL: status $status"; exit 1; }
"$python" "$here/camera_uvc.py" check "$work/sent.jpg" "$work/portrait.jpg"
echo ok
