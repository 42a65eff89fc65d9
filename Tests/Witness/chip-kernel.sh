#!/usr/bin/env bash
# The machine's safe through a real kernel: swtpm behind tpm_vtpm_proxy as /dev/tpm0, the kernel's resource manager
# as /dev/tpmrm0, in a stock Debian kernel. Also how long a chip that hangs is waited for.
#
#   chip-kernel.sh BINARIES               the folder with the tests' binary, for example .build/debug
#
# Needs what devices/bench needs, swtpm, tpm2-tools and openssl; leaves with 77 without swtpm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench=$here/../../devices/bench/run-in-guest.sh
command -v swtpm > /dev/null || { echo "skipped: no swtpm" >&2; exit 77; }
[ $# -eq 1 ] || { sed -n '5p' "$0" >&2; exit 2; }
tests=$(compgen -G "$(cd "$1" && pwd)/*PackageTests.xctest" | head -1) ||
    { echo "skipped: the tests were not built in $1" >&2; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/guest.sh" <<'GUEST'
mkdir /run/chip
swtpm chardev --vtpm-proxy --tpm2 --tpmstate dir=/run/chip --flags startup-clear --pid file=/run/chip/number > /dev/null &
until [ -c /dev/tpmrm0 ] && [ -s /run/chip/number ]; do
    kill -0 $! || { echo "FAIL: no chip"; exit 1; }
    sleep 0.1
done
LOKET_CHIP_PROCESS=$(cat /run/chip/number) "$1" --testing-library swift-testing --filter AttachedChipTests
status=$?
for kind in transient loaded-session saved-session nv-index; do
    left=$(tpm2_getcap -T device:/dev/tpmrm0 "handles-$kind")
    [ -z "$left" ] || { echo "FAIL: left in the chip: $kind $left"; status=1; }
done
kill "$(cat /run/chip/number)"
exit $status
GUEST
status=0
BENCH_OUT=$work "$bench" -m tpm_vtpm_proxy -s 390 bash "$work/guest.sh" "$tests" 2>&1 | tee "$work/output" ||
    status=${PIPESTATUS[0]}
[ "$status" -eq 0 ] || { echo "FAIL: status $status"; exit 1; }
grep -q "a hung chip: given up on" "$work/output" || { echo "FAIL: the tests did not run"; exit 1; }
echo ok
