#!/bin/bash
# Runs the PC/SC tests against the real pcscd and its virtual reader, as root in namespaces of its own,
# so that no pcscd, reader or port of the machine is touched. Build first: swift build --build-tests
set -euo pipefail
if [ -z "${LOKET_IN_NAMESPACE:-}" ]; then
    for tool in pcscd unshare swift; do
        command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed" >&2; exit 77; }
    done
    [ "$(id -u)" = 0 ] || { echo "skipped: needs root for its own namespaces" >&2; exit 77; }
    LOKET_IN_NAMESPACE=1 exec unshare --mount --net --pid --fork --kill-child --mount-proc "$0" "$@"
fi
ip link set lo up
mount -t tmpfs tmpfs /run
mkdir /run/pcscd
LOKET_PCSC_ISOLATED=1 swift test --skip-build --filter DeviceTransportLinuxTests.PCSC "$@"
