import Foundation
import Glibc
import Synchronization

/// A TPM in software (swtpm) that belongs to one test: on ports of its own, with a state folder of its own, and
/// gone with the test.
final class SoftwareChip: Sendable {
    static let isInstalled = access("/usr/bin/swtpm", X_OK) == 0 && access("/usr/bin/tpm2_nvread", X_OK) == 0

    struct Failure: Error { let what: String }

    let port: UInt16
    let folder: URL
    private let process: Mutex<Process>

    /// A new chip, or the one whose state lies in a folder.
    ///
    /// Nobody can hold a port until swtpm has it, so another process may come first; then it is tried again.
    init(stateIn folder: URL? = nil) throws {
        let home = folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("chip-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        for _ in 0..<10 {
            let port = try TCPSocket.freePair()
            guard let process = try Self.start(on: port, home) else { continue }
            self.port = port
            self.folder = home
            self.process = Mutex(process)
            return
        }
        throw Failure(what: "swtpm does not start")
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Where tpm2-tss and tpm2-tools find it.
    var transport: String { "swtpm:host=127.0.0.1,port=\(port)" }

    /// Nil when it ended at once, as it does where a port is taken.
    private static func start(on port: UInt16, _ folder: URL) throws -> Process? {
        // It writes its number when its ports are open: no need to knock until it answers.
        let number = folder.appendingPathComponent("number").path
        defer { unlink(number) }
        guard mkfifo(number, 0o600) == 0 else { throw Failure(what: "no FIFO") }
        let started = open(number, O_RDONLY | O_NONBLOCK)
        defer { close(started) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/swtpm")
        process.arguments = [
            "socket", "--tpm2", "--tpmstate", "dir=\(folder.path)", "--server", "type=tcp,port=\(port)",
            "--ctrl", "type=tcp,port=\(port + 1)", "--flags", "not-need-init,startup-clear", "--pid", "file=\(number)",
        ]
        let life = Pipe()
        process.standardOutput = life
        process.standardError = FileHandle.nullDevice
        try process.run()
        try? life.fileHandleForWriting.close()
        var ends = [
            pollfd(fd: started, events: Int16(POLLIN), revents: 0),
            pollfd(fd: life.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&ends, 2, 30_000) > 0 else { throw Failure(what: "swtpm neither starts nor ends") }
        if ends[0].revents != 0 { return process }
        process.waitUntilExit()
        return nil
    }

    /// At once, without a word to its users, and as good for its state as a power cut.
    func stop() {
        process.withLock { process in
            guard process.isRunning else { return }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    /// Stops it and starts it again on the same ports, as a machine that is switched off and on.
    func restart() throws {
        stop()
        guard let next = try Self.start(on: port, folder) else { throw Failure(what: "swtpm does not start again") }
        process.withLock { $0 = next }
    }

    struct Answer {
        let code: Int32
        let output: [UInt8]
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Has a program of tpm2-tools talk to it.
    @discardableResult
    func tool(
        _ name: String, _ arguments: [String], over transport: String? = nil
    ) throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/\(name)")
        process.arguments = arguments + ["-T", transport ?? self.transport]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // What they print fits the pipe.
        process.waitUntilExit()
        return Answer(
            code: process.terminationStatus, output: [UInt8](output.fileHandleForReading.readDataToEndOfFile()))
    }
}
