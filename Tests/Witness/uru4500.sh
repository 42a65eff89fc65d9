#!/bin/sh
# Runs a program's capture against the recorded session of a real U.are.U 4500, through umockdev and the
# real libusb, and counts the pixels that differ from the picture that libfprint made of the same session.
#
#   uru4500.sh WITNESS-FOLDER PROGRAM [ARGUMENT...]
#
# The last argument is completed with a file name, where the program writes its raw picture as PGM, e.g.
#   uru4500.sh ../shared/witness loket finger capture --position right-index --raw
# Replay compares every byte that goes out; the driver's first seeds are those that libfprint records with.
set -eu
witness=$1/uru4000-4500
shift
path=$(sed -n '1s/^P: //p' "$witness/device")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umockdev-run -d "$witness/device" -p "/sys$path=$witness/capture.pcapng" -- "$@" "$work/raw.pgm"
python3 - "$witness/capture.png" "$work/raw.pgm" <<'PYTHON'
import sys
from PIL import Image
expected, raw = (Image.open(name).convert("L") for name in sys.argv[1:])
if expected.size != raw.size:
    sys.exit(f"size {raw.size}, expected {expected.size}")
different = sum(a != b for a, b in zip(expected.getdata(), raw.getdata()))
print(f"uru4500: {different} pixels different")
sys.exit(different != 0)
PYTHON
