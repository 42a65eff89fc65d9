import DeviceDrivers
import DeviceTransport
import EnrolmentCore
import Testing

/// The protocol as a table of events and effects, without any module.
@Suite struct MorphoProtocolTests {
    typealias Machine = MorphoProtocol

    @Test("First a read, then a cancel and a silence, and only then the command")
    func beginning() {
        var machine = Machine(.description)
        #expect(machine.handle(.begin) == [.read(length: 512), .write(.cancel, within: .seconds(5))])
        #expect(machine.handle(written) == [.startTimer(.milliseconds(100))])
        #expect(machine.handle(.timeElapsed) == [.write(.describe, within: .seconds(5))])
        #expect(machine.handle(written) == [.startTimer(.seconds(5))])
    }

    @Test("What is left of an earlier command prolongs the silence and means nothing")
    func leftOvers() {
        var machine = Machine(.picture(.firstPicture, within: .seconds(30)))
        _ = machine.handle(.begin)
        #expect(machine.handle(frame([0x71, 8, 0, 0, 1, 4, 0, 0, 0, 0, 0])) == [.read(length: 512)])
        _ = machine.handle(written)
        let left = [frame([0x21, 5, 0, 0xE5, 0, 0, 0, 0]), .readEnded(.success([1, 2, 3])), .readEnded(.success([]))]
        for event in left {
            #expect(machine.handle(event) == [.read(length: 512), .startTimer(.milliseconds(100))])
        }
        #expect(machine.handle(.timeElapsed) == [.write(.takePicture(within: .seconds(30)), within: .seconds(5))])
    }

