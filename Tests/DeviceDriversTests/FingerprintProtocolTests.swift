import DeviceDrivers
import DeviceTransport
import EnrolmentCore
import StationTestSupport
import Testing

/// The protocol as a table of events and effects, without any device.
@Suite struct FingerprintProtocolTests {
    typealias Machine = UareUProtocol

    @Test("A recorded power-up is followed step by step, the power message coming before its write has ended")
    func recordedPowerUp() {
        var machine = Machine(wantsChallengeResponse: false)
        #expect(machine.handle(.begin) == [.awaitMessage, .read(.status, count: 1, within: .seconds(2))])
        #expect(machine.handle(read(0x01)) == [.write(.status, [0x81], within: .seconds(2))])
        #expect(machine.handle(written) == [.write(.status, [0x01], within: .seconds(2))])
        #expect(machine.handle(message(0x56AA)) == [.awaitMessage])
        #expect(machine.handle(written) == [.read(.status, count: 1, within: .seconds(2))])
        #expect(
            machine.handle(read(0x01)) == [.stopTimer, .read(.information, count: 16, within: .seconds(2))])
        #expect(
            machine.handle(.controlEnded(.success([UInt8](repeating: 0, count: 16))))
                == [.write(.mode, [0x10], within: .seconds(2)), .show(.placeFinger)])
    }

    @Test("The picture's transfer is started before the scanner is told to send, and messages wait again first")
    func captureOrder() {
        var machine = atFinger()
        #expect(
            machine.handle(message(0x0101)) == [
                .awaitMessage, .stopTimer, .awaitPicture, .write(.mode, [0x20], within: .seconds(2)), .show(.reading),
            ])
        #expect(machine.handle(written) == [.startTimer(.seconds(1))])
    }

    @Test("A power message that comes again later, an unknown and an empty message mean nothing")
    func otherMessages() {
        var machine = atFinger()
        for bytes: [UInt8] in [[0x56, 0xAA], [0x77, 0x77], [], [0x01]] {
            #expect(machine.handle(.messageEnded(.success(bytes))) == [.awaitMessage])
        }
    }

    @Test("Without a power message the power-up starts again, three times in all")
    func powerRounds() {
        var machine = Machine(wantsChallengeResponse: false)
        _ = machine.handle(.begin)
        for round in 1...3 {
            _ = machine.handle(read(0x01))
            _ = machine.handle(written)
            _ = machine.handle(written)
            #expect(machine.handle(read(0x01)) == [.startTimer(.milliseconds(300))])
            let effects = machine.handle(.timeElapsed)
            #expect(effects.contains(.read(.status, count: 1, within: .seconds(2))) == (round < 3))
        }
    }

    @Test("A confused scanner is restarted before it is powered up")
    func confused() {
        var machine = Machine(wantsChallengeResponse: false)
        _ = machine.handle(.begin)
        #expect(machine.handle(read(0x85)) == [.write(.status, [0x05], within: .seconds(2))])
        _ = machine.handle(written)
        #expect(machine.handle(read(0x80)) == [.startTimer(.milliseconds(10))])
        #expect(machine.handle(.timeElapsed) == [.read(.status, count: 1, within: .seconds(2))])
        #expect(machine.handle(read(0x01)) == [.write(.status, [0x81], within: .seconds(2))])
    }

    @Test("Cancelled at the finger: off first, then the wait for messages ends, then it is over")
    func cancel() {
        var machine = atFinger()
        #expect(machine.handle(.cancelled) == [.stopTimer, .write(.mode, [0x70], within: .seconds(1))])
        #expect(machine.handle(written) == [.cancel(.message), .startTimer(.seconds(1))])
        let ended = machine.handle(.messageEnded(.failure(TransportError(.cancelled))))
        #expect(ended == [.stopTimer, .finish(.failed(.cancelled, detail: ""))])
        #expect(machine.handle(.timeElapsed).isEmpty)
    }

    @Test("An unplugged scanner is not written to any more")
    func unplugged() {
        var machine = atFinger()
        let effects = machine.handle(.messageEnded(.failure(TransportError(.unplugged))))
        #expect(effects == [.stopTimer, .finish(.lost(TransportError(.unplugged)))])
    }

    @Test(
        "In any order of events it ends, with nothing under way and at least one wait until then",
        arguments: UInt64(1)...8)
    func randomWalk(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 { walk(using: &generator) }
    }

    /// Answers what is under way at random and checks that the machine never stands still.
    private func walk(using generator: inout SeededGenerator) {
        var machine = Machine(wantsChallengeResponse: Bool.random(using: &generator))
        var underWay: Set<Machine.Transfer> = []
        var hasTimer = false
        var isFinished = false
        var event = Machine.Event.begin
        for step in 0..<3000 {
            for effect in machine.handle(event) {
                switch effect {
                case .read, .write: #expect(underWay.insert(.control).inserted)
                case .awaitMessage: #expect(underWay.insert(.message).inserted)
                case .awaitPicture: #expect(underWay.insert(.picture).inserted)
                case .startTimer: hasTimer = true
                case .stopTimer: hasTimer = false
                case .finish:
                    #expect(!isFinished)
                    isFinished = true
                case .judge, .cancel, .clearStall, .show: break
                }
            }
            if isFinished { break }
            guard hasTimer || underWay.contains(.control) else {
                Issue.record("nothing bounds the wait after step \(step)")
                return
            }
            event = nextEvent(&underWay, &hasTimer, isLate: step > 400, using: &generator)
        }
        #expect(isFinished && machine.isFinished)
    }

    private func nextEvent(
        _ underWay: inout Set<Machine.Transfer>, _ hasTimer: inout Bool, isLate: Bool,
        using generator: inout SeededGenerator
    ) -> Machine.Event {
        if isLate, Bool.random(using: &generator) { return .cancelled }
        if hasTimer, Int.random(in: 0..<4, using: &generator) == 0 || underWay.isEmpty {
            hasTimer = false
            return .timeElapsed
        }
        let candidates = Machine.Transfer.allCases.filter(underWay.contains)
        guard let transfer = candidates.randomElement(using: &generator) else { return .timeElapsed }
        underWay.remove(transfer)
        let fails = Int.random(in: 0..<24, using: &generator) == 0
        let reason = TransportError.Reason.allCases.randomElement(using: &generator) ?? .stalled
        switch transfer {
        case .control:
            let byte = [0x01, 0x03, 0x81, 0x85, 0x00].randomElement(using: &generator) ?? 1
            let count = [0, 1, 4, 16].randomElement(using: &generator) ?? 16
            let bytes = [UInt8](repeating: UInt8(byte), count: count)
            return .controlEnded(fails ? .failure(TransportError(reason)) : .success(bytes))
        case .message:
            let type = [0x56AA, 0x0101, 0x0200, 0x0800, 0x1234].randomElement(using: &generator) ?? 0
            return fails ? .messageEnded(.failure(TransportError(reason))) : message(type)
        case .picture:
            let lines = Int.random(in: 0...3, using: &generator)
            var packet = Array(FingerprintPacketTests.header.prefix(64)) + [UInt8](repeating: 9, count: lines * 384)
            (packet[4], packet[5]) = (2, 0)
            return .pictureEnded(fails ? .failure(TransportError(reason)) : .success(packet))
        }
    }

    // MARK: Parts

    private func atFinger() -> Machine {
        var machine = Machine(wantsChallengeResponse: false)
        _ = machine.handle(.begin)
        _ = machine.handle(read(0x01))
        _ = machine.handle(written)
        _ = machine.handle(message(0x56AA))
        _ = machine.handle(written)
        _ = machine.handle(read(0x01))
        _ = machine.handle(.controlEnded(.success([UInt8](repeating: 0, count: 16))))
        #expect(machine.handle(written) == [.startTimer(.seconds(30))])
        return machine
    }

    private let written = Machine.Event.controlEnded(.success([]))

    private func read(_ byte: UInt8) -> Machine.Event { .controlEnded(.success([byte])) }

    private func message(_ type: Int) -> Machine.Event {
        .messageEnded(.success([UInt8(type >> 8), UInt8(type & 0xFF)] + [UInt8](repeating: 0, count: 62)))
    }
}
