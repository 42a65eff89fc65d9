#!/bin/bash
# Runs the numbered transport cases of the eID card against the real pcscd and its virtual reader, by the driver that
# reads cards in the field: cards pulled and exchanged, other programs that reset and hold them, pcscd killed,
# stopped and started, readers that come and go. As root in namespaces of its own. Build first: swift build --build-tests
#
#   card-transport.sh [BINARIES]      the folder of the test bundle, .build/debug unless told
#
# What stands for what: pcscd stopped by a signal and continued stands for a suspend, killed and started again for
# its end by itself, a socket that closes for a card that is pulled. A mute card cannot be put into vpcd; that case
# is tested in process only.
exec "$(dirname "$0")/card-pcsc.sh" "${1:-.build/debug}" PCSCTests/CardCases
