import Foundation
import Glibc
import Synchronization
import Testing

@testable import TerminalKit

/// The ncurses terminal on a real pseudo-terminal, in a process of its own, since it takes standard
/// input and output over. Here is the other end: what a terminal emulator would see.
@Suite("NcursesTerminal on a pseudo-terminal", .serialized, .timeLimit(.minutes(1)))
struct RealTerminalTests {
    @Test("It paints, reads keys, follows the window and gives the terminal back")
    func wholeLife() async throws {
        let terminal = try PseudoTerminal()
        terminal.type("\u{1B}[Aé\u{0C}", after: "één")
        await #expect(processExitsWith: .exitCode(7)) { [path = terminal.path as String] in
            let terminal = try await Child.open(path)
            terminal.show(Child.Words(text: "漢字 één"))
            var events = terminal.events.makeAsyncIterator()
            for key in ["up", "é", "ctrl+l"] as [Key] { #expect(await events.next() == .key(key)) }
            PseudoTerminal.resize(STDOUT_FILENO, Size(columns: 100, rows: 30))
            kill(getpid(), SIGWINCH)
            #expect(await events.next() == .resized(Size(columns: 100, rows: 30)))
            terminal.show(Child.Words(text: "groter"))
            kill(getpid(), SIGTERM)
            #expect(await events.next() == .endRequested)
            await terminal.close()
            exit(7)
        }
        let output = terminal.output()
        #expect(output.contains("groter"))
        try terminal.expectGivenBack(output)
    }

    @Test("A crash gives the terminal back, cleared")
    func crash() async throws {
        let terminal = try PseudoTerminal()
        await #expect(processExitsWith: .signal(SIGSEGV)) { [path = terminal.path as String] in
            // Swift's own handler would wait for somebody to look at the crash.
            signal(SIGSEGV, SIG_DFL)
            let terminal = try await Child.open(path)
            terminal.show(Child.Words(text: "geheim"))
            raise(SIGSEGV)
        }
        try terminal.expectGivenBack(terminal.output())
    }

    @Test("On a terminal with one screen nothing stays in it, nor in the memory of what scrolled off")
    func oneScreen() async throws {
        let closed = try PseudoTerminal()
        await #expect(processExitsWith: .exitCode(7)) { [path = closed.path as String] in
            let terminal = try await Child.open(path, term: "vt100")
            terminal.show(Child.Words(text: "geheim"))
            await terminal.close()
            exit(7)
        }
        try closed.expectWiped(closed.output())
        let crashed = try PseudoTerminal()
        await #expect(processExitsWith: .signal(SIGSEGV)) { [path = crashed.path as String] in
            signal(SIGSEGV, SIG_DFL)
            let terminal = try await Child.open(path, term: "vt100")
            terminal.show(Child.Words(text: "geheim"))
            raise(SIGSEGV)
        }
        try crashed.expectWiped(crashed.output())
    }

    @Test("Of lines that were said, a blank screen leaves none in the terminal")
    func plainBlank() async throws {
        let terminal = try PseudoTerminal()
        terminal.type("x", after: "geheim")
        terminal.type("y", after: "terug")
        await #expect(processExitsWith: .exitCode(7)) { [path = terminal.path as String] in
            Child.take(path)
            let terminal = try await PlainTerminal.open()
            terminal.show(Child.Words(text: "geheim"))
            var events = terminal.events.makeAsyncIterator()
            #expect(await events.next() == .key("x"))
            terminal.show(Child.Words(text: "verborgen", hidesWhatWas: true))
            // Comes before that is painted, and must not undo it.
            terminal.show(Child.Words(text: "terug"))
            #expect(await events.next() == .key("y"))
            await terminal.close()
            exit(7)
        }
        let output = terminal.output()
        let said = try #require(output.range(of: "geheim"))
        let again = try #require(output.range(of: "terug"))
        #expect(output[said.upperBound..<again.lowerBound].contains("\u{1B}[3J"))
    }

    @Test("A program that exits without closing gives the terminal back")
    func exitWithoutClose() async throws {
        let terminal = try PseudoTerminal()
        await #expect(processExitsWith: .exitCode(3)) { [path = terminal.path as String] in
            let terminal = try await Child.open(path)
            terminal.show(Child.Words(text: "geheim"))
            exit(3)
        }
        try terminal.expectGivenBack(terminal.output())
    }

    @Test("A second request to end ends a program that does not listen")
    func stubborn() async throws {
        let terminal = try PseudoTerminal()
        await #expect(processExitsWith: .signal(SIGTERM)) { [path = terminal.path as String] in
            signal(SIGTERM, SIG_DFL)
            let terminal = try await Child.open(path)
            terminal.show(Child.Words(text: "geheim"))
            var events = terminal.events.makeAsyncIterator()
            kill(getpid(), SIGTERM)
            #expect(await events.next() == .endRequested)
            kill(getpid(), SIGTERM)
            _ = await events.next()
        }
        try terminal.expectGivenBack(terminal.output())
    }

    @Test("What is no terminal, or an unknown one, is a named error and stays as it was")
    func errors() async throws {
        let terminal = try PseudoTerminal()
        await #expect(processExitsWith: .exitCode(7)) { [path = terminal.path as String] in
            await #expect(throws: TerminalError.unknownTerminal) {
                try await Child.open(path, term: "no-such-terminal")
            }
            close(STDIN_FILENO)
            await #expect(throws: TerminalError.notATerminal) { try await NcursesTerminal.open(environment: [:]) }
            exit(7)
        }
        #expect(terminal.hasCookedModes)
    }
}

