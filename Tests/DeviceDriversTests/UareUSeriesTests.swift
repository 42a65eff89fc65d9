import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore
import Synchronization
import Testing

/// Pictures in a row while the finger stays: which one counts, and who ends it.
@Suite struct UareUSeriesTests {
    typealias Machine = UareUProtocol

    /// Marks the pictures in the order in which they came.
    private final class Judge: Sendable {
        private let seen = Mutex<[Int]>([])
        private let scores: [Int]
        private let goodAt: Int

        init(scores: [Int], goodAt: Int = .max) {
            self.scores = scores
            self.goodAt = goodAt
        }

        var count: Int { seen.withLock { $0.count } }

        func verdict(on image: GrayImage) -> FrameVerdict {
            seen.withLock { seen in
                let score = scores[seen.count % scores.count]
                seen.append(score)
                return FrameVerdict(score: score, isGood: seen.count >= goodAt, hints: [.pressHarder])
            }
        }
    }

    @Test("Pictures are taken until one is judged good, each shown with its hints, and no more")
    func untilGood() async throws {
        let emulated = EmulatedUareU(presentations: [finger()], pace: .simulated)
        let judge = Judge(scores: [10, 20, 30], goodAt: 3)
        let stages = Mutex<[CaptureProgress]>([])
        let frame = try await captured(emulated, judge: judge, atMost: 9) { stage in
            stages.withLock { $0.append(stage) }
        }
        #expect(frame?.trigger == .automatic)
        #expect(judge.count == 3 && emulated.traces.pictures == 3)
        let seen = stages.withLock { $0 }
        let previews = seen.compactMap { stage -> FingerPreview? in
            if case .finger(let preview) = stage { preview } else { nil }
        }
        #expect(previews.map(\.score) == [10, 20, 30])
        #expect(previews.allSatisfy { $0.hints == [.pressHarder] && $0.image == frame?.image })
        #expect(seen.first == .placeFinger(.rightIndex) && seen.last == .liftFinger)
        #expect(emulated.traces.mode == 0x70 && !emulated.traces.isOpen)
    }

    @Test(
        "A scanner that fails at the second picture has still given the first",
        arguments: [ScannerFault.unplug, .silence, .error(.inputOutput)])
    func bestSoFar(_ fault: ScannerFault) async throws {
        let emulated = EmulatedUareU(
            presentations: [finger()], pace: .simulated, faults: [.picture(2): fault, .picture(3): fault])
        let frame = try await captured(emulated, judge: Judge(scores: [10]), atMost: 5)
        #expect(frame != nil)
        #expect(!emulated.traces.isOpen && emulated.traces.pendingTransfers == 0)
    }

    @Test("No more pictures are taken than are allowed")
    func atMost() async throws {
        let emulated = EmulatedUareU(presentations: [finger()], pace: .simulated)
        let judge = Judge(scores: [10])
        #expect(try await captured(emulated, judge: judge, atMost: 5) != nil)
        #expect(judge.count == 5)
    }

    @Test(
        "The best picture counts, the last one on a tie",
        arguments: [([3, 9, 4], 1), ([9, 3, 9], 2), ([0, 0, 0], 2), ([5, 4, 3], 0)])
    func best(scores: [Int], expected: Int) {
        var machine = atFirstPicture(.series(atMost: scores.count))
        for (index, score) in scores.enumerated() {
            #expect(picture(UInt8(index), to: &machine).contains(.judge(whole(UInt8(index)))))
            let effects = machine.handle(.frameJudged(.init(score: score, isGood: false, isEmpty: false)))
            let isLast = index == scores.count - 1
            #expect(effects.contains(.awaitPicture) != isLast)
            #expect(effects.contains(.write(.mode, [isLast ? 0x12 : 0x20], within: .seconds(2))))
            // The way from the first picture to the next is quiet.
            #expect(!effects.contains(.show(.reading)))
        }
        #expect(outcome(of: &machine) == .picture(whole(UInt8(expected)), .automatic))
    }

