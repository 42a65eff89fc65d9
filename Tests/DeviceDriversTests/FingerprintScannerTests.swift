import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore
import Synchronization
import Testing

/// The driver against the emulated scanner: what a person, a cable and a firmware can do to a capture.
@Suite struct FingerprintScannerTests {
    static let finger = SyntheticFinger(seed: 7)
    static let picture = finger.picture(on: .uareU)

    /// The picture as it comes through: the line that is never sent repeats the one that follows it in the
    /// scanner's order, and the last place of each scrambled block is lost.
    static func differences(_ raw: GrayImage, _ expected: GrayImage) -> Int {
        zip(raw.pixels, expected.pixels).count { $0 != $1 }
    }

    @Test("A finger on the glass gives its picture, upright and in both sizes", arguments: [false, true])
    func capture(isMicrosoft: Bool) async throws {
        let emulated = EmulatedUareU(
            isMicrosoft ? .microsoftReaderV2 : .uareU4500, presentations: [FingerPresentation(Self.picture)],
            pace: .simulated)
        let stages = Mutex<[CaptureProgress]>([])
        let outcome = try await scanner(emulated).capture(FingerCaptureRequest(.rightIndex, within: .seconds(30))) {
            stage in
            stages.withLock { $0.append(stage) }
        }
        guard case .captured(let frame) = outcome else {
            Issue.record("no picture")
            return
        }
        #expect(frame.raw.width == 384 && frame.raw.height == 290)
        // One line of 384 and the last places of three blocks are not sent.
        #expect(Self.differences(frame.raw, Self.picture) <= 384 + 3)
        #expect(frame.image.pixelsPerInch == 500)
        #expect(frame.image.width == 349 && frame.image.height == 381)
        #expect(stages.withLock { $0 } == [.placeFinger(.rightIndex), .reading, .liftFinger])
        #expect(emulated.traces.mode == 0x70)
        #expect(!emulated.traces.isOpen && emulated.traces.pendingTransfers == 0)
    }

    @Test("One scanner takes finger after finger, each with its own power-up")
    func severalCaptures() async throws {
        let emulated = EmulatedUareU(
            presentations: (0..<3).map { FingerPresentation(Self.finger, touch: FingerTouch(seed: $0)) },
            pace: .simulated)
        let scanner = try scanner(emulated)
        for _ in 0..<3 {
            guard
                case .captured = try await scanner.capture(
                    FingerCaptureRequest(.leftIndex, within: .seconds(30)), progress: { _ in })
            else {
                Issue.record("no picture")
                return
            }
        }
        #expect(emulated.traces.openings == 3)
    }

    enum Person: CaseIterable {
        case staysAway, liftsEarly, neverLifts, hardlyTouches

        var presentation: FingerPresentation {
            switch self {
            case .staysAway: .noFinger
            case .liftsEarly: FingerPresentation(FingerprintScannerTests.picture, lifting: .early)
            case .neverLifts: FingerPresentation(FingerprintScannerTests.picture, lifting: .never)
            case .hardlyTouches: FingerPresentation(FingerprintScannerTests.fingertip)
            }
        }

        var retry: CaptureRetry {
            switch self {
            case .staysAway: .noFinger
            case .liftsEarly: .liftedTooEarly
            case .neverLifts: .liftFinger
            case .hardlyTouches: .pressHarder
            }
        }
    }

    @Test("What a person can mend is a retry and no error", arguments: Person.allCases)
    func retries(person: Person) async throws {
        let emulated = EmulatedUareU(presentations: [person.presentation], pace: .simulated)
        let outcome = try await scanner(emulated).capture(FingerCaptureRequest(.rightIndex, within: .seconds(20))) {
            _ in
        }
        guard case .retry(person.retry) = outcome else {
            Issue.record("another outcome than \(person.retry)")
            return
        }
        #expect(emulated.traces.mode == 0x70 && !emulated.traces.isOpen)
    }

    /// Only the middle of the finger touches.
    static let fingertip: GrayImage = {
        let pixels = (0..<384 * 290).map { index -> UInt8 in
            let (x, y) = (index % 384, index / 384)
            return abs(x - 192) < 20 && abs(y - 145) < 16 ? picture.pixels[index] : 250
        }
        return GrayImage(width: 384, height: 290, pixels: pixels)
    }()

