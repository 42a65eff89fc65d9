#!/usr/bin/env bash
# Serves the emulated USB devices, lists them with Debian's usbip, and works with them by an independent client
# in Python: descriptors, halts, unlinking, a whole capture of both scanners compared pixel by pixel, the pad's
# reports, and hostile bytes. Needs no kernel module: the witnesses usbip-*.sh do that in a kernel of their own.
#
#   usbip.sh LOKET        for example: Tests/Witness/usbip.sh .build/debug/loket
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] && [ -x "$1" ] || { sed -n '6p' "$0" >&2; exit 2; }

work=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
python3 "$here/usbip_picture.py" make "$work/sent.pgm"
mkfifo "$work/said"
"$1" emulate --usbip 0 --device uareu-4500 --device microsoft-v2 --device stu-430 --device morpho \
    --finger "$work/sent.pgm" >"$work/said" & server=$!
exec {said}<"$work/said"
while read -r line <&"$said"; do
    case $line in "listening on "*) port=${line##*:}; break ;; esac
done
[ -n "${port:-}" ] || { echo "FAIL: it does not listen"; exit 1; }
cat <&"$said" >"$work/events" &

if [ -x /usr/sbin/usbip ]; then
    /usr/sbin/usbip --tcp-port "$port" list -r 127.0.0.1 >"$work/list" 2>/dev/null
    for line in '1-1: .*(05ba:000a)' '1-2: .*(045e:00ca)' '1-3: .*(056a:00a4)' '1-4: .*(225d:000a)'; do
        grep -q "$line" "$work/list" || { echo "FAIL: usbip does not list $line"; cat "$work/list"; exit 1; }
    done
    echo "usbip lists the four devices"
fi
python3 "$here/usbip_client.py" "$port" "$work/sent.pgm"

kill -TERM "$server"
status=0
wait "$server" || status=$?
server=""
[ "$status" -eq 0 ] || { echo "FAIL: stopped with status $status"; exit 1; }
echo "ok: $(grep -c ' attached$' "$work/events") times attached, stopped at once"