    @Test("A finger that leaves ends the series with what was got, or as lifted too early when nothing was")
    func leaves() {
        for frames in 0...2 {
            var machine = atFirstPicture(.series(atMost: 9))
            for _ in 0..<frames {
                _ = picture(7, to: &machine)
                _ = machine.handle(.frameJudged(.init(score: 5, isGood: false, isEmpty: false)))
            }
            _ = picture(0, to: &machine)
            let effects = machine.handle(.frameJudged(.init(score: -1, isGood: false, isEmpty: true)))
            #expect(effects.contains(.write(.mode, [0x12], within: .seconds(2))))
            let outcome = outcome(of: &machine)
            #expect(outcome == (frames == 0 ? .retry(.liftedTooEarly) : .picture(whole(7), .automatic)))
        }
    }

    @Test("A scanner that says itself that the finger left gets no more orders for pictures")
    func saysItLeft() {
        var machine = atFirstPicture(.series(atMost: 9))
        _ = machine.handle(message(0x0200))
        _ = picture(7, to: &machine)
        let effects = machine.handle(.frameJudged(.init(score: 5, isGood: false, isEmpty: false)))
        #expect(effects.contains(.write(.mode, [0x12], within: .seconds(2))))
    }

    @Test("Wanted by a person, the picture on its way ends the series, and is marked")
    func manual() {
        var machine = atFirstPicture(.series(atMost: 9))
        _ = picture(6, to: &machine)
        _ = machine.handle(.frameJudged(.init(score: 50, isGood: false, isEmpty: false)))
        #expect(machine.handle(.triggered).isEmpty)
        _ = picture(7, to: &machine)
        _ = machine.handle(.frameJudged(.init(score: 5, isGood: false, isEmpty: false)))
        #expect(outcome(of: &machine) == .picture(whole(6), .manual))
    }

    @Test("Wanted before the scanner saw a finger, it takes a picture all the same, and waits for no lifting")
    func forced() {
        var machine = atFinger(.series(atMost: 9))
        let effects = machine.handle(.triggered)
        #expect(effects.contains(.awaitPicture) && effects.contains(.write(.mode, [0x20], within: .seconds(2))))
        _ = machine.handle(written)
        _ = picture(7, to: &machine)
        let last = machine.handle(.frameJudged(.init(score: 5, isGood: false, isEmpty: false)))
        #expect(last.contains(.write(.mode, [0x70], within: .seconds(1))))
        _ = machine.handle(written)
        let ended = machine.handle(.messageEnded(.failure(TransportError(.cancelled))))
        #expect(ended.contains(.finish(.picture(whole(7), .manual))))
    }

    @Test("Wanted of an empty glass, or of a scanner that sends nothing then, the finger is asked for again")
    func forcedEmpty() {
        for sendsNothing in [false, true] {
            var machine = atFinger(.series(atMost: 9))
            _ = machine.handle(.triggered)
            _ = machine.handle(written)
            if !sendsNothing { _ = picture(0, to: &machine) }
            let effects =
                sendsNothing
                ? machine.handle(.timeElapsed)
                : machine.handle(.frameJudged(.init(score: -1, isGood: false, isEmpty: true)))
            #expect(effects.contains(.write(.mode, [0x10], within: .seconds(2))))
            _ = machine.handle(written)
            // The transfer that nothing came through still waits, and serves the finger that comes now.
            let taken = machine.handle(message(0x0101))
            #expect(taken.contains(.awaitPicture) == !sendsNothing)
            _ = machine.handle(written)
            _ = picture(7, to: &machine)
            _ = machine.handle(.frameJudged(.init(score: 5, isGood: true, isEmpty: false)))
            #expect(outcome(of: &machine) == .picture(whole(7), .automatic))
        }
    }

    @Test("A person's wish reaches a capture that runs on the device's own thread")
    func manualThroughTheScanner() async throws {
        let emulated = EmulatedUareU(presentations: [finger(lifting: .after(.zero))], pace: .real)
        let scanner = try scanner(emulated)
        let judge = Judge(scores: [10])
        let (stages, stage) = AsyncStream.makeStream(of: CaptureProgress.self)
        let task = Task {
            try await scanner.capture(request(judge, atMost: 1_000_000)) { stage.yield($0) }
        }
        for await stage in stages { if case .finger = stage { break } }
        await scanner.trigger()
        guard case .captured(let frame) = try await task.value else {
            Issue.record("no picture")
            return
        }
        #expect(frame.trigger == .manual)
    }

