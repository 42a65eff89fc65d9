#!/bin/bash
# Runs the PC/SC tests against the real pcscd and its virtual reader, as root in namespaces of its own,
# so that no pcscd, reader or port of the machine is touched. Build first: swift build --build-tests
#
#   card-pcsc.sh [BINARIES [TESTS]]   the folder of the test bundle, .build/debug unless told; which tests, those of
#                                     the transport unless told (card-transport.sh runs those of the driver)
#
# The bundle is run as it is: `swift test` may want the network, which the namespace has not.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=witness.sh
. "$here/witness.sh"
binaries=${1:-.build/debug}
tests=${2:-PCSCTests/(Contract|RealService)|PCSCErrorTests}
bundle=$(compgen -G "$binaries/*PackageTests.xctest" || true)
[ -x "$bundle" ] || { echo "skipped: no test bundle in $binaries" >&2; exit 77; }
bundle=$(realpath "$bundle")
needs pcscd
own_namespaces "$0" "$(dirname "$bundle")" "$tests"
LOKET_PCSC_ISOLATED=1 "$bundle" --testing-library swift-testing --filter "$tests" 2>&1 | tee /run/output
# A filter that meets nothing passes too.
grep -qE 'Test run with [1-9][0-9]* tests' /run/output || { echo "FAILED: no test ran"; exit 1; }