    @Test("Plain pictures that are marked as scrambled are taken as they are")
    func plainPicture() async throws {
        var model = UareUModel.uareU4500
        model.isScrambling = false
        let frame = try #require(
            try await captured(
                EmulatedUareU(
                    model, presentations: [FingerPresentation(Self.picture)], pace: .simulated)))
        #expect(Self.differences(frame.raw, Self.picture) <= 384)
    }

    @Test("A picture that changes its key on the way, past number 255, is decoded")
    func keyChange() async throws {
        var model = UareUModel.uareU4500
        model.keyNumber = 254
        model.blocks = [
            UareUBlock(2, lines: 100), UareUBlock(0x82, lines: 60), UareUBlock(0x82, lines: 60),
            UareUBlock(1, lines: 1), UareUBlock(4, lines: 9), UareUBlock(2, lines: 60),
        ]
        let frame = try #require(
            try await captured(
                EmulatedUareU(
                    model, presentations: [FingerPresentation(Self.picture)], pace: .simulated)))
        #expect(Self.differences(frame.raw, Self.picture) <= 384 + 4)
    }

    @Test("A scanner left confused, slow to power up or sparing with messages comes up all the same")
    func hardPowerUps() async throws {
        var models = [UareUModel](repeating: .uareU4500, count: 4)
        models[0].initialStatus = 0x85
        models[1].powerWrites = 40
        models[2].missingPowerMessages = 2
        models[3].initialStatus = 0x81
        for model in models {
            let emulated = EmulatedUareU(
                model, presentations: [FingerPresentation(Self.picture)], pace: .simulated)
            #expect(try await captured(emulated) != nil)
        }
    }

    @Test("A scanner that never powers up is an error with a name")
    func noPower() async throws {
        var silent = UareUModel.uareU4500
        silent.missingPowerMessages = 9
        await #expect(throws: DeviceError(.scanner, .timedOut, "no power message")) {
            try await captured(EmulatedUareU(silent, pace: .simulated))
        }
        var dead = UareUModel.uareU4500
        dead.powerWrites = 1000
        await #expect(throws: DeviceError(.scanner, .protocolViolation, "power does not come up")) {
            try await captured(EmulatedUareU(dead, pace: .simulated))
        }
    }

    @Test("After a warning that the picture will fail it is taken again")
    func warnedPicture() async throws {
        var model = UareUModel.uareU4500
        model.warnsOfFailure = true
        let emulated = EmulatedUareU(model, presentations: [FingerPresentation(Self.picture)], pace: .simulated)
        #expect(try await captured(emulated) != nil)
    }

    @Test(
        "A short, garbled or failed picture is taken again",
        arguments: [
            ScannerFault.shortPicture(bytes: 64 + 100 * 384), .shortPicture(bytes: 10), .garbledPicture,
            .error(.stalled), .error(.inputOutput), .error(.overflow), .error(.timedOut),
        ])
    func badPicture(fault: ScannerFault) async throws {
        let emulated = EmulatedUareU(
            presentations: [FingerPresentation(Self.picture)], pace: .simulated,
            faults: [.picture(1): fault])
        #expect(try await captured(emulated) != nil)
    }

    @Test("A cancelled task ends the wait for a finger at once, and the scanner is off")
    func cancellation() async throws {
        let emulated = EmulatedUareU(pace: .real)
        let scanner = try scanner(emulated)
        let (stages, stage) = AsyncStream.makeStream(of: CaptureProgress.self)
        let task = Task {
            try await scanner.capture(FingerCaptureRequest(.rightIndex, within: .seconds(600))) { stage.yield($0) }
        }
        for await _ in stages { break }
        task.cancel()
        await #expect(throws: DeviceError(.scanner, .cancelled)) { try await task.value }
        #expect(emulated.traces.mode == 0x70)
        #expect(!emulated.traces.isOpen && emulated.traces.pendingTransfers == 0)
    }

    @Test("A cable pulled during the wait for a finger ends it at once; put back, the scanner works")
    func unplugged() async throws {
        let emulated = EmulatedUareU(pace: .real)
        let scanner = try scanner(emulated, returnLimit: .milliseconds(1))
        let (stages, stage) = AsyncStream.makeStream(of: CaptureProgress.self)
        let task = Task {
            try await scanner.capture(FingerCaptureRequest(.rightIndex, within: .seconds(600))) { stage.yield($0) }
        }
        for await _ in stages { break }
        emulated.unplug()
        await #expect(throws: DeviceError(.scanner, .unplugged, "unplugged (emulated)")) { try await task.value }
        await #expect(throws: DeviceError.self) { try await scanner.describe() }
        emulated.plugIn()
        emulated.present(FingerPresentation(Self.picture, after: .zero, lifting: .after(.zero)))
        guard
            case .captured = try await scanner.capture(
                FingerCaptureRequest(.rightIndex, within: .seconds(60)), progress: { _ in })
        else {
            Issue.record("no picture after replugging")
            return
        }
    }

    @Test("A scanner that cannot be opened says why; one that was asleep opens at the second try")
    func opening() async throws {
        let problems: [(TransportError.Reason, DeviceError.Problem)] = [
            (.permissionDenied, .permissionDenied), (.busy, .busy), (.absent, .absent), (.unplugged, .unplugged),
        ]
        for (reason, problem) in problems {
            let emulated = EmulatedUareU(pace: .simulated, openingFaults: [1: reason])
            let error = await #expect(throws: DeviceError.self) { try await captured(emulated) }
            #expect(error?.problem == problem)
        }
        let asleep = EmulatedUareU(
            presentations: [FingerPresentation(Self.picture)], pace: .simulated, openingFaults: [1: .inputOutput])
        #expect(try await captured(asleep) != nil)
    }

    @Test("The scanner is described by its model and serial")
    func description() async throws {
        let description = try await scanner(EmulatedUareU(pace: .simulated)).describe()
        #expect(description.product == "DigitalPersona U.are.U 4000B / 4500")
        #expect(description.serial == "{00000000-0000-4500-0000-EMULATED0001}")
    }

    @Test("A scanner that goes away and comes back before there is a picture is served in a second session")
    func comesBack() async throws {
        for number in [1, 5, 8, 11] {
            let emulated = EmulatedUareU(
                presentations: [FingerPresentation(Self.picture), FingerPresentation(Self.picture)], pace: .simulated,
                faults: [.transfer(number): .away(.milliseconds(700))], openingFaults: [2: .stalled])
            #expect(try await captured(emulated) != nil, "away at transfer \(number)")
            #expect(emulated.traces.openings == 3)
        }
        let gone = EmulatedUareU(pace: .simulated, faults: [.transfer(5): .away(.seconds(9))])
        await #expect(throws: DeviceError(.scanner, .unplugged, "unplugged (emulated)")) { try await captured(gone) }
    }

    @Test("A picture that was taken outlives a scanner that fails while the finger leaves")
    func failsWhileLeaving() async throws {
        let flawless = EmulatedUareU(presentations: [FingerPresentation(Self.picture)], pace: .simulated)
        _ = try await captured(flawless)
        // The last transfers: order to await the lifting, message, order to switch off.
        for number in flawless.traces.transfers - 2...flawless.traces.transfers {
            let emulated = EmulatedUareU(
                presentations: [FingerPresentation(Self.picture)], pace: .simulated,
                faults: [.transfer(number): .unplug])
            #expect(try await captured(emulated) != nil)
        }
    }

    // MARK: Parts

    private func scanner(_ emulated: EmulatedUareU, returnLimit: Duration = .seconds(2)) throws -> UareUScanner {
        let listing = try emulated.devices()[0]
        let profiles = try DeviceProfiles.embedded()
        let profile = try #require(profiles.profile(usbVendor: listing.vendor, product: listing.product))
        return try UareUScanner(profile: profile, transport: emulated, returnLimit: returnLimit)
    }

    private func captured(_ emulated: EmulatedUareU) async throws(DeviceError) -> FingerFrame? {
        let scanner: UareUScanner
        do {
            scanner = try self.scanner(emulated)
        } catch {
            Issue.record(error)
            return nil
        }
        guard
            case .captured(let frame) = try await scanner.capture(
                FingerCaptureRequest(.rightIndex, within: .seconds(30)), progress: { _ in })
        else { return nil }
        return frame
    }
}