    @Test("A wish without a capture changes nothing for the next one")
    func wishBefore() async throws {
        let emulated = EmulatedUareU(presentations: [finger()], pace: .simulated)
        let scanner = try scanner(emulated)
        await scanner.trigger()
        let judge = Judge(scores: [10])
        guard case .captured(let frame) = try await scanner.capture(request(judge, atMost: 3), progress: { _ in })
        else {
            Issue.record("no picture")
            return
        }
        #expect(frame.trigger == .automatic && judge.count == 3)
    }

    // MARK: Parts

    private func finger(lifting: FingerPresentation.Lifting = .after(.milliseconds(500))) -> FingerPresentation {
        FingerPresentation(FingerprintScannerTests.picture, lifting: lifting)
    }

    private func scanner(_ emulated: EmulatedUareU) throws -> UareUScanner {
        let profile = try #require(try DeviceProfiles.embedded().profile(id: "digitalpersona-uareu-4500"))
        return try UareUScanner(profile: profile, transport: emulated)
    }

    private func request(_ judge: Judge, atMost: Int) -> FingerCaptureRequest {
        FingerCaptureRequest(
            .rightIndex, within: .seconds(30),
            trigger: .automatic(atMost: atMost) { judge.verdict(on: $0) })
    }

    private func captured(
        _ emulated: EmulatedUareU, judge: Judge, atMost: Int, progress: @escaping ProgressHandler = { _ in }
    ) async throws -> FingerFrame? {
        let outcome = try await scanner(emulated).capture(request(judge, atMost: atMost), progress: progress)
        guard case .captured(let frame) = outcome else { return nil }
        return frame
    }

    private func atFinger(_ trigger: Machine.Trigger) -> Machine {
        var machine = Machine(wantsChallengeResponse: false, trigger: trigger)
        _ = machine.handle(.begin)
        _ = machine.handle(.controlEnded(.success([0x01])))
        _ = machine.handle(written)
        _ = machine.handle(message(0x56AA))
        _ = machine.handle(written)
        _ = machine.handle(.controlEnded(.success([0x01])))
        _ = machine.handle(.controlEnded(.success([UInt8](repeating: 0, count: 16))))
        _ = machine.handle(written)
        return machine
    }

    private func atFirstPicture(_ trigger: Machine.Trigger) -> Machine {
        var machine = atFinger(trigger)
        _ = machine.handle(message(0x0101))
        _ = machine.handle(written)
        return machine
    }

    /// One whole plain picture of one grey, its order's end included.
    private func picture(_ grey: UInt8, to machine: inout Machine) -> [Machine.Effect] {
        _ = machine.handle(written)
        var bytes: [UInt8] = [0x10, 0x40, 0x80, 0x01, 0x21, 0x01] + [UInt8](repeating: 0, count: 58)
        (bytes[16], bytes[17], bytes[18], bytes[19], bytes[20], bytes[21]) = (4, 200, 4, 89, 1, 1)
        bytes += [UInt8](repeating: grey, count: 289 * 384)
        return machine.handle(.pictureEnded(.success(bytes)))
    }

    private func whole(_ grey: UInt8) -> [UInt8] {
        [UInt8](repeating: grey, count: 289 * 384) + [UInt8](repeating: 0, count: 384)
    }

    /// Lets the finger leave and everything end.
    private func outcome(of machine: inout Machine) -> Machine.Outcome? {
        _ = machine.handle(written)
        _ = machine.handle(message(0x0200))
        _ = machine.handle(written)
        for effect in machine.handle(.messageEnded(.failure(TransportError(.cancelled)))) {
            if case .finish(let outcome) = effect { return outcome }
        }
        return nil
    }

    private let written = Machine.Event.controlEnded(.success([]))

    private func message(_ type: Int) -> Machine.Event {
        .messageEnded(.success([UInt8(type >> 8), UInt8(type & 0xFF)] + [UInt8](repeating: 0, count: 62)))
    }
}