/// What runs in the process with the terminal.
private enum Child {
    struct Words: TerminalContent {
        let text: String
        var hidesWhatWas = false
        func draw(into buffer: inout CellBuffer) { buffer.write(text, x: 0, y: 0) }
        var plainLines: [String] { [text] }
    }

    static func open(_ path: String, term: String = "xterm-256color") async throws -> NcursesTerminal {
        take(path)
        setenv("TERM", term, 1)
        return try await NcursesTerminal.open(environment: ["TERM": term])
    }

    static func take(_ path: String) {
        let descriptor = Glibc.open(path, O_RDWR | O_NOCTTY)
        dup2(descriptor, STDIN_FILENO)
        dup2(descriptor, STDOUT_FILENO)
    }
}

/// Both ends of a pseudo-terminal of 80 by 24.
private final class PseudoTerminal: Sendable {
    let path: String
    private let master: Int32
    /// Kept open, so that the terminal lives on when the process ends.
    private let slave: Int32
    private let painted = Mutex<[UInt8]>([])

    struct NoPseudoTerminal: Error {}

    /// TIOCSPTLCK and TIOCGPTN of ioctl_tty(2), which Swift does not see since they are computed.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    init() throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var isLocked: Int32 = 0
        var number: UInt32 = 0
        guard master >= 0, ioctl(master, Self.setLock, &isLocked) == 0, ioctl(master, Self.getNumber, &number) == 0
        else { throw NoPseudoTerminal() }
        path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY)
        guard slave >= 0 else { throw NoPseudoTerminal() }
        Self.resize(master, Size(columns: 80, rows: 24))
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(slave)
        close(master)
    }

    static func resize(_ descriptor: Int32, _ size: Size) {
        var window = winsize(
            ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &window)
    }

    /// Types when this has been painted; before, the terminal would not be the program's yet.
    func type(_ text: String, after painted: String) {
        Thread.detachNewThread { [self] in
            var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            // Of two who wait, the first reads what both were to be woken by.
            while !output().contains(painted) { poll(&ready, 1, 20) }
            let bytes = Array(text.utf8)
            _ = write(master, bytes, bytes.count)
        }
    }

    /// All that was painted so far.
    func output() -> String {
        painted.withLock { all in
            var part = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(master, &part, part.count)
                guard count > 0 else { return String(decoding: all, as: UTF8.self) }
                all += part.prefix(count)
            }
        }
    }

    /// Lines and echo, as a shell wants them.
    var hasCookedModes: Bool {
        var modes = termios()
        guard tcgetattr(slave, &modes) == 0 else { return false }
        let wanted = tcflag_t(ICANON | ECHO | ISIG)
        return modes.c_lflag & wanted == wanted
    }

    /// Row by row, since a terminal may keep what is cleared as a whole; then what it did keep.
    func expectWiped(_ output: String) throws {
        #expect(hasCookedModes)
        let rows = (1...24).map { "\u{1B}[\($0);1H\u{1B}[K" }
        let plain = output.replacing("\0", with: "").replacing("\u{1B}[H", with: "\u{1B}[1;1H")
        let wiped = try #require(plain.range(of: rows.joined(), options: .backwards), "its rows were not cleared")
        let forgotten = try #require(plain.range(of: "\u{1B}[3J", options: .backwards), "its memory was not cleared")
        #expect(wiped.upperBound < forgotten.lowerBound)
        #expect(!plain[wiped.upperBound...].contains("geheim"))
    }

    /// The screen was cleared, then left, and the modes are back.
    func expectGivenBack(_ output: String) throws {
        #expect(hasCookedModes)
        let leave = try #require(output.range(of: "\u{1B}[?1049l"), "the alternate screen was not left")
        let before = output[..<leave.lowerBound]
        let cleared = try #require(before.range(of: "\u{1B}[2J", options: .backwards), "it was not cleared")
        #expect(!before[cleared.upperBound...].contains("geheim"))
    }
}
