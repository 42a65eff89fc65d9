#!/bin/bash
# The product on real input: nothing that comes in here is the product's own emulation but the card, and
# OpenSC says what that is. Each line of the report is one fact; every `skip` says what is missing.
#
#   real-input.sh BINARIES      for example: Tests/Witness/real-input.sh .build/debug
#
# card     OpenSC reads through the real pcscd what `loket card read` reads
# scanner  a recorded session of a real U.are.U 4500 through the real libusb, against libfprint's picture
# pad      a virtual STU-430 through the real hidapi, stroke by stroke
# kit      all of these and a JPEG in one `loket enrol`: sealed, uploaded, receipted, purged; opened again by
#          age and by cryptography, its content checked against OSIA's schemas, NBIS and the inputs
#
# Ends with 1 when a fact does not hold. LOKET_WITNESS is the folder of witnesses if it is not ../shared/witness.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -eq 1 ] && [ -x "$1/loket" ] && [ -x "$1/loket-central" ] ||
    { echo "usage: real-input.sh FOLDER-WITH-loket-AND-loket-central" >&2; exit 2; }
binaries=$(cd "$1" && pwd)
witness=${LOKET_WITNESS:-$root/../shared/witness}
[ -d "$witness" ] && witness=$(cd "$witness" && pwd)
[ -x "$root/.build-witness/bin/python3" ] && PATH="$root/.build-witness/bin:$PATH"
export PYTHON=python3
export PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
report=$work/report
: >"$report"

say() { echo "$1" | tee -a "$report"; }

# has PART NEED...: whether a part can be shown here; says so when not.
has() {
    local part=$1 need missing=""
    shift
    for need in "$@"; do
        case $need in
        namespaces) unshare --mount --net --pid --fork --mount-proc true 2>/dev/null || missing+=" root-and-its-namespaces" ;;
        witness/*) [ -e "$witness/${need#witness/}" ] || missing+=" $need" ;;
        python:*) (cd / && python3 -c "import ${need#python:}" 2>/dev/null) || missing+=" python-package-${need#python:}" ;;
        lib:*) pkg-config --exists "${need#lib:}" 2>/dev/null || missing+=" ${need#lib:}" ;;
        *) command -v "$need" >/dev/null || missing+=" $need" ;;
        esac
    done
    [ -z "$missing" ] || say "skip $part: not here:$missing"
    [ -z "$missing" ]
}

# prove NAME COMMAND...: one fact, told by the last line of what the command prints.
prove() {
    local name=$1 status=0
    shift
    "$@" >"$work/output" 2>&1 || status=$?
    case $status in
    0) say "ok   $name: $(tail -1 "$work/output")" ;;
    77) say "skip $name: $(tail -1 "$work/output")" ;;
    *) say "FAIL $name: status $status"; tail -12 "$work/output" | sed 's/^/     /' ;;
    esac
    return "$status"
}

pad_alone() {
    timeout -k 5 150 "$work/virtual_kit" - "$work/pad.script" "$work/pad.log" \
        "$binaries/loket" signature capture --json >"$work/signature.json" || return 1
    equal=$(python3 "$here/stu430_script.py" check "$work/signature.json" 2>&1) || { echo "$equal"; return 1; }
    [ "$(grep '^set 21' "$work/pad.log" | tail -1)" = "set 21 00" ] || { echo "inking was left on"; return 1; }
    [ "$(grep -E '^set (20|21)' "$work/pad.log" | tail -1)" = "set 20 00" ] || { echo "the screen was not cleared"; return 1; }
    echo "$equal; inking off, screen clear"
}

build_virtual_kit() {
    # shellcheck disable=SC2046
    gcc -O2 -Wall -Wextra -Werror -o "$work/virtual_kit" "$here/virtual_kit.c" $(pkg-config --cflags --libs umockdev-1.0) -lpthread &&
        echo "built"
}

card() {
    LOKET=$binaries/loket timeout -k 5 240 "$here/card-vpcd.sh" >"$work/output" 2>&1
    case $? in
    0)
        say "ok   card, as opensc-tool names it: $(grep '^Belpic' "$work/output"), ATR $(grep -im 1 '^3b' "$work/output")"
        grep -E '^[a-zA-Z]+: [0-9]+ bytes' "$work/output" | sed 's/^/ok   card, /' | tee -a "$report"
        if grep -q 'no verdict' "$work/output"; then
            say "skip card, speed: $(grep '^whole' "$work/output"); $(grep 'no verdict' "$work/output")"
        else
            say "ok   card, speed: $(grep '^whole' "$work/output")"
        fi ;;
    77) say "skip card: $(tail -1 "$work/output")" ;;
    *) say "FAIL card: $(grep FAILED "$work/output" | tail -1)"; tail -5 "$work/output" | sed 's/^/     /' ;;
    esac
}

whole_kit() {
    python3 -c 'import sys; from PIL import Image; Image.open(sys.argv[1]).convert("RGB").save(sys.argv[2], quality=92)' \
        "$witness/faces/astronaut.png" "$work/portrait.jpg"
    timeout -k 5 300 "$here/enrol-kit.sh" "$binaries" "$witness" "$work" 2>"$work/errors" | tee -a "$report"
    [ "${PIPESTATUS[0]}" -eq 0 ] || { grep -q '^FAIL' "$report" || say "FAIL kit: cut off"; sed 's/^/     /' "$work/errors"; return; }
    python3 "$here/enrol_kit.py" check "$binaries" "$witness" "$work" 2>&1 | tee -a "$report"
    [ "${PIPESTATUS[0]}" -le 1 ] || say "FAIL kit: its check broke off"
}

has card namespaces ip pcscd opensc-tool opensc-explorer eidenv pkcs15-tool && card
has scanner witness/uru4000-4500 umockdev-run python:PIL &&
    prove scanner timeout -k 5 150 "$here/uru4500.sh" "$witness" "$binaries/loket" finger capture --position right-index --raw
python3 "$here/stu430_script.py" write "$work/pad.script"
if has pad gcc pkg-config lib:umockdev-1.0; then
    if prove "virtual kit" build_virtual_kit; then
        prove pad pad_alone
        has kit namespaces ip pcscd age witness/uru4000-4500 witness/faces witness/osia python:PIL python:wsq python:numpy \
            python:cryptography python:jsonschema python:yaml && whole_kit
    fi
fi

passed=$(grep -c '^ok ' "$report") failed=$(grep -c '^FAIL' "$report") skipped=$(grep -c '^skip' "$report")
echo "real-input: $passed passed, $failed failed, $skipped skipped, $SECONDS s"
[ "$failed" -eq 0 ]
