#!/bin/bash
# What a process of ours gives away to whoever is beside it: to a debugger of the same user, to the kernel when it
# crashes, to what it starts, and to its terminal. Each with a program that is not hardened as a control.
#
#   leak-process.sh BINARIES      prints one line a fact: `ok …` or `FAIL …`; 77 when a tool is missing
set -uo pipefail
[ -x "${1:-}/loket" ] && [ -x "$1/loket-central" ] || { echo "usage: leak-process.sh FOLDER-WITH-loket-AND-loket-central" >&2; exit 2; }
for tool in python3 setpriv; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "skipped: needs root, to become another user"; exit 77; }
exec python3 - "$(realpath "$1")" <<'PYTHON'
import fcntl, os, pty, resource, shutil, signal, stat, subprocess, sys, tempfile, termios, time

binaries = sys.argv[1]
failures = skips = passes = 0
NOBODY = 65534


def fact(what, holds, figures=""):
    global failures, passes
    print(f"{'ok  ' if holds else 'FAIL'} {what}{': ' if figures else ''}{figures}", flush=True)
    passes += bool(holds)
    failures += not holds


def skip(what):
    global skips
    print(f"skip {what}", flush=True)
    skips += 1


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def settings():
    os.umask(0o022)
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def as_nobody():
    settings()
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def status(process):
    with open(f"/proc/{process.pid}/status") as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)


with tempfile.TemporaryDirectory() as folder:
    os.chmod(folder, 0o777)
    os.chdir(folder)
    # Where any user may start them.
    for name in "loket", "loket-central":
        shutil.copy(f"{binaries}/{name}", name)
        os.chmod(name, 0o755)
    control = ["python3", "-c", "import sys, time; time.sleep(100)"]
    programs = {
        # Each waits for ever: for a card that never comes, for packets, for a key.
        "loket": ["./loket", "card", "watch"],
        "loket-central": ["./loket-central", "serve", "--dir", "central", "--port", "0"],
    }
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder, "SWIFT_BACKTRACE": "enable=yes",
                   "LOKET_PASSPHRASE": "geheim-in-de-omgeving", "TSS2_LOG": "all+trace"}

    def ready(process, name):
        if name == "control":
            return until(lambda: open(f"/proc/{process.pid}/comm").read().strip().startswith("python"))
        return until(lambda: process.poll() is not None or status(process)["NoNewPrivs"] == "1")

    def start(name, command, beforehand=as_nobody, **more):
        out = open(f"{name}.out", "wb")
        process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=out, stderr=out,
                                   preexec_fn=beforehand, **more)
        ready(process, name)
        return process

    def peeks(pid):
        """Whether the same user reads its memory, its environment, or traces it."""
        return [what for what in ("mem", "environ", "maps") if subprocess.run(
            ["head", "-c1", f"/proc/{pid}/{what}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=as_nobody).returncode == 0 or what == "mem" and subprocess.run(
            ["python3", "-c", "import ctypes, sys; sys.exit(ctypes.CDLL(None).ptrace(16, int(sys.argv[1]), 0, 0) != 0)", str(pid)],
            preexec_fn=as_nobody).returncode == 0]

    far = os.open("/etc/hostname", os.O_RDONLY)
    os.set_inheritable(far, True)
    for name, command in {**programs, "control": control}.items():
        hardened = name != "control"
        process = start(name, command, pass_fds=[far])
        if process.poll() is not None:
            fact(f"{name} starts", False, open(f"{name}.out").read()[-300:])
            continue
        seen = peeks(process.pid)
        fact(f"{name}: its memory, maps and environment, to its own user",
             not seen if hardened else len(seen) == 3, ", ".join(seen) or "none")
        if hardened:
            found = status(process)
            with open(f"/proc/{process.pid}/environ", "rb") as file:
                variables = file.read()
            fact(f"{name}: no new rights, umask 077, no secret in what the kernel shows of its environment",
                 found["NoNewPrivs"] == "1" and found["Umask"] == "0077" and b"geheim" not in variables)
            flags = next(line for line in open(f"/proc/{process.pid}/fdinfo/{far}") if line.startswith("flags"))
            fact(f"{name}: no child inherits a descriptor that came along", int(flags.split()[1], 8) & 0o2000000)
        process.kill()
        process.wait()

    # Crashes. With a pattern that is a pipe or a path, a core file is not ours to see.
    pattern = open("/proc/sys/kernel/core_pattern").read().strip()
    for number in signal.SIGSEGV, signal.SIGABRT, signal.SIGILL, signal.SIGTRAP, signal.SIGBUS, signal.SIGFPE:
        for name, command in {**programs, "control": control}.items():
            process = start(name, command, settings)
            os.kill(process.pid, number)
            _, ended = os.waitpid(process.pid, 0)
            process.returncode = -1
            dumped, text = os.WCOREDUMP(ended), open(f"{name}.out").read()
            if name == "control":
                if not dumped:
                    skip(f"control: core files of {number.name}: core_pattern is {pattern}, or the limit is 0")
                elif number == signal.SIGSEGV:
                    fact("control: a program that is not hardened leaves a core file", dumped)
            elif not os.WIFSIGNALED(ended) or os.WTERMSIG(ended) != number or dumped or "Backtrace" in text or "Thread 0" in text:
                fact(f"{name}: {number.name} leaves no core file and no backtrace", False, f"status {ended:x} {text[-300:]}")
            elif number == signal.SIGFPE:
                fact(f"{name}: no core file and no backtrace, six kinds of crash", True, f"core_pattern {pattern}")
    for file in os.listdir("."):
        if file.startswith("core"):
            os.remove(file)

    # Lent rights.
    for name in programs:
        lent = f"lent-{name}"
        shutil.copy(name, lent)
        os.chmod(lent, 0o755 | stat.S_ISUID)
        done = subprocess.run([f"./{lent}", "--help"], capture_output=True, preexec_fn=as_nobody, env=environment)
        if os.statvfs(folder).f_flag & os.ST_NOSUID:
            skip(f"{name}: set-user-ID: the file system knows none")
        else:
            fact(f"{name}: set-user-ID, does not start", done.returncode == 1 and b"lentRights" in done.stderr and not done.stdout)

    # Started without standard streams.
    def closed():
        settings()
        for descriptor in 0, 1, 2:
            os.close(descriptor)

    done = subprocess.Popen(["./loket-central", "keys", "init", "--dir", "quiet"], env=environment, preexec_fn=closed)
    fact("loket-central: started without standard streams, no file of its takes what is printed",
         done.wait() == 0 and not any(b"KIT" in open(os.path.join(root, file), "rb").read() and file.endswith(".pem")
                                      for root, _, files in os.walk("quiet") for file in files))

    # The kit's passphrase is asked for; the program is ended meanwhile.
    os.makedirs("kit", mode=0o700)
    for number in signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT:
        child, master = pty.fork()
        if child == 0:
            settings()
            os.execve("./loket", ["loket", "login", "--passphrase-of", "S1", "--home", "kit"], environment)
        modes = lambda: termios.tcgetattr(master)[3]
        # It may well end by itself, where there is no kit; then there is nothing to give back.
        until(lambda: not modes() & termios.ECHO or os.waitpid(child, os.WNOHANG)[0], 20)
        try:
            os.kill(child, number)
            os.waitpid(child, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        fact(f"loket: the terminal's modes after {number.name}", modes() & termios.ECHO and modes() & termios.ICANON)
        os.close(master)

print(f"leak-process: {passes} passed, {failures} failed, {skips} skipped")
sys.exit(failures > 0)
PYTHON
