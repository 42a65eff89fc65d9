#!/bin/bash
# T1: a kit that captures, seals, queues, uploads and purges is killed at random instants, and central now and then
# too. Prints what was lost, doubled or half there, how long a kit takes until it is ready again, and the seed. A kit
# that says things before they are done must be found out.
#
#   vault-kills.sh BINARIES                 small: 60 kills
#   vault-kills.sh BINARIES full [SEED]     10,000 kills, about twenty minutes
set -euo pipefail
binaries=${1:?usage: vault-kills.sh BINARIES [full [SEED]]}
campaign=$binaries/vault-campaign
[ -x "$campaign" ] || { echo "skipped: vault-campaign was not built beside loket" >&2; exit 77; }
seed=${3:-$RANDOM}
if [ "${2:-}" = full ]; then
    "$campaign" kills --rounds 10000 --seed "$seed"
    "$campaign" kills --rounds 300 --seed "$seed" --lie
else
    "$campaign" kills --rounds 60 --kit-life 30 --seed "$seed"
fi