    @Test("A module that never falls silent is given up after a while")
    func babbling() {
        var machine = Machine(.description)
        _ = machine.handle(.begin)
        _ = machine.handle(written)
        var effects: [Machine.Effect] = []
        for _ in 0..<65 { effects = machine.handle(.readEnded(.success([0]))) }
        #expect(effects == [.stopTimer, .write(.cancel, within: .seconds(1))])
        #expect(machine.handle(written) == [.startTimer(.milliseconds(100))])
        #expect(
            machine.handle(.timeElapsed)
                == [.stopTimer, .finish(.failed(.protocolViolation, detail: "does not fall silent"))])
    }

    @Test("An answer that comes before its command's write has ended is understood afterwards")
    func earlyAnswer() {
        var machine = Machine(.description)
        _ = machine.handle(.begin)
        _ = machine.handle(written)
        _ = machine.handle(.timeElapsed)
        #expect(machine.handle(frame(texts)) == [.read(length: 512)])
        let effects = machine.handle(written)
        #expect(effects == [.startTimer(.seconds(5)), .stopTimer, .cancel(.read), .startTimer(.seconds(1))])
        let ended = machine.handle(.readEnded(.failure(TransportError(.cancelled))))
        guard case .finish(.description(let description)) = ended.last else {
            Issue.record("no description")
            return
        }
        #expect(description.product == "MSO")
    }

    @Test("A hint is shown when it changes; a good finger shortens the wait, and losing it gives the time back")
    func hints() {
        var machine = atFinger()
        #expect(hint(5, &machine) == [.read(length: 512), .show(.hint(.pressHarder))])
        #expect(hint(5, &machine) == [.read(length: 512)])
        #expect(hint(8, &machine) == [.read(length: 512), .startTimer(.seconds(5)), .show(.hint(.fingerIsGood))])
        #expect(hint(0, &machine) == [.read(length: 512), .startTimer(.seconds(35)), .show(.hint(.noFinger))])
    }

    @Test("The last hint says why nobody's finger was taken")
    func reasons() {
        let table: [([Int32], CaptureRetry)] = [
            ([], .noFinger), ([0], .noFinger), ([0, 1, 0], .liftedTooEarly), ([8], .liftedTooEarly),
            ([1], .pressHarder),
            ([2], .pressHarder), ([3], .pressHarder), ([4], .pressHarder), ([5], .pressHarder), ([6], .cleanGlass),
            ([7], .liftFinger), ([7, 0], .noFinger), ([6, 0], .noFinger),
        ]
        for (hints, retry) in table {
            var machine = atFinger()
            for number in hints { _ = hint(number, &machine) }
            #expect(outcome(of: [0x21, 5, 0, 0xFA, 0, 0, 0, 0], &machine) == .retry(retry), "\(hints)")
        }
    }

    @Test("Every status of an answer ends the session as its meaning says, or gives the command again")
    func statuses() {
        for status in MorphoStatus.allCases where status != .ok {
            var machine = atFinger()
            let answer: [UInt8] = [0x21, 5, 0, status.rawValue, 0, 0, 0, 0]
            switch status.meaning {
            case .person(let retry): #expect(outcome(of: answer, &machine) == .retry(retry))
            case .nobody: #expect(outcome(of: answer, &machine) == .retry(.noFinger))
            case .busy: #expect(machine.handle(frame(answer)).contains(.write(.cancel, within: .seconds(5))))
            // Of an earlier command, as long as a cancel was given that none answered.
            case .aborted: #expect(machine.handle(frame(answer)) == [.read(length: 512)])
            case .machine(let name):
                #expect(outcome(of: answer, &machine) == .failed(.protocolViolation, detail: name))
            case .success, .poor: Issue.record("\(status)")
            }
        }
    }

    @Test("Every status of a finger: with its picture, without one, and with only the last whole picture")
    func enrolmentStatuses() throws {
        let block = MorphoElementTests.block()
        let image = try MorphoImage(block)
        for status in MorphoEnrolmentStatus.allCases {
            let content = { (elements: [UInt8]) in ILVElement(0x21, [0, status.rawValue, 0, 0, 0, 0] + elements).bytes }
            let withPicture = content(ILVElement(0x3D, block).bytes)
            var (first, second, third) = (atFinger(), atFinger(), atFinger())
            _ = third.handle(frame(ILVElement(0x71, [0] + ILVElement(0x08, block).bytes).bytes))
            let outcomes = [
                outcome(of: withPicture, &first), outcome(of: content([]), &second), outcome(of: content([]), &third),
            ]
            switch status.meaning {
            case .success:
                let missing = Machine.Outcome.failed(.protocolViolation, detail: "no picture")
                #expect(outcomes == [.picture(image, .automatic), missing, .picture(image, .automatic)])
            case .poor:
                #expect(
                    outcomes == [.picture(image, .automatic), .retry(.pressHarder), .picture(image, .automatic)])
            case .person(let retry): #expect(outcomes == [.retry(retry), .retry(retry), .retry(retry)])
            case .machine(let name):
                #expect(outcomes.allSatisfy { $0 == .failed(.protocolViolation, detail: name) })
            default: Issue.record("\(status)")
            }
        }
    }

    @Test("Half a frame from before the command does not swallow its answer")
    func staleBytes() {
        var machine = Machine(.picture(.firstPicture, within: .seconds(30)))
        _ = machine.handle(.begin)
        _ = machine.handle(written)
        _ = machine.handle(.readEnded(.success(cutFrame)))
        _ = machine.handle(.timeElapsed)
        _ = machine.handle(written)
        let effects = machine.handle(frame([0x21, 5, 0, 0xFA, 0, 0, 0, 0]))
        #expect(effects.last == .finish(.retry(.noFinger)))
    }

    @Test("Each picture of a series may meet a busy module twice")
    func busySeries() {
        var machine = Machine(.picture(.series(atMost: 2), within: .seconds(30)))
        _ = machine.handle(.begin)
        let picture = ILVElement(0x21, [0, 0, 0, 0, 0, 0] + ILVElement(0x3D, MorphoElementTests.block()).bytes).bytes
        for _ in 0..<2 {
            for answer in [[0x21, 5, 0, 0xF4, 0, 0, 0, 0], [0x21, 5, 0, 0xF5, 0, 0, 0, 0], picture] {
                _ = machine.handle(written)
                _ = machine.handle(.timeElapsed)
                _ = machine.handle(written)
                _ = machine.handle(frame(answer))
            }
            _ = machine.handle(.judged(score: 1, isGood: false))
        }
        let ended = machine.handle(.readEnded(.failure(TransportError(.cancelled))))
        guard case .finish(.picture) = ended.last else {
            Issue.record("no picture")
            return
        }
    }

    @Test("A message that lost its tail holds the answer up until the time is over, and no longer")
    func lostTail() {
        var machine = atFinger()
        _ = machine.handle(.readEnded(.success(cutFrame)))
        #expect(machine.handle(frame([0x21, 5, 0, 0xFA, 0, 0, 0, 0])) == [.read(length: 512)])
        #expect(machine.handle(.timeElapsed) == [.stopTimer, .cancel(.read), .startTimer(.seconds(1))])
        let ended = machine.handle(.readEnded(.failure(TransportError(.cancelled))))
        #expect(ended.last == .finish(.retry(.noFinger)))
    }

    /// The beginning of a frame of 500 bytes.
    private let cutFrame: [UInt8] =
        Array("SYNC".utf8) + [0xF4, 1, 0, 0, 0x0B, 0xFE, 0xFF, 0xFF] + [UInt8](repeating: 7, count: 40)

    @Test("A second abortion that nobody asked for is an error, not an endless wait")
    func unaskedAbortion() {
        var machine = atFinger()
        let aborted: [UInt8] = [0x21, 5, 0, 0xE5, 0, 0, 0, 0]
        #expect(machine.handle(frame(aborted)) == [.read(length: 512)])
        #expect(
            outcome(of: aborted, &machine) == .failed(.protocolViolation, detail: "aborted without a cancel"))
    }

    @Test("Cancelled while a finger is awaited: the module is told, what it still says is let pass, then it is over")
    func cancelled() {
        var machine = atFinger()
        #expect(machine.handle(.cancelled) == [.stopTimer, .write(.cancel, within: .seconds(1))])
        #expect(machine.handle(frame([0x71, 8, 0, 0, 1, 4, 0, 0, 0, 0, 0])) == [.read(length: 512)])
        #expect(machine.handle(written) == [.startTimer(.milliseconds(100))])
        let aborted = frame([0x21, 5, 0, 0xE5, 0, 0, 0, 0])
        #expect(machine.handle(aborted) == [.read(length: 512), .startTimer(.milliseconds(100))])
        #expect(machine.handle(.timeElapsed) == [.cancel(.read), .startTimer(.seconds(1))])
        let ended = machine.handle(.readEnded(.failure(TransportError(.cancelled))))
        #expect(ended == [.stopTimer, .finish(.failed(.cancelled, detail: ""))])
        #expect(machine.handle(.timeElapsed).isEmpty && machine.isFinished)
    }

    @Test("Reads may fail three times in a row; the fourth ends the session")
    func failingReads() {
        var machine = atFinger()
        let failed = Machine.Event.readEnded(.failure(TransportError(.inputOutput)))
        for _ in 0..<3 { #expect(machine.handle(failed) == [.read(length: 512)]) }
        #expect(machine.handle(.readEnded(.success([]))) == [.read(length: 512)])
        for _ in 0..<3 { #expect(machine.handle(failed) == [.read(length: 512)]) }
        #expect(machine.handle(failed) == [.stopTimer, .write(.cancel, within: .seconds(1))])
        _ = machine.handle(written)
        let ended = machine.handle(.timeElapsed)
        #expect(ended.last == .finish(.failed(.protocolViolation, detail: "inputOutput")))
    }

    @Test("An unplugged module is not written to any more")
    func unplugged() {
        var machine = atFinger()
        let effects = machine.handle(.readEnded(.failure(TransportError(.unplugged))))
        #expect(effects == [.stopTimer, .finish(.failed(.unplugged, detail: ""))])
    }

    // MARK: Parts

    private func atFinger() -> Machine {
        var machine = Machine(.picture(.firstPicture, within: .seconds(30)))
        _ = machine.handle(.begin)
        _ = machine.handle(written)
        _ = machine.handle(.timeElapsed)
        #expect(machine.handle(written) == [.startTimer(.seconds(35)), .show(.placeFinger)])
        return machine
    }

    /// What the session ends with when this is said and everything under way then ends.
    private func outcome(of content: [UInt8], _ machine: inout Machine) -> Machine.Outcome? {
        var effects = machine.handle(frame(content))
        for event in [written, .timeElapsed, .readEnded(.failure(TransportError(.cancelled)))] {
            if case .finish(let outcome) = effects.last { return outcome }
            effects = machine.handle(event)
        }
        if case .finish(let outcome) = effects.last { return outcome }
        return nil
    }

    private func hint(_ number: Int32, _ machine: inout Machine) -> [Machine.Effect] {
        machine.handle(frame([0x71, 8, 0, 0, 1, 4, 0, UInt8(number), 0, 0, 0]))
    }

    private let written = Machine.Event.writeEnded(.success([]))
    private let texts: [UInt8] = [0x05, 7, 0, 0, 0x29, 3, 0, 0x4D, 0x53, 0x4F]

    private func frame(_ content: [UInt8]) -> Machine.Event { MorphoFixtures.frame(content) }
}
