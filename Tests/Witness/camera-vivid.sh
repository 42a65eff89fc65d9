#!/usr/bin/env bash
# Takes a portrait from vivid, the kernel's test camera, in a stock Debian kernel, and compares it with
# what v4l2-ctl captures from the same camera.
#
#   camera-vivid.sh COMMAND…              CAMERA in COMMAND becomes the node, FILE the JPEG file to write,
#                                         for example: camera-vivid.sh .build/debug/loket photo capture --camera CAMERA FILE
#   camera-vivid.sh --unplug COMMAND…     pulls the camera out while COMMAND runs: it must fail and say "unplugged"
#
# vivid has no motion JPEG, so this also proves that the raw format it answers with is taken.
# Needs what devices/bench needs, v4l-utils, and python3 with Pillow and numpy; leaves with 77 without v4l-utils.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench=$here/../../devices/bench/run-in-guest.sh
command -v v4l2-ctl > /dev/null || { echo "skipped: no v4l2-ctl" >&2; exit 77; }

unplug=""
if [ "${1:-}" = --unplug ]; then unplug=yes; shift; fi
[ $# -gt 0 ] || { sed -n '5,7p' "$0" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/guest.sh" <<'GUEST'
work=$1 unplug=$2; shift 2
until [ -e /dev/video0 ]; do sleep 0.1; done
v4l2-ctl -d /dev/video0 --set-ctrl osd_text_mode=2
if [ -n "$unplug" ]; then
    # It streams and gives no picture, so that none is whole before it goes.
    v4l2-ctl -d /dev/video0 --set-ctrl percentage_of_dropped_buffers=100
    "$@" & command=$!
    # Not before it streams: then the camera's buffers are in its memory.
    until grep -q video0 /proc/$command/maps; do kill -0 $command 2> /dev/null || break; sleep 0.1; done
    v4l2-ctl -d /dev/video0 --set-ctrl disconnect=1
    wait $command
    exit $?
fi
"$@" || exit $?
v4l2-ctl -d /dev/video0 --get-fmt-video > "$work/format"
v4l2-ctl -d /dev/video0 --stream-mmap --stream-skip=5 --stream-count=1 --stream-to="$work/raw" > /dev/null 2>&1
GUEST
arguments=("${@/#FILE/$work/portrait.jpg}")
arguments=("${arguments[@]/#CAMERA//dev/video0}")
status=0
BENCH_OUT=$work "$bench" -m vivid -s 240 bash "$work/guest.sh" "$work" "$unplug" "${arguments[@]}" 2>&1 \
    | tee "$work/output" || status=${PIPESTATUS[0]}

if [ -n "$unplug" ]; then
    [ "$status" -ne 0 ] || { echo "FAIL: the camera was unplugged and nobody noticed"; exit 1; }
    grep -qi unplugged "$work/output" || { echo "FAIL: not named"; exit 1; }
    echo "ok: unplugged, named, status $status"
    exit 0
fi
[ "$status" -eq 0 ] || { echo "FAIL: status $status"; exit 1; }
python3 - "$work" <<'PYTHON'
import re, sys
import numpy as np
from PIL import Image

work = sys.argv[1]
width, height = map(int, re.search(r"Width/Height\s*:\s*(\d+)/(\d+)", open(f"{work}/format").read()).groups())
raw = np.fromfile(f"{work}/raw", np.uint8).reshape(height, width // 2, 4).astype(float)
luma = np.stack([raw[:, :, 0], raw[:, :, 2]], 2).reshape(height, width) - 16
blue, red = (np.repeat(raw[:, :, i], 2, 1) - 128 for i in (1, 3))
wanted = np.stack([
    1.164 * luma + 1.596 * red, 1.164 * luma - 0.392 * blue - 0.813 * red, 1.164 * luma + 2.017 * blue], 2).clip(0, 255)
portrait = Image.open(f"{work}/portrait.jpg")
assert portrait.size == (width, height), (portrait.size, width, height)
error = np.abs(np.asarray(portrait.convert("RGB"), float) - wanted).mean()
print(f"{width} x {height}, mean difference {error:.2f} of 255")
sys.exit(0 if error < 3 else "FAIL: another picture")
PYTHON
echo ok
