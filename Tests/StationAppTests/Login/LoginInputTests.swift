import EnrolmentCore
import Foundation
import Glibc
import Testing

@testable import StationApp

@Suite("A secret that is typed or piped")
struct LoginInputTests {
    @Test(
        "of a pipe, one line is taken, without its end, and not a byte more",
        arguments: [("1234\n", "1234"), ("1234\r\n", "1234"), ("1234", "1234"), ("é 5\nmore", "é 5")])
    func pipe(given: String, expected: String) throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(given.utf8))
        try pipe.fileHandleForWriting.close()
        let secret = try SecretInput(pipe.fileHandleForReading.fileDescriptor).line()
        #expect(secret.withBytes { Array($0) } == Array(expected.utf8))
    }

    @Test("an empty pipe, and one that never ends its line, are refused")
    func useless() throws {
        for bytes in [0, 1, SecretBytes.capacity + 1] {
            let pipe = Pipe()
            let content = bytes == 1 ? [UInt8(ascii: "\n")] : [UInt8](repeating: 0x31, count: bytes)
            try pipe.fileHandleForWriting.write(contentsOf: Data(content))
            try pipe.fileHandleForWriting.close()
            #expect(throws: FailureReport.self) { try SecretInput(pipe.fileHandleForReading.fileDescriptor).line() }
        }
    }

    @Test("at a terminal nothing is shown, backspace takes a character back, and the terminal is as before")
    func terminal() throws {
        let terminal = try Pseudoterminal()
        terminal.type("12é\u{7F}34\r")
        let secret = try SecretInput(terminal.slave).typed("")
        #expect(secret?.withBytes { Array($0) } == Array("1234".utf8))
        #expect(terminal.isEchoing)
        #expect(terminal.shown().isEmpty)
    }

    @Test("Escape and Ctrl-C give up, and leave the terminal as it was", arguments: ["12\u{1B}", "12\u{03}"])
    func givenUp(keys: String) throws {
        let terminal = try Pseudoterminal()
        terminal.type(keys)
        #expect(try SecretInput(terminal.slave).typed("") == nil)
        #expect(terminal.isEchoing)
    }

    @Test("what is no terminal cannot be typed at")
    func noTerminal() {
        let pipe = Pipe()
        let report = #expect(throws: FailureReport.self) {
            try SecretInput(pipe.fileHandleForReading.fileDescriptor).typed("")
        }
        #expect(report?.code == .input(.noSecret))
    }

    @Test("a file with a passphrase that others may read is used, and told of", arguments: [0o600, 0o640, 0o666])
    func exposedFile(mode: Int) throws {
        let path = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data("zin\n".utf8), attributes: [.posixPermissions: mode]))
        chmod(path, mode_t(mode))
        var told: [String] = []
        let secret = try SecretInput.firstLine(of: path) { told.append($0) }
        #expect(secret.withBytes { Array($0) } == Array("zin".utf8))
        #expect(told.count == (mode == 0o600 ? 0 : 1) && told.allSatisfy { $0.contains(path) })
    }

    @Test("two that are typed the same are the same, and one is the same as itself")
    func same() throws {
        let (one, same, other) = (try SecretBytes(), try SecretBytes(), try SecretBytes())
        for byte in "zin".utf8 {
            one.append(byte)
            same.append(byte)
        }
        other.append(0x31)
        #expect(one.holdsSame(as: same) && one.holdsSame(as: one))
        #expect(!one.holdsSame(as: other))
    }
}

/// Two ends of a terminal: a person's and a program's.
private final class Pseudoterminal {
    /// TIOCSPTLCK and TIOCGPTN of asm-generic/ioctls.h: Glibc's own functions are not shown to Swift.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    let master: Int32
    let slave: Int32

    init() throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (lock, number): (Int32, UInt32) = (0, 0)
        guard master >= 0, ioctl(master, Self.setLock, &lock) == 0, ioctl(master, Self.getNumber, &number) == 0 else {
            throw LoginTestError.ended
        }
        slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard slave >= 0 else { throw LoginTestError.ended }
    }

    deinit {
        close(slave)
        close(master)
    }

    /// Types when the program has silenced the terminal: what was typed before is dropped, as it should be.
    func type(_ text: String) {
        let (master, slave) = (master, slave)
        Thread.detachNewThread {
            var now = termios()
            while tcgetattr(slave, &now) == 0, now.c_lflag & tcflag_t(ECHO) != 0 { sched_yield() }
            _ = text.withCString { write(master, $0, strlen($0)) }
        }
    }

    var isEchoing: Bool {
        var now = termios()
        return tcgetattr(slave, &now) == 0 && now.c_lflag & tcflag_t(ECHO) != 0
    }

    /// What the program's end showed.
    func shown() -> [UInt8] {
        var waiting: Int32 = 0
        guard ioctl(master, UInt(FIONREAD), &waiting) == 0, waiting > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: Int(waiting))
        let count = read(master, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }
}
