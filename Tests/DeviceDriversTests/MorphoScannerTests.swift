import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore
import Synchronization
import Testing

/// The driver against the emulated module: what a person, a cable and a firmware can do to a capture.
@Suite struct MorphoScannerTests {
    @Test("A finger on the glass gives the module's own picture, with what it said on the way")
    func capture() async throws {
        let picture = MorphoFixtures.drawn(seed: 2, width: 416, height: 416)
        let emulated = EmulatedMorpho(presentations: [MorphoPresentation(picture)], pace: .simulated)
        let stages = Mutex<[CaptureProgress]>([])
        let frame = try #require(
            try await MorphoFixtures.captured(emulated) { stage in stages.withLock { $0.append(stage) } })
        #expect(
            MorphoFixtures.isSame(frame.raw, picture) && MorphoFixtures.isSame(frame.image, picture)
                && frame.trigger == .automatic)
        let seen = stages.withLock { $0 }
        #expect(seen.first == .placeFinger(.rightIndex) && seen.last == .reading)
        let previews = seen.compactMap { stage -> GrayImage? in
            guard case .finger(let preview) = stage else { return nil }
            return preview.image
        }
        #expect(previews.count == 3)
        #expect(previews.allSatisfy { $0.width == 104 && $0.pixelsPerInch == 125 })
        #expect(MorphoFixtures.isTidy(emulated))
    }

    @Test("The model with a card reader is served on its own interface and endpoint")
    func otherInterface() async throws {
        #expect(
            try await MorphoFixtures.captured(
                EmulatedMorpho(.mso350, presentations: [MorphoFixtures.good], pace: .simulated)) != nil)
    }

    @Test("A picture whose header tells another scale is brought to 500 pixels an inch")
    func scale() async throws {
        var model = MorphoModel.mso1300
        (model.verticalPixelsPerInch, model.horizontalPixelsPerInch) = (400, 1000)
        let frame = try #require(
            try await MorphoFixtures.captured(
                EmulatedMorpho(model, presentations: [MorphoFixtures.good], pace: .simulated)))
        #expect(frame.raw.width == 60 && frame.raw.height == 50 && frame.raw.pixelsPerInch == nil)
        #expect(frame.image.width == 30 && frame.image.height == 63 && frame.image.pixelsPerInch == 500)
    }

    @Test("What a calibration measured on this very module counts more than what its pictures say")
    func calibration() async throws {
        let emulated = EmulatedMorpho(presentations: [MorphoFixtures.good], pace: .simulated)
        let profile = try #require(MorphoFixtures.profiles?.profile(usbVendor: 0x225D, product: 0x000A))
        let scanner = try MorphoScanner(
            profile: profile, transport: emulated,
            calibration: ScannerScale(horizontalPixelsPerInch: 250, verticalPixelsPerInch: 500))
        guard case .captured(let frame) = try await scanner.capture(MorphoFixtures.request, progress: { _ in }) else {
            Issue.record("no picture")
            return
        }
        #expect(frame.image.width == 120 && frame.image.height == 50)
    }

    // MARK: People

    struct Person: CustomTestStringConvertible, Sendable {
        let presentation: MorphoPresentation
        let retry: CaptureRetry
        let hint: PlacementHint?

        init(_ presentation: MorphoPresentation, _ retry: CaptureRetry, _ hint: PlacementHint? = nil) {
            self.presentation = presentation
            self.retry = retry
            self.hint = hint
        }

        var testDescription: String { "\(presentation.manner), \(presentation.lifting): \(retry)" }
    }

    static let people = [
        Person(.noFinger, .noFinger, .placeFinger),
        Person(MorphoPresentation(MorphoFixtures.picture, .tooLight, followsHints: false), .pressHarder, .pressHarder),
        Person(MorphoPresentation(MorphoFixtures.picture, .moved(.up), followsHints: false), .pressHarder, .moveUp),
        Person(MorphoPresentation(MorphoFixtures.picture, .moved(.down), followsHints: false), .pressHarder, .moveDown),
        Person(MorphoPresentation(MorphoFixtures.picture, .moved(.left), followsHints: false), .pressHarder, .moveLeft),
        Person(
            MorphoPresentation(MorphoFixtures.picture, .moved(.right), followsHints: false), .pressHarder, .moveRight),
        Person(MorphoPresentation(MorphoFixtures.picture, .residue, followsHints: false), .cleanGlass, .cleanGlass),
        Person(MorphoPresentation(MorphoFixtures.picture, .tooLight, lifting: .early), .liftedTooEarly, .pressHarder),
        Person(MorphoPresentation(MorphoFixtures.picture, .wet), .dryFinger),
        Person(MorphoPresentation(MorphoFixtures.picture, .falseFinger), .notAFinger),
        Person(MorphoPresentation(MorphoFixtures.picture, after: .seconds(60)), .noFinger, .placeFinger),
    ]

    @Test("What a person can mend is a retry and no error, and the hint for it comes first", arguments: people)
    func retries(person: Person) async throws {
        let emulated = EmulatedMorpho(presentations: [person.presentation], pace: .simulated)
        let stages = Mutex<[CaptureProgress]>([])
        let outcome = try await MorphoFixtures.scanner(emulated).capture(MorphoFixtures.request) { stage in
            stages.withLock { $0.append(stage) }
        }
        #expect(outcome == .retry(person.retry))
        let seen = stages.withLock { $0 }
        if let hint = person.hint { #expect(seen.contains(.hint(hint))) }
        if person.presentation.manner == .wet || person.presentation.manner == .falseFinger {
            // The refused picture is shown whole.
            #expect(seen.last == .finger(FingerPreview(image: MorphoFixtures.picture, score: nil, hints: [])))
        }
        #expect(MorphoFixtures.isTidy(emulated))
    }

    @Test("Whoever does what the hint says gets a picture after all")
    func followed() async throws {
        for manner: MorphoPresentation.Manner in [.tooLight, .moved(.left), .residue] {
            let emulated = EmulatedMorpho(
                presentations: [MorphoPresentation(MorphoFixtures.picture, manner)], pace: .simulated)
            #expect(MorphoFixtures.isSame(try await MorphoFixtures.captured(emulated)?.raw, MorphoFixtures.picture))
        }
    }

    @Test("A finger that stays on the glass must go before the next: asked for, and then a retry")
    func neverLifted() async throws {
        let emulated = EmulatedMorpho(
            presentations: [MorphoPresentation(MorphoFixtures.picture, lifting: .never), MorphoFixtures.good],
            pace: .simulated)
        #expect(try await MorphoFixtures.captured(emulated) != nil)
        let stages = Mutex<[CaptureProgress]>([])
        let outcome = try await MorphoFixtures.scanner(emulated).capture(MorphoFixtures.request) { stage in
            stages.withLock { $0.append(stage) }
        }
        #expect(outcome == .retry(.liftFinger))
        #expect(stages.withLock { $0 } == [.placeFinger(.rightIndex), .liftFinger])
    }

    // MARK: Series

    @Test(
        "Pictures are taken until one is good, at most so many, and the best counts, the last on a tie")
    func series() async throws {
        let scores: [([Int], Int?, Int)] = [([40, 70, 60], nil, 1), ([40, 80, 90], 1, 1), ([50, 50, 50], nil, 2)]
        for (scores, good, expected) in scores {
            let pictures = (0..<3).map { MorphoFixtures.drawn(seed: UInt64($0), width: 40, height: 30) }
            let emulated = EmulatedMorpho(
                presentations: pictures.map { MorphoPresentation($0) }, pace: .simulated)
            let count = Mutex(0)
            let trigger = FingerTrigger.automatic(atMost: 3) { _ in
                count.withLock { count in
                    defer { count += 1 }
                    return FrameVerdict(score: scores[count], isGood: count == good, hints: [])
                }
            }
            let outcome = try await MorphoFixtures.scanner(emulated).capture(
                FingerCaptureRequest(.rightIndex, within: .seconds(20), trigger: trigger)
            ) { _ in }
            guard case .captured(let frame) = outcome else {
                Issue.record("no picture")
                continue
            }
            #expect(MorphoFixtures.isSame(frame.raw, pictures[expected]))
            #expect(count.withLock { $0 } == (good.map { $0 + 1 } ?? 3))
            #expect(MorphoFixtures.isTidy(emulated))
        }
    }

    @Test("A finger that does not come back leaves the best picture so far")
    func endedSeries() async throws {
        let emulated = EmulatedMorpho(presentations: [MorphoFixtures.good], pace: .simulated)
        let trigger = FingerTrigger.automatic(atMost: 3) { _ in FrameVerdict(score: 10, isGood: false, hints: []) }
        let outcome = try await MorphoFixtures.scanner(emulated).capture(
            FingerCaptureRequest(.rightIndex, within: .seconds(20), trigger: trigger)
        ) { _ in }
        guard case .captured(let frame) = outcome else {
            Issue.record("no picture")
            return
        }
        #expect(MorphoFixtures.isSame(frame.raw, MorphoFixtures.picture))
        // The second time it does not wait as long as for the first.
        #expect(emulated.now < .seconds(10))
    }

    @Test("However many frames are asked for, a module takes at most three pictures")
    func mostPictures() async throws {
        let count = Mutex(0)
        let emulated = EmulatedMorpho(
            presentations: [MorphoPresentation](repeating: MorphoFixtures.good, count: 5), pace: .simulated)
        let trigger = FingerTrigger.automatic(atMost: 30) { _ in
            count.withLock { $0 += 1 }
            return FrameVerdict(score: 10, isGood: false, hints: [])
        }
        _ = try await MorphoFixtures.scanner(emulated).capture(
            FingerCaptureRequest(.rightIndex, within: .seconds(20), trigger: trigger)
        ) { _ in }
        #expect(count.withLock { $0 } == 3)
    }

    @Test("Once someone asks for it, the next picture counts, however it is judged")
    func triggered() async throws {
        let emulated = EmulatedMorpho(pace: .real)
        let scanner = try MorphoFixtures.scanner(emulated)
        let trigger = FingerTrigger.automatic(atMost: 3) { _ in FrameVerdict(score: 1, isGood: false, hints: []) }
        let (stages, stage) = AsyncStream.makeStream(of: CaptureProgress.self)
        let task = Task {
            try await scanner.capture(
                FingerCaptureRequest(.rightIndex, within: .seconds(600), trigger: trigger)
            ) { stage.yield($0) }
        }
        for await _ in stages { break }
        await scanner.trigger()
        emulated.present(MorphoPresentation(MorphoFixtures.picture, after: .zero))
        guard case .captured(let frame) = try await task.value else {
            Issue.record("no picture")
            return
        }
        #expect(frame.trigger == .manual && MorphoFixtures.isSame(frame.raw, MorphoFixtures.picture))
        #expect(emulated.traces.commands == [0x70, 0x21])
        #expect(MorphoFixtures.isTidy(emulated))
    }

    // MARK: Ends

    @Test("A capture that is cancelled while it waits ends at once, and the module stops waiting")
    func cancelled() async throws {
        let emulated = EmulatedMorpho(pace: .real)
        let scanner = try MorphoFixtures.scanner(emulated)
        let task = Task {
            try await scanner.capture(FingerCaptureRequest(.rightIndex, within: .seconds(600))) { stage in
                if case .hint = stage { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: DeviceError(.scanner, .cancelled)) { try await task.value }
        #expect(emulated.traces.commands == [0x70, 0x21, 0x70])
        #expect(MorphoFixtures.isTidy(emulated))
    }

    @Test("Unplugged while it waits for a finger it ends at once; put back, it works")
    func unplugged() async throws {
        let emulated = EmulatedMorpho(pace: .real)
        let scanner = try MorphoFixtures.scanner(emulated)
        await #expect(throws: DeviceError(.scanner, .unplugged, "emulated")) {
            try await scanner.capture(FingerCaptureRequest(.rightIndex, within: .seconds(600))) { stage in
                if case .hint = stage { emulated.unplug() }
            }
        }
        await #expect(throws: DeviceError.self) { try await scanner.describe() }
        emulated.plugIn()
        emulated.present(MorphoPresentation(MorphoFixtures.picture, after: .zero))
        #expect(try await scanner.capture(MorphoFixtures.request, progress: { _ in }) != .retry(.noFinger))
        #expect(MorphoFixtures.isTidy(emulated))
    }

    @Test("A module that cannot be opened says why; one that was asleep opens at the second try")
    func opening() async throws {
        for (reason, problem) in [
            (TransportError.Reason.permissionDenied, DeviceError.Problem.permissionDenied), (.busy, .busy),
            (.absent, .absent), (.unplugged, .unplugged),
        ] {
            let emulated = EmulatedMorpho(pace: .simulated, openingFaults: [1: reason])
            let error = await #expect(throws: DeviceError.self) { try await MorphoFixtures.captured(emulated) }
            #expect(error?.problem == problem)
        }
        let asleep = EmulatedMorpho(
            presentations: [MorphoFixtures.good], pace: .simulated, openingFaults: [1: .inputOutput])
        #expect(try await MorphoFixtures.captured(asleep) != nil)
    }
}
