import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore
import Synchronization
import Testing

/// The driver against the emulated module: what a person, a cable and a firmware can do to a capture.
@Suite struct MorphoScannerTests {
    /// Small, so that a campaign of hundreds of captures stays quick; its size is no packet's multiple.
    static let picture = drawn(seed: 1, width: 60, height: 50)

    static func drawn(seed: UInt64, width: Int, height: Int) -> GrayImage {
        var generator = TestGenerator(seed)
        let pixels = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return GrayImage(width: width, height: height, pixels: pixels, pixelsPerInch: 500)
    }

    @Test("A finger on the glass gives the module's own picture, with what it said on the way")
    func capture() async throws {
        let picture = Self.drawn(seed: 2, width: 416, height: 416)
        let emulated = EmulatedMorpho(presentations: [MorphoPresentation(picture)], pace: .simulated)
        let stages = Mutex<[CaptureProgress]>([])
        let frame = try #require(
            try await captured(emulated) { stage in stages.withLock { $0.append(stage) } })
        #expect(isSame(frame.raw, picture) && isSame(frame.image, picture) && frame.trigger == .automatic)
        let seen = stages.withLock { $0 }
        #expect(seen.first == .placeFinger(.rightIndex) && seen.last == .reading)
        let previews = seen.compactMap { stage -> GrayImage? in
            guard case .finger(let preview) = stage else { return nil }
            return preview.image
        }
        #expect(previews.count == 3)
        #expect(previews.allSatisfy { $0.width == 104 && $0.pixelsPerInch == 125 })
        expectTidy(emulated)
    }

    @Test("The model with a card reader is served on its own interface and endpoint")
    func otherInterface() async throws {
        #expect(try await captured(EmulatedMorpho(.mso350, presentations: [good], pace: .simulated)) != nil)
    }

    @Test("A picture whose header tells another scale is brought to 500 pixels an inch")
    func scale() async throws {
        var model = MorphoModel.mso1300
        (model.verticalPixelsPerInch, model.horizontalPixelsPerInch) = (400, 1000)
        let frame = try #require(try await captured(EmulatedMorpho(model, presentations: [good], pace: .simulated)))
        #expect(frame.raw.width == 60 && frame.raw.height == 50 && frame.raw.pixelsPerInch == nil)
        #expect(frame.image.width == 30 && frame.image.height == 63 && frame.image.pixelsPerInch == 500)
    }

    @Test("What a calibration measured on this very module counts more than what its pictures say")
    func calibration() async throws {
        let emulated = EmulatedMorpho(presentations: [good], pace: .simulated)
        let profile = try #require(Self.profiles?.profile(usbVendor: 0x225D, product: 0x000A))
        let scanner = try MorphoScanner(
            profile: profile, transport: emulated,
            calibration: ScannerScale(horizontalPixelsPerInch: 250, verticalPixelsPerInch: 500))
        guard case .captured(let frame) = try await scanner.capture(request, progress: { _ in }) else {
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
        Person(MorphoPresentation(picture, .tooLight, followsHints: false), .pressHarder, .pressHarder),
        Person(MorphoPresentation(picture, .moved(.up), followsHints: false), .pressHarder, .moveUp),
        Person(MorphoPresentation(picture, .moved(.down), followsHints: false), .pressHarder, .moveDown),
        Person(MorphoPresentation(picture, .moved(.left), followsHints: false), .pressHarder, .moveLeft),
        Person(MorphoPresentation(picture, .moved(.right), followsHints: false), .pressHarder, .moveRight),
        Person(MorphoPresentation(picture, .residue, followsHints: false), .cleanGlass, .cleanGlass),
        Person(MorphoPresentation(picture, .tooLight, lifting: .early), .liftedTooEarly, .pressHarder),
        Person(MorphoPresentation(picture, .wet), .dryFinger),
        Person(MorphoPresentation(picture, .falseFinger), .notAFinger),
        Person(MorphoPresentation(picture, after: .seconds(60)), .noFinger, .placeFinger),
    ]

    @Test("What a person can mend is a retry and no error, and the hint for it comes first", arguments: people)
    func retries(person: Person) async throws {
        let emulated = EmulatedMorpho(presentations: [person.presentation], pace: .simulated)
        let stages = Mutex<[CaptureProgress]>([])
        let outcome = try await scanner(emulated).capture(request) { stage in stages.withLock { $0.append(stage) } }
        #expect(outcome == .retry(person.retry))
        let seen = stages.withLock { $0 }
        if let hint = person.hint { #expect(seen.contains(.hint(hint))) }
        if person.presentation.manner == .wet || person.presentation.manner == .falseFinger {
            // The refused picture is shown whole.
            #expect(seen.last == .finger(FingerPreview(image: Self.picture, score: nil, hints: [])))
        }
        expectTidy(emulated)
    }

    @Test("Whoever does what the hint says gets a picture after all")
    func followed() async throws {
        for manner: MorphoPresentation.Manner in [.tooLight, .moved(.left), .residue] {
            let emulated = EmulatedMorpho(
                presentations: [MorphoPresentation(Self.picture, manner)], pace: .simulated)
            #expect(isSame(try await captured(emulated)?.raw, Self.picture))
        }
    }

    @Test("A finger that stays on the glass must go before the next: asked for, and then a retry")
    func neverLifted() async throws {
        let emulated = EmulatedMorpho(
            presentations: [MorphoPresentation(Self.picture, lifting: .never), good], pace: .simulated)
        #expect(try await captured(emulated) != nil)
        let stages = Mutex<[CaptureProgress]>([])
        let outcome = try await scanner(emulated).capture(request) { stage in stages.withLock { $0.append(stage) } }
        #expect(outcome == .retry(.liftFinger))
        #expect(stages.withLock { $0 } == [.placeFinger(.rightIndex), .liftFinger])
    }

    // MARK: Series

    @Test("Pictures are taken until one is good, at most so many, and the best counts, the last on a tie")
    func series() async throws {
        let scores: [([Int], Int?, Int)] = [([40, 70, 60], nil, 1), ([40, 80, 90], 1, 1), ([50, 50, 50], nil, 2)]
        for (scores, good, expected) in scores {
            let pictures = (0..<3).map { Self.drawn(seed: UInt64($0), width: 40, height: 30) }
            let emulated = EmulatedMorpho(
                presentations: pictures.map { MorphoPresentation($0) }, pace: .simulated)
            let count = Mutex(0)
            let trigger = FingerTrigger.automatic(atMost: 3) { _ in
                count.withLock { count in
                    defer { count += 1 }
                    return FrameVerdict(score: scores[count], isGood: count == good, hints: [])
                }
            }
            let outcome = try await scanner(emulated).capture(
                FingerCaptureRequest(.rightIndex, within: .seconds(20), trigger: trigger)
            ) { _ in }
            guard case .captured(let frame) = outcome else {
                Issue.record("no picture")
                continue
            }
            #expect(isSame(frame.raw, pictures[expected]))
            #expect(count.withLock { $0 } == (good.map { $0 + 1 } ?? 3))
            expectTidy(emulated)
        }
    }

    @Test("A finger that does not come back leaves the best picture so far")
    func endedSeries() async throws {
        let emulated = EmulatedMorpho(presentations: [good], pace: .simulated)
        let trigger = FingerTrigger.automatic(atMost: 3) { _ in FrameVerdict(score: 10, isGood: false, hints: []) }
        let outcome = try await scanner(emulated).capture(
            FingerCaptureRequest(.rightIndex, within: .seconds(20), trigger: trigger)
        ) { _ in }
        guard case .captured(let frame) = outcome else {
            Issue.record("no picture")
            return
        }
        #expect(isSame(frame.raw, Self.picture))
    }

    @Test("Once someone asks for it, the next picture counts, however it is judged")
    func triggered() async throws {
        let emulated = EmulatedMorpho(pace: .real)
        let scanner = try scanner(emulated)
        let trigger = FingerTrigger.automatic(atMost: 3) { _ in FrameVerdict(score: 1, isGood: false, hints: []) }
        let (stages, stage) = AsyncStream.makeStream(of: CaptureProgress.self)
        let task = Task {
            try await scanner.capture(
                FingerCaptureRequest(.rightIndex, within: .seconds(600), trigger: trigger)
            ) { stage.yield($0) }
        }
        for await _ in stages { break }
        await scanner.trigger()
        emulated.present(MorphoPresentation(Self.picture, after: .zero))
        guard case .captured(let frame) = try await task.value else {
            Issue.record("no picture")
            return
        }
        #expect(frame.trigger == .manual && isSame(frame.raw, Self.picture))
        expectTidy(emulated)
    }

    // MARK: Firmware

    @Test("Frames come whole, joined, in pieces, with noise between them: the picture is the same")
    func deliveries() async throws {
        let deliveries: [MorphoModel.Delivery] = [
            .frameByFrame, .joined, .pieces(of: 1), .pieces(of: 7), .pieces(of: 64), .pieces(of: 511),
        ]
        for delivery in deliveries {
            for noise in [[], Array("AT\r\nSYN".utf8)] {
                var model = MorphoModel.mso1300
                (model.delivery, model.noise) = (delivery, noise)
                let emulated = EmulatedMorpho(model, presentations: [good], pace: .simulated)
                #expect(isSame(try await captured(emulated)?.raw, Self.picture), "\(delivery)")
                expectTidy(emulated)
            }
        }
    }

    @Test("A module that a crashed session left waiting for a finger is freed, however it says so")
    func leftRunning() async throws {
        let abortions: [MorphoModel.Abortion] = [
            .slow(.zero), .slow(.milliseconds(10)), .slow(.milliseconds(150)), .slow(.milliseconds(250)),
            // Its answer comes after the new order was given.
            .late(.milliseconds(150)), .late(.milliseconds(1000)),
        ]
        for abortion in abortions {
            var model = MorphoModel.mso1300
            (model.isLeftRunning, model.abortion) = (true, abortion)
            let emulated = EmulatedMorpho(model, presentations: [good], pace: .simulated)
            #expect(isSame(try await captured(emulated)?.raw, Self.picture), "\(abortion)")
            expectTidy(emulated)
        }
    }

    @Test("A module that is busy is asked again, three times in all, and then is busy")
    func busy() async throws {
        var model = MorphoModel.mso1300
        model.spuriousRefusals = 2
        let emulated = EmulatedMorpho(model, presentations: [good], pace: .simulated)
        #expect(try await captured(emulated) != nil)
        model.spuriousRefusals = 3
        await #expect(throws: DeviceError(.scanner, .busy, "another command is in progress")) {
            try await captured(EmulatedMorpho(model, presentations: [good], pace: .simulated))
        }
    }

    @Test("A picture that comes compressed though plain was asked for is refused by name")
    func compressed() async throws {
        var model = MorphoModel.mso1300
        model.compression = 0x9C
        let emulated = EmulatedMorpho(model, presentations: [good], pace: .simulated)
        await #expect(throws: DeviceError(.scanner, .protocolViolation, "picture: compressed(156)")) {
            try await captured(emulated)
        }
        expectTidy(emulated)
    }

    @Test("The module is described by its model, its own words and its serial")
    func description() async throws {
        let emulated = EmulatedMorpho(pace: .simulated)
        let description = try await scanner(emulated).describe()
        #expect(description.product == "Morpho MSO 1300 E3 / V3 (MSO 1300 E3, emulated)")
        #expect(description.serial == "EMULATED-1300")
        #expect(emulated.traces.commands == [0x70, 0x05])
        expectTidy(emulated)
    }

    // MARK: Ends

    @Test("A capture that is cancelled while it waits ends at once, and the module stops waiting")
    func cancelled() async throws {
        let emulated = EmulatedMorpho(pace: .real)
        let scanner = try scanner(emulated)
        let task = Task {
            try await scanner.capture(FingerCaptureRequest(.rightIndex, within: .seconds(600))) { stage in
                if case .hint = stage { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: DeviceError(.scanner, .cancelled)) { try await task.value }
        #expect(emulated.traces.commands == [0x70, 0x21, 0x70])
        expectTidy(emulated)
    }

    @Test("Unplugged while it waits for a finger it ends at once; put back, it works")
    func unplugged() async throws {
        let emulated = EmulatedMorpho(pace: .real)
        let scanner = try scanner(emulated)
        await #expect(throws: DeviceError(.scanner, .unplugged, "emulated")) {
            try await scanner.capture(FingerCaptureRequest(.rightIndex, within: .seconds(600))) { stage in
                if case .hint = stage { emulated.unplug() }
            }
        }
        await #expect(throws: DeviceError.self) { try await scanner.describe() }
        emulated.plugIn()
        emulated.present(MorphoPresentation(Self.picture, after: .zero))
        #expect(try await scanner.capture(request, progress: { _ in }) != .retry(.noFinger))
        expectTidy(emulated)
    }

    @Test("A module that cannot be opened says why; one that was asleep opens at the second try")
    func opening() async throws {
        for (reason, problem) in [
            (TransportError.Reason.permissionDenied, DeviceError.Problem.permissionDenied), (.busy, .busy),
            (.absent, .absent), (.unplugged, .unplugged),
        ] {
            let emulated = EmulatedMorpho(pace: .simulated, openingFaults: [1: reason])
            let error = await #expect(throws: DeviceError.self) { try await captured(emulated) }
            #expect(error?.problem == problem)
        }
        let asleep = EmulatedMorpho(presentations: [good], pace: .simulated, openingFaults: [1: .inputOutput])
        #expect(try await captured(asleep) != nil)
    }

    @Test(
        "Whatever fails at whichever transfer: a named error, a retry or the whole picture; nothing is left open, and no command is given that is not permitted",
        arguments: [MorphoModel.Delivery.frameByFrame, .joined, .pieces(of: 400)])
    func everyTransferFails(delivery: MorphoModel.Delivery) async throws {
        var model = MorphoModel.mso1300
        model.delivery = delivery
        let presentations = [good, good, good, good]
        let flawless = EmulatedMorpho(model, presentations: presentations, pace: .simulated)
        #expect(isSame(try await captured(flawless)?.raw, Self.picture))
        let faults: [MorphoFault] =
            Self.reasons.map { .error($0) } + [
                .unplug, .silence, .garbage, .cut(after: 0), .cut(after: 3), .cut(after: 20), .split(after: 0),
                .split(after: 3), .split(after: 13),
            ]
        var pictures = 0
        for number in 1...flawless.traces.transfers + 1 {
            for fault in faults {
                let emulated = EmulatedMorpho(
                    model, presentations: presentations, pace: .simulated, faults: [number: fault])
                let picture = await endsWell(emulated, "\(fault) at transfer \(number)")
                pictures += picture == nil ? 0 : 1
                // Nothing in a frame guards its content, so that other bytes in a picture are another picture.
                if let picture, fault != .garbage {
                    #expect(isSame(picture, Self.picture), "\(fault) at transfer \(number)")
                }
            }
        }
        #expect(pictures > faults.count)
    }

    /// The picture, when one came of it.
    private func endsWell(_ emulated: EmulatedMorpho, _ circumstance: Comment) async -> GrayImage? {
        var picture: GrayImage?
        do throws(DeviceError) {
            picture = try await captured(emulated)?.raw
        } catch {
            #expect(error.device == .scanner, circumstance)
        }
        let traces = emulated.traces
        #expect(!traces.isOpen && traces.pendingTransfers == 0, circumstance)
        #expect(traces.commands.allSatisfy(Self.permitted.contains), circumstance)
        #expect(emulated.now < .seconds(60), circumstance)
        return picture
    }

    // MARK: Parts

    private var good: MorphoPresentation { MorphoPresentation(Self.picture) }

    private var request: FingerCaptureRequest { FingerCaptureRequest(.rightIndex, within: .seconds(20)) }

    private static let profiles = try? DeviceProfiles.embedded()

    private func scanner(_ emulated: EmulatedMorpho) throws -> MorphoScanner {
        let listing = try emulated.devices()[0]
        let profile = try #require(Self.profiles?.profile(usbVendor: listing.vendor, product: listing.product))
        return try MorphoScanner(profile: profile, transport: emulated)
    }

    private func captured(
        _ emulated: EmulatedMorpho, progress: @escaping ProgressHandler = { _ in }
    ) async throws(DeviceError) -> FingerFrame? {
        let scanner: MorphoScanner
        do {
            scanner = try self.scanner(emulated)
        } catch {
            Issue.record(error)
            return nil
        }
        guard case .captured(let frame) = try await scanner.capture(request, progress: progress) else { return nil }
        return frame
    }

    /// Nothing is open, under way or running, and only permitted commands were given.
    private func expectTidy(_ emulated: EmulatedMorpho) {
        let traces = emulated.traces
        #expect(!traces.isOpen && traces.pendingTransfers == 0 && !traces.isRunning)
        #expect(traces.commands.allSatisfy(Self.permitted.contains))
    }

    /// Those that a USB transport can give.
    private static let reasons: [TransportError.Reason] = [
        .absent, .unplugged, .busy, .permissionDenied, .timedOut, .cancelled, .stalled, .overflow, .inputOutput,
    ]

    private static let permitted: [UInt8] = [0x05, 0x21, 0x70]

    /// Compared apart from the expectation, which would print every pixel.
    private func isSame(_ one: GrayImage?, _ other: GrayImage) -> Bool { one == other }
}
