# To be sourced by the witnesses here: what more than two of them share. Facts that are counted, waiting, namespaces
# of their own, pcscd with its virtual reader, a central and its kits.
#
# It uses of whoever sources it: loket and central, the programs, where it calls them.
# shellcheck shell=bash disable=SC2034,SC2154

# --- facts ----------------------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0
ok() { echo "ok   $1"; passed=$((passed + 1)); }
bad() { echo "FAIL $1"; failed=$((failed + 1)); }
skip() { echo "skip $1"; skipped=$((skipped + 1)); }

# What takes a fact's figures from what its command printed, `head -1` for example; nothing unless told.
figures=
fact() { # WHAT COMMAND...
    local what=$1; shift
    if "$@" >fact.log 2>&1; then
        ok "$what${figures:+$($figures fact.log | sed 's/^/: /')}"
    else
        bad "$what"
        tail -n 25 fact.log >&2
    fi
}

# The exit status, and what must be true of `it`, the JSON answer.
says() { # WHAT STATUS EXPRESSION COMMAND...
    local what=$1 wanted=$2 expression=$3 status=0
    shift 3
    "$@" >answer.json 2>answer.log </dev/null || status=$?
    fact "$what" python3 - "$status" "$wanted" "$expression" <<'PYTHON'
import json, sys
status, wanted, expression = sys.argv[1:]
text = open("answer.json").read()
it = json.loads(text) if text else {}
if status != wanted or not eval(expression):
    sys.exit(f"status {status}, wanted {wanted} and {expression}: {json.dumps(it)[:900]} {open('answer.log').read()[-300:]}")
PYTHON
}
refused() { echo "it['error']['code'] == '$1'"; } # CODE

# Ends the witness: without this nothing further can be shown.
fail() { # WHAT
    echo "FAILED: $*" >&2
    for log in ./*.log; do
        [ -s "$log" ] && { echo "-- $log"; tail -n 20 "$log"; } >&2
    done
    exit 1
}
needed() { local what=$1; shift; "$@" >needed.log 2>&1 || fail "$what"; } # WHAT COMMAND...

# --- waiting --------------------------------------------------------------------------------------------------

# For what comes within a second where nothing else runs; a machine that does twenty things at once takes longer.
until_true() { # WHAT COMMAND...
    local what=$1 end=$((SECONDS + 60)); shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "waited in vain for $what"
        sleep 0.05
    done
}
listens() { grep -q ":$(printf %04X "$1") .* 0A " /proc/net/tcp /proc/net/tcp6; } # PORT

# --- where it runs --------------------------------------------------------------------------------------------

needs() { # TOOL...: leaves with 77 when one is missing
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed" >&2; exit 77; }
    done
}
needs_python() { # MODULE...
    local IFS=,
    python3 -c "import $*" 2>/dev/null || { echo "skipped: no Python packages $*" >&2; exit 77; }
}

# Goes on as root in namespaces of its own (mounts, network, processes), in the empty folder /run/witness of a file
# system in memory: no pcscd, reader, chip or port of the machine is touched, and nothing is left behind. Paths of the
# caller's must be absolute by then.
own_namespaces() { # SCRIPT [ARGUMENT...]
    if [ -z "${LOKET_IN_NAMESPACE:-}" ]; then
        needs unshare ip
        [ "$(id -u)" = 0 ] || { echo "skipped: needs root for its own namespaces" >&2; exit 77; }
        LOKET_IN_NAMESPACE=1 exec unshare --mount --net --pid --fork --kill-child --mount-proc "$@"
    fi
    ip link set lo up
    mount -t tmpfs tmpfs /run
    mkdir -p /run/pcscd /run/witness
    cd /run/witness || exit 2
}

# --- the real pcscd -------------------------------------------------------------------------------------------

vpcd=127.0.0.1:35963
start_pcscd() { # [OPTION...]
    pcscd --foreground "${@:---error}" >pcscd.log 2>&1 &
    pcscd=$!
    until_true "pcscd's socket" test -S /run/pcscd/pcscd.comm
    until_true "vpcd's port" listens 35963
}
has_card() { opensc-tool --list-readers | grep -q '^0 *Yes'; }
has_no_card() { opensc-tool --list-readers | grep -q '^0 *No'; }
put_in() { # OPTION...: as of `loket emulate`
    "$loket" emulate --vpcd $vpcd "$@" >emulate.log 2>&1 &
    card=$!
    until_true "the card in the reader: $*" has_card
}
take_out() {
    kill "$card" 2>/dev/null
    wait "$card" 2>/dev/null || true
    until_true "the card's removal" has_no_card
}

# --- central and its kits -------------------------------------------------------------------------------------

give_passphrase() { # for the kits' stores
    (umask 077; echo 'niet te raden, echt niet' >passphrase)
    export LOKET_PASSPHRASE_FILE=$PWD/passphrase
}
make_central() { # [OPTION...]: in the folder central
    "$central" keys init --dir central --json "$@" >keys.json 2>>central.log || fail "central's keys"
}
bundle_for() { # KIT [OPTION...]: in bundle.json, as `loket-central keys kit` makes it
    "$central" keys kit --dir central --kit "$1" --out bundle.json "${@:2}" >>central.log 2>&1 ||
        fail "the bundle of $1"
}
provision() { # HOME [OPTION...]: from bundle.json, which is gone afterwards
    "$loket" provision --bundle bundle.json --home "$1" "${@:2}" >provision.log 2>&1 || fail "the kit in $1"
    rm bundle.json
}
serve_central() { # [OPTION...]: what it says of itself is in ready.json
    rm -f ready.json
    "$central" serve --dir central "$@" >ready.json 2>>central.log &
    serving=$!
    until_true "central" test -s ready.json
}
stop_central() {
    kill "$serving"
    wait "$serving" 2>/dev/null || true
}
