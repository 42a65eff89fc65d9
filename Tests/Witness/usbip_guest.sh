# What the witnesses in a kernel of their own do with USB/IP; they source it in the guest.

# serve LOG LOKET ARGUMENT…: serves the emulated devices in the background; their server is $server.
serve() {
    local log=$1 loket=$2
    shift 2
    "$loket" emulate --usbip 3240 "$@" >"$log" 2>&1 & server=$!
    until grep -q '^listening' "$log"; do
        kill -0 "$server" 2>/dev/null || { cat "$log"; return 1; }
        sleep 0.1
    done
}

# attach BUS-ID [COUNT]: plugs a served device in and waits until the kernel has configured so many of them.
attach() {
    local count=${2:-1}
    usbip attach -r 127.0.0.1 -b "$1" || return 1
    until [ "$(cat /sys/devices/platform/vhci_hcd.0/usb1/1-*/bConfigurationValue 2>/dev/null | grep -c 1)" -ge "$count" ]; do
        sleep 0.1
    done
}

# detach PORT: pulls it out and waits until it is gone.
detach() {
    usbip detach -p "$1" >/dev/null 2>&1 || return 1
    while [ -e "/sys/devices/platform/vhci_hcd.0/usb1/1-$(($1 + 1))" ]; do sleep 0.1; done
}

# stop_serving: everything is pulled out at once.
stop_serving() {
    kill -TERM "$server"
    wait "$server"
}
