"""Counts and times the commands that card readers send; run by card-speed.sh in namespaces of its own."""

import os
import shlex
import socket
import struct
import subprocess
import sys
import threading
import time

VPCD = ("127.0.0.1", 35963)
OURS = ("127.0.0.1", 35990)
QUICKACK = 12  # one-shot: without it every command waits some 40 ms for an acknowledgement
ROUND_TRIP = 0.018
ROUNDS = int(os.environ["ROUNDS"])
# The argument parser checks all verbs of a debug build at every start.
IS_DEBUG = "release" not in os.environ["READ_ALL"]

BEID = "from pythonbeid import CardReader\nwith CardReader() as card: card.read_informations(photo={})"


class GoBetween:
    """Stands between vpcd and the card: counts commands, makes them last, and writes down when what was said."""

    def __init__(self):
        self.delay = 0.0
        self.events = []  # (seconds when it was answered, command or control byte, answer, seconds when it came)
        self.listener = socket.create_server(OURS)
        threading.Thread(target=self.serve, daemon=True).start()

    @staticmethod
    def receive(connection):
        def exactly(count):
            content = b""
            while len(content) < count:
                connection.setsockopt(socket.IPPROTO_TCP, QUICKACK, 1)
                piece = connection.recv(count - len(content))
                if not piece:
                    raise ConnectionError
                content += piece
            return content

        return exactly(struct.unpack("!H", exactly(2))[0])

    @staticmethod
    def send(connection, content):
        connection.sendall(struct.pack("!H", len(content)) + content)

    def serve(self):
        while True:
            card, _ = self.listener.accept()
            reader = socket.create_connection(VPCD)
            for end in (card, reader):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                while True:
                    self.pass_on(reader, card)
            except OSError:
                card.close()
                reader.close()

    def pass_on(self, reader, card):
        message = self.receive(reader)
        begun = time.monotonic()
        self.send(card, message)
        if len(message) == 1 and message[0] != 4:  # power and reset are not answered
            return
        answer = self.receive(card)
        if len(message) > 1:
            time.sleep(max(0.0, self.delay - (time.monotonic() - begun)))
        self.events.append((time.monotonic(), message, answer, begun))
        self.send(reader, answer)

    def commands(self):
        return [event for event in self.events if len(event[1]) > 1]


def fail(text):
    print("FAILED:", text)
    sys.exit(1)


def until(what, is_so):
    end = time.monotonic() + 20
    while not is_so():
        if time.monotonic() > end:
            fail("waited in vain for " + what)
        time.sleep(0.02)


def quiet(command, **more):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **more).returncode


def has_card():
    listed = subprocess.run(["opensc-tool", "--list-readers"], capture_output=True, text=True, check=False).stdout
    return any(line.split()[:2] == ["0", "Yes"] for line in listed.splitlines())


def measure(between, commands):
    """The least of each, in turns: commands, milliseconds of the whole program, and from its first command to its last."""
    best = {name: (10**6, 10**9, 10**9) for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            between.events.clear()
            begun = time.monotonic()
            status = quiet(command)
            took = (time.monotonic() - begun) * 1000
            if status and name != "eidenv":  # whose exit status is always 1
                fail(f"{name} ended with {status}")
            sent = between.commands()
            on_wire = (sent[-1][0] - sent[0][3]) * 1000
            best[name] = tuple(min(pair) for pair in zip(best[name], (len(sent), took, on_wire)))
    return best


def since_insertion(between, start_card):
    """Milliseconds from the first sight of the card to the whole identity, and to the last that a proof needs."""
    between.events.clear()
    reading = subprocess.Popen(shlex.split(os.environ["READ_ALL"]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)  # until it waits for a card; it may take less, never more
    card = start_card()
    if reading.wait(timeout=60):
        fail("the reading of a card that was put in did not succeed")
    seen = next(at for at, message, _, _ in between.events if message == b"\x04")
    name = proof = None
    selected = b""
    for at, message, answer, _ in between.commands():
        if message[1] == 0xA4:
            selected = message[-2:]
        elif message[1] == 0xB0 and selected == b"\x40\x31" and answer[-2:] == b"\x90\x00":
            name = (at - seen) * 1000
        if message[1] == 0xA4 and selected == b"\x50\x3a":
            proof = (before - seen) * 1000
        before = at
    return card, name, proof, (before - seen) * 1000


def main():
    pcscd = subprocess.Popen(["pcscd", "--foreground", "--error"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until("pcscd", lambda: os.path.exists("/run/pcscd/pcscd.comm"))
    until("vpcd", lambda: any(":8C7B " in line for line in open("/proc/net/tcp")))
    between = GoBetween()

    def start_card():
        command = shlex.split(os.environ["EMULATE"]) + [f"{OURS[0]}:{OURS[1]}"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    card = start_card()
    until("the card", has_card)
    python = os.environ["PYTHON"]
    names = {
        "ours": shlex.split(os.environ["READ_NAMES"]),
        "eidenv": ["eidenv", "-r", "0"],
        "pythonbeid": [python, "-c", BEID.format(False)],
    }
    face = {"ours": shlex.split(os.environ["READ_FACE"]), "pythonbeid": [python, "-c", BEID.format(True)]}
    broken = []
    slower = []
    for delay in (0.0, ROUND_TRIP):
        between.delay = delay
        for title, programs in (("identity and address", names), ("identity, address and photo", face)):
            figures = measure(between, programs)
            shown = ", ".join(
                f"{name} {count} commands {took:.0f} ms ({on_wire:.0f} with the card)"
                for name, (count, took, on_wire) in figures.items()
            )
            print(f"{title}, {delay * 1000:.0f} ms a command, best of {ROUNDS}: {shown}")
            count, took, on_wire = figures.pop("ours")
            if any(count > other for other, _, _ in figures.values()):
                broken.append(f"{title}: more commands than the least of the others")
            if any(on_wire > other for _, _, other in figures.values()):
                slower.append(f"{title}, {delay * 1000:.0f} ms a command: longer with the card than another")
            if any(took > other for _, other, _ in figures.values()):
                if IS_DEBUG:
                    print("  a debug build: its start alone takes some 45 ms, so no verdict on the whole program")
                else:
                    slower.append(f"{title}, {delay * 1000:.0f} ms a command: slower than another")

    between.delay = ROUND_TRIP
    card.kill()
    card.wait()
    until("the card's removal", lambda: not has_card())
    card, name, proof, whole = since_insertion(between, start_card)
    print(f"from the first sight of a card, 18 ms a command: name {name:.0f} ms, proof {proof:.0f} ms, all {whole:.0f} ms")
    if name > 150:
        slower.append("the first name took more than 150 ms")
    if proof > 2000:
        slower.append("what a proof needs took more than 2 s")
    card.kill()
    pcscd.kill()
    for line in broken:
        fail(line)
    for line in slower:
        # Programs wait for their own threads, so on a machine with more to do than processors the figure says little.
        if os.getloadavg()[0] > os.cpu_count():
            print(f"the machine is busy, load {os.getloadavg()[0]:.1f}: no verdict on: {line}")
        else:
            fail(line)
    print("passed")


if __name__ == "__main__":
    main()
