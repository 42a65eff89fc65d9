import DeviceTransport
import Testing

@testable import DeviceEmulation

/// What a client may send, and what it may not.
@Suite struct USBIPCommandTests {
    @Test("A submission is read from its 48 bytes")
    func submission() throws {
        let header = USBIPBytes.submit(
            7, isIn: true, endpoint: 0, length: 18, setup: [0x80, 6, 0, 1, 0x09, 0x04, 18, 0], flags: 1)
        guard case .submit(let submission) = try USBIPCommand(header) else {
            Issue.record("no submission")
            return
        }
        #expect(submission.sequence == 7)
        #expect(submission.isIn && submission.endpoint == 0 && submission.refusesShort)
        #expect(submission.setup == USBSetup(requestType: 0x80, request: 6, value: 0x0100, index: 0x0409))
        #expect(submission.length == 18 && submission.setupLength == 18)
    }

    @Test("An unlink names the submission that it means")
    func unlink() throws {
        #expect(try USBIPCommand(USBIPBytes.unlink(9, target: 7)) == .unlink(sequence: 9, target: 7))
    }

    @Test(
        "What the protocol does not allow has a name",
        arguments: [
            (USBIPBytes.words([9, 1]), USBIPFailure.command(9)),
            (USBIPBytes.submit(1, isIn: true, endpoint: 16, length: 0), .endpoint(16)),
            (USBIPBytes.words([1, 1, 0, 2, 1]), .endpoint(2)),
            (USBIPBytes.submit(1, isIn: true, endpoint: 2, length: -1), .length(-1)),
            (USBIPBytes.submit(1, isIn: true, endpoint: 2, length: .max), .length(.max)),
            (USBIPBytes.submit(1, isIn: true, endpoint: 2, length: 64, packets: 3), .isochronous),
            (USBIPBytes.submit(1, isIn: false, endpoint: 0, length: 2, setup: [0x80, 0, 0, 0, 0, 0, 2, 0]), .setup),
        ])
    func refused(header: [UInt8], failure: USBIPFailure) {
        #expect(throws: failure) { try USBIPCommand(header) }
    }

    @Test("Any 48 bytes are a command or a named failure")
    func random() {
        let seed: UInt64 = 0x48
        var generator = EmulationSeed(seed)
        var kinds: Set<Int> = []
        for _ in 0..<20_000 {
            var header = (0..<48).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            // Mostly with a command and an endpoint that exist, so that the rest is read too.
            if generator.next() & 3 != 0 {
                header.replaceSubrange(0..<4, with: [0, 0, 0, UInt8(generator.next() & 3)])
                header.replaceSubrange(12..<20, with: [0, 0, 0, 1, 0, 0, 0, UInt8(generator.next() & 15)])
                header.replaceSubrange(24..<26, with: [0, 0])
                header.replaceSubrange(32..<36, with: [0, 0, 0, 0])
            }
            do throws(USBIPFailure) {
                switch try USBIPCommand(header) {
                case .submit(let submission):
                    kinds.insert(1)
                    #expect(submission.length <= USBIPCommand.longestTransfer, "seed \(seed)")
                case .unlink: kinds.insert(2)
                }
            } catch {
                kinds.insert(3)
            }
        }
        #expect(kinds == [1, 2, 3], "seed \(seed)")
    }

    @Test("A request of another version, or an unknown one, has a name")
    func requests() throws {
        #expect(try USBIPMessage.requestCode([1, 0x11, 0x80, 0x05, 0, 0, 0, 0]) == 0x8005)
        #expect(throws: USBIPFailure.version(0x0106)) { try USBIPMessage.requestCode([1, 6, 0x80, 5, 0, 0, 0, 0]) }
        #expect(throws: USBIPFailure.request(0x8001)) { try USBIPMessage.requestCode([1, 0x11, 0x80, 1, 0, 0, 0, 0]) }
    }
}

/// Messages as a client writes them.
enum USBIPBytes {
    static func submit(
        _ sequence: UInt32, isIn: Bool, endpoint: UInt32, length: Int32, setup: [UInt8] = [], flags: UInt32 = 0,
        packets: UInt32 = 0
    ) -> [UInt8] {
        let words = [1, sequence, 0x10002, isIn ? 1 : 0, endpoint, flags, UInt32(bitPattern: length), 0, packets, 0]
        return Array((Self.words(words).prefix(40) + setup + [UInt8](repeating: 0, count: 8)).prefix(48))
    }

    static func unlink(_ sequence: UInt32, target: UInt32) -> [UInt8] {
        words([2, sequence, 0x10002, 0, 0, target])
    }

    /// 48 bytes that begin with these numbers.
    static func words(_ words: [UInt32]) -> [UInt8] {
        let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
        return bytes + [UInt8](repeating: 0, count: 48 - bytes.count)
    }
}
