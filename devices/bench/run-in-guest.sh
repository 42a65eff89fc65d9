#!/usr/bin/env bash
# Runs one command in Debian's own kernel, in QEMU, on this machine's files: so that a witness can have real
# drivers (USB, HID, video) where the machine has other ones, or is not ours to load modules into.
#
#   run-in-guest.sh [-m "MODULE…"] [-s SECONDS] [-d MEGABYTES [-w]] COMMAND…
#
#   -m   the kernel modules to load first; those for USB/IP and HID unless told otherwise
#   -s   how long the guest may run, 300 unless told otherwise; status 124 when it took longer
#   -d   give the guest a disk of this size, /dev/vda; it stays in $BENCH_OUT/scratch.img between runs
#   -w   write down each write and flush to that disk in $BENCH_OUT/disk.log, in the form of dm-log-writes
#
# The guest sees the machine's root folder as it is, and what it writes is gone afterwards, except below the
# folder $BENCH_OUT (a new one unless it is set). It has the loopback and no other network. The status is the
# command's; 125 means that the guest itself failed. Who wants to cut its power kills the process whose number is in
# $BENCH_OUT/.machine.
#
# Needs no /dev/kvm and nothing installed but Debian's qemu-system-x86, busybox-static, cpio and kmod. The
# kernel's package is fetched once, with apt-get download, into $BENCH_CACHE or ~/.cache/kernel-bench.
set -euo pipefail

modules="vhci-hcd uhid usbhid hid-generic"
seconds=300
disk=0
log=
usage() { sed -n '5,10p' "$0" >&2; exit 2; }
while getopts "m:s:d:w" option; do
    case $option in
    m) modules=$OPTARG ;;
    s) seconds=$OPTARG ;;
    d) disk=$OPTARG ;;
    w) log=disk.log ;;
    *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage

fail() { echo "bench: $1" >&2; exit 125; }
for tool in qemu-system-x86_64 busybox cpio modprobe; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done

cache=${BENCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kernel-bench}
export BENCH_OUT=${BENCH_OUT:-$(mktemp -d)}
mkdir -p "$cache" "$BENCH_OUT"
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# The kernel and its modules, unpacked beside the system's own. Two runs at once must not both do it.
fetch_kernel() {
    local package
    package=$(apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9]\)/\1/p' | head -1)
    [ -n "$package" ] || fail "no kernel package is known; run apt-get update"
    rm -rf "$cache/image"
    (cd "$temporary" && apt-get download -qq "$package" >&2) || fail "cannot fetch $package"
    dpkg-deb -x "$temporary"/linux-image-*.deb "$cache/image"
    depmod -b "$cache/image" "$(ls "$cache/image/lib/modules")"
    touch "$cache/ready"
}
exec {lock}>"$cache/lock"
flock "$lock"
[ -e "$cache/ready" ] || fetch_kernel
exec {lock}>&-
kernel=$(ls "$cache/image/lib/modules")

# The first root: enough to reach the machine's files and to hide what is written to them.
root=$temporary/root
mkdir -p "$root"/{bin,dev,proc,sys,modules}
cp "$(command -v busybox)" "$root/bin/busybox"
for module in virtio_pci 9pnet_virtio 9p overlay; do
    modprobe -d "$cache/image" -S "$kernel" --show-depends "$module" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
done | awk '!seen[$0]++' | while read -r file; do
    cp "$file" "$root/modules/"
    basename "$file" >>"$root/modules/order"
done
cat >"$root/init" <<'INIT'
#!/bin/busybox sh
b() { /bin/busybox "$@"; }
b mount -t proc proc /proc
b mount -t sysfs sysfs /sys
b mount -t devtmpfs devtmpfs /dev
while read -r module; do b insmod "/modules/$module"; done </modules/order
for word in $(b cat /proc/cmdline); do
    case $word in bench=*) out=${word#bench=} ;; esac
done
share=trans=virtio,version=9p2000.L,msize=512000
b mkdir /machine /written /new
b mount -t 9p -o "$share,ro,cache=loose" machine /machine
b mount -t tmpfs tmpfs /written
b mkdir /written/files /written/work
b mount -t overlay -o lowerdir=/machine,upperdir=/written/files,workdir=/written/work overlay /new
b mkdir -p "/new$out"
b mount -t 9p -o "$share" out "/new$out"
for folder in dev proc sys; do b mount -o move "/$folder" "/new/$folder"; done
b mkdir -p /new/dev/pts /new/dev/shm
b mount -t devpts devpts /new/dev/pts
b mount -t tmpfs tmpfs /new/dev/shm
exec /bin/busybox switch_root /new /bin/bash "$out/.guest"
INIT
chmod +x "$root/init"
(cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$temporary/initrd"

# The command with its folder and its status.
rm -f "$BENCH_OUT/.status" "$BENCH_OUT/.machine"
cat >"$BENCH_OUT/.guest" <<GUEST
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$(printf %q "$PATH")
export HOME=$(printf %q "${HOME:-/}") TERM=$(printf %q "${TERM:-dumb}") BENCH_OUT=$(printf %q "$BENCH_OUT")
mount -t tmpfs tmpfs /run
mkdir -p /run/lock /run/udev
busybox ip link set lo up
for module in $modules; do
    modprobe -d $(printf %q "$cache/image") "\$module" || echo "bench: no module \$module" >&2
done
cd $(printf %q "$PWD") || exit
$(printf '%q ' "$@")
echo \$? >"\$BENCH_OUT/.status"
sync
echo 1 >/proc/sys/kernel/printk
echo o >/proc/sysrq-trigger
while :; do :; done
GUEST

drive=()
if [ "$disk" -gt 0 ]; then
    [ -e "$BENCH_OUT/scratch.img" ] || truncate -s "${disk}M" "$BENCH_OUT/scratch.img"
    drive=(-drive "file=$BENCH_OUT/scratch.img,if=virtio,format=raw,cache=writeback")
fi
if [ -n "$log" ]; then
    # What the guest flushes stands in the log; the machine below it does not lose its power.
    : >"$BENCH_OUT/$log"
    under() { echo "$1.driver=file,$1.filename=$BENCH_OUT/$2,$1.cache.no-flush=on"; }
    drive=(-drive "if=virtio,driver=blklogwrites,log-sector-size=512,$(under file scratch.img),$(under log "$log")")
fi
# On a busy machine the kernel would find its emulated timer too slow, and panic: no_timer_check.
# All that a console would show, without its colours and without the machine's own words.
timeout "$seconds" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 3072 -nographic -no-reboot \
    -net none -pidfile "$BENCH_OUT/.machine" -kernel "$cache"/image/boot/vmlinuz-* -initrd "$temporary/initrd" \
    -append "console=ttyS0 quiet loglevel=3 panic=-1 edd=off no_timer_check bench=$BENCH_OUT" ${drive[@]+"${drive[@]}"} \
    -virtfs local,path=/,mount_tag=machine,security_model=none,readonly=on,multidevs=remap \
    -virtfs "local,path=$BENCH_OUT,mount_tag=out,security_model=none,multidevs=remap" </dev/null |
    sed -u -E 's/\x1b[^a-zA-Z]*[a-zA-Z]//g; s/\r$//; /^(SeaBIOS|Booting from)|reboot: Power down|sysrq: Power Off/d' ||
    [ "${PIPESTATUS[0]}" -ne 124 ] || { echo "bench: not done in $seconds s" >&2; exit 124; }
[ -e "$BENCH_OUT/.status" ] || fail "the guest ended without a status"
exit "$(cat "$BENCH_OUT/.status")"
