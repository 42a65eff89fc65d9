import Foundation
import Synchronization

/// Sits on the wires between the library and a software chip: writes down all that passes, and changes or cuts it
/// when asked to.
final class BusTap: Sendable {
    /// Sees the number of a command (from 0) and the chip's answer; what it returns is what the library gets, and nil
    /// closes the connection instead.
    typealias Meddling = @Sendable (Int, [UInt8]) -> [UInt8]?

    private let listener: TCPSocket
    private let control: TCPSocket
    private let chip: UInt16
    private let seen = Mutex<(bytes: [UInt8], commands: Int)>(([], 0))
    private let meddling: Meddling

    init(before chip: SoftwareChip, _ meddling: @escaping Meddling = { $1 }) throws {
        (listener, control) = try Self.listenOnPair()
        self.chip = chip.port
        self.meddling = meddling
        Thread { [self] in
            while let client = listener.accepted() { pass(client) }
        }.start()
        Thread { [self] in
            while let client = control.accepted() { passControl(client) }
        }.start()
    }

    /// Ends it; it holds itself until then.
    func end() {
        listener.shut()
        control.shut()
    }

    var transport: String { "swtpm:host=127.0.0.1,port=\(listener.port)" }
    /// All that went over the wires, both ways.
    var traffic: [UInt8] { seen.withLock(\.bytes) }
    /// How many commands were answered.
    var commands: Int { seen.withLock(\.commands) }

    private func pass(_ client: TCPSocket) {
        while let command = Self.message(from: client) {
            guard let line = try? TCPSocket.connected(to: chip) else { return }
            line.write(command)
            guard let answer = Self.message(from: line) else { return }
            let number = seen.withLock { seen in
                seen.bytes += command + answer
                seen.commands += 1
                return seen.commands - 1
            }
            guard let told = meddling(number, answer) else { return }
            client.write(told)
            // An answer that says it is longer than it is must find an end.
            if told != answer { return }
        }
    }

    /// The library says there at the beginning which locality it speaks from: five bytes, answered by four.
    private func passControl(_ client: TCPSocket) {
        guard let wish = client.read(5), let line = try? TCPSocket.connected(to: chip + 1) else { return }
        line.write(wish)
        if let answer = line.read(4) { client.write(answer) }
    }

    private static func listenOnPair() throws -> (TCPSocket, TCPSocket) {
        while true {
            let port = try TCPSocket.freePair()
            if let first = try? TCPSocket.listening(on: port), let second = try? TCPSocket.listening(on: port + 1) {
                return (first, second)
            }
        }
    }

    /// Commands and answers both say their length in bytes 2 to 5 of ten (TPM 2.0 Part 1, section 18).
    private static func message(from end: TCPSocket) -> [UInt8]? {
        guard let head = end.read(10) else { return nil }
        let length = head[2..<6].reduce(0) { $0 << 8 | Int($1) }
        guard (10...8192).contains(length), let rest = end.read(length - 10) else { return nil }
        return head + rest
    }
}
