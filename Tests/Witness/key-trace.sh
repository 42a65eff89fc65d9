#!/bin/bash
# Do the store's keys leave a trace? A program of ours opens a store of the first release with a passphrase that is
# new at every run, makes its key file one of version 2, opens it again, saves and reads drafts, and closes. It stops
# twice: with the keys open, and after all of it. Each time its whole memory and a core file are searched for the
# store key, the key under its lock and the passphrase. Then the same is done by a program that keeps them in arrays,
# where they must be found: a search that finds nothing anywhere proves nothing.
#
#   key-trace.sh [BINARIES]      the folder of the test bundle, .build/debug unless told
#
# Needs root or the right to trace, gdb, libsodium and Python's cryptography. Build first: swift build --build-tests
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
binaries=${1:-.build/debug}
bundle=$(compgen -G "$binaries/*PackageTests.xctest" || true)
[ -x "$bundle" ] || { echo "skipped: no test bundle in $binaries" >&2; exit 77; }
for tool in gdb python3; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed" >&2; exit 77; }
done
python3 -c 'import cryptography, ctypes; ctypes.CDLL("libsodium.so.23")' 2>/dev/null ||
    { echo "skipped: Python's cryptography or libsodium is not installed" >&2; exit 77; }
bundle=$(realpath "$bundle")
folder=$(mktemp -d)
program= guard=
trap '[ -z "$program$guard" ] || kill $program $guard 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
fail() { echo "FAILED: $*" >&2; for log in ./*.log; do echo "-- $log"; tail -n 20 "$log"; done >&2 || true; exit 1; }
search() { python3 "$here/key_trace.py" "$1" "$folder" "${@:2}"; }
hits() { awk '$1 == "hits" { print $2 }' "$1"; }

core() { # NAME: a core file as the kernel would write it, pages left out that ask for it
    gdb --batch --nx --readnever -ex "generate-core-file $1" -p "$program" >gdb.log 2>&1 || fail "no core file"
    [ -s "$1" ] || fail "no core file"
}

look() { # ROLE POINT
    read -r -n 1 -t 120 <"$2" || fail "$1 did not come to: $2"
    search memory "$program" >"$1-$2.txt"
    grep -E 'VmLck' "/proc/$program/status" >"$1-$2-locked.txt"
    core "core-$2"
    search file "core-$2" >"$1-core-$2.txt"
    rm "core-$2"
    echo >"$2.go"
}

trace() { # ROLE
    rm -f held held.go used used.go
    mkfifo held held.go used used.go
    LOKET_KEY_TRACE=$1 LOKET_KEY_TRACE_FOLDER=$PWD "$bundle" --testing-library swift-testing \
        --filter OfflineCacheTests.KeyTraceTests 3<passphrase >"$1.log" 2>&1 &
    program=$!
    # Whoever dies before it has said anything must not leave us waiting. The guard ends with its program: the next
    # one's pipes have the same names.
    (while kill -0 "$program" 2>/dev/null; do sleep 0.1; done; for pipe in held used; do : <>"$pipe"; done) &
    guard=$!
    look "$1" held
    look "$1" used
    kill "$guard" 2>/dev/null || true
    wait "$guard" 2>/dev/null || true
    guard=
    wait "$program" || fail "$1 failed"
    program=
    grep -qE 'Test run with [1-9][0-9]* tests?' "$1.log" || fail "no test ran as $1"
    search file "$1.log" >"$1-logs.txt"
}

python3 "$here/key_trace.py" make "$folder"
trace secret
trace array
for role in secret array; do
    echo "== $role: held $(hits $role-held.txt), in a core file then $(hits $role-core-held.txt);" \
        "used $(hits $role-used.txt), in a core file then $(hits $role-core-used.txt);" \
        "in what was written $(hits $role-logs.txt); $(tr -s ' \t' ' ' <$role-held-locked.txt)"
    for point in held used; do sed -n "s/^hit /   $point: /p" $role-$point.txt; done
done
[ "$(hits secret-held.txt)" -ge 3 ] || fail "the search does not even see the keys where they must be"
! grep '^hit ' secret-held.txt | grep -qv 'locked, undumped' || fail "a key lies outside the locked pages"
for place in core-held used core-used logs; do
    [ "$(hits secret-$place.txt)" = 0 ] || fail "a trace of a key: $place"
done
for place in held core-held used core-used; do
    [ "$(hits array-$place.txt)" -ge 3 ] || fail "the search finds no key in an array ($place): it proves nothing"
done
echo "passed"
