#!/usr/bin/env bash
# Runs a command that captures a signature against a virtual STU-430 in a stock Debian kernel, through
# the real hidraw and hidapi, and compares the strokes that come out with the ones that were sent.
#
#   stu430.sh COMMAND…            FILE in COMMAND becomes the JSON file to write, for example:
#                                 stu430.sh bash -c '"$0" signature capture --json >"$1"' .build/debug/loket FILE
#   stu430.sh --unplug COMMAND…   pulls the pad out in the first stroke: COMMAND must fail and say "unplugged"
#   stu430.sh --forbid COMMAND…   runs it as somebody without rights: COMMAND must fail and say "permissionDenied"
#
# Needs what devices/bench needs, gcc and python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench=$here/../../devices/bench/run-in-guest.sh

unplug="" failure="" as=()
case ${1:-} in
    --unplug) unplug=40 failure=unplugged; shift ;;
    --forbid) failure=permissionDenied as=(setpriv --reuid=65534 --clear-groups); shift ;;
esac
[ $# -gt 0 ] || { sed -n '5,8p' "$0" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O2 -Wall -Wextra -Werror -o "$work/pad" "$here/stu430_pad.c"
python3 "$here/stu430_script.py" write "$work/script"
cat > "$work/guest.sh" <<'GUEST'
work=$1 unplug=$2; shift 2
"$work/pad" "$work/script" "$work/log" $unplug & pad=$!
until [ -e /dev/hidraw0 ]; do kill -0 $pad || exit 1; sleep 0.1; done
echo; echo "driver: $(basename "$(readlink /sys/class/hidraw/hidraw0/device/driver)")"
"$@"; status=$?
kill $pad; wait $pad
exit $status
GUEST
arguments=("${@/#FILE/$work/sample.json}")
status=0
BENCH_OUT=$work "$bench" -m "uhid hid-generic ${STU430_MODULES:-}" -s 240 \
    bash "$work/guest.sh" "$work" "$unplug" ${as[@]+"${as[@]}"} "${arguments[@]}" 2>&1 | tee "$work/output" || status=${PIPESTATUS[0]}

if [ -n "$failure" ]; then
    [ "$status" -ne 0 ] || { echo "FAIL: nobody noticed"; exit 1; }
    grep -qi "$failure" "$work/output" || { echo "FAIL: not named $failure"; exit 1; }
    echo "ok: named $failure, status $status"
    exit 0
fi
[ "$status" -eq 0 ] || { echo "FAIL: status $status"; exit 1; }
python3 "$here/stu430_script.py" check "$work/sample.json"
# The last inking command is "off", and the screen was cleared after it.
[ "$(grep '^set 21' "$work/log" | tail -1)" = "set 21 00" ] || { echo "FAIL: inking was left on"; exit 1; }
[ "$(grep -E '^set (20|21)' "$work/log" | tail -1)" = "set 20 00" ] || { echo "FAIL: the screen was not cleared"; exit 1; }
echo "ok: $(grep -c '^get' "$work/log") reports asked, $(grep -c '^set' "$work/log") set; inking off, screen clear"
