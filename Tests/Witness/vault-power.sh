#!/bin/bash
# T2 in a machine of its own: a guest with Debian's kernel and an ext4 disk, in which a kit captures, seals, queues and
# delivers, is killed at random instants, while it starts too. Its disk has a cache, of which a cut takes what was not
# flushed: wholly, in part, page by page, or not at all. On what is left the guest starts again, and is cut again.
# Of the log of each disk (QEMU's blklogwrites) more states are made, at any of its writes, and looked at here.
# Prints what was lost, doubled or half there, how long a start takes, and the seed. Where SQLite's synchronous is OFF,
# the loss must be found.
#
#   vault-power.sh BINARIES [CUTS] [SEED]       three cuts unless told otherwise, some 20 s each
#
# Needs the bench's packages (devices/bench) and e2fsprogs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
binaries=${1:?usage: vault-power.sh BINARIES [CUTS] [SEED]}
PATH=$PATH:/usr/sbin:/sbin
[ -x "$binaries/vault-campaign" ] || { echo "skipped: vault-campaign was not built beside loket" >&2; exit 77; }
for tool in qemu-system-x86_64 busybox cpio mkfs.ext4 debugfs e2fsck; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed" >&2; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/guest.sh" <<'GUEST'
program=$1 world=$2 options=$3 disk=/dev/vda folder=/run/kit
check() { e2fsck -fn $disk >/run/checked 2>&1; echo "checked $?"; }
mkdir $folder
echo mounting
mount -t ext4 -o "$options" $disk $folder || exit
echo replayed
umount $folder
check
mount -t ext4 -o "$options" $disk $folder
mkdir -p -m 700 $folder/data
sync -f $folder
echo "mounted ext4 $options, $(uname -r)"
"$program" power-worker --folder $folder/data --world "$world" --device $disk "${@:4}"
status=$?
umount $folder
check
exit $status
GUEST
"$binaries/vault-campaign" power --bench "$here/../../devices/bench/run-in-guest.sh" --guest "$work/guest.sh" \
    --cuts "${2:-3}" --seed "${3:-$RANDOM}"
