import BiometricFormats
import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
package import EnrolmentCore
import Synchronization

/// The kit for training: our own drivers on emulated devices, which behave as the invented people of a
/// training day do.
package actor EmulatedDevices: KitDeviceSource {
    package enum Pace: Sendable {
        /// People take their time.
        case real
        /// Waiting takes none.
        case simulated
    }

    private let day: TrainingDay
    private let clock: any WallClock
    private let pace: Pace
    private let profile: DeviceProfile
    /// The readers that hold finished cards: what is done to such a card stays done when it is taken up again.
    private var deliveries: [CaseID: EmulatedCardReader] = [:]

    /// - Throws: `input.missingConfiguration` when the program lacks the scanner's profile.
    package init(day: TrainingDay, clock: any WallClock, pace: Pace = .real) throws(FailureReport) {
        let profile: DeviceProfile?
        do {
            profile = try DeviceProfiles.embedded().profile(id: "digitalpersona-uareu-4500")
        } catch {
            profile = nil
        }
        guard let profile else {
            throw FailureReport(.input(.missingConfiguration), detail: "scanner profile", kept: .nothingToKeep)
        }
        self.day = day
        self.clock = clock
        self.pace = pace
        self.profile = profile
    }

    package func devices(for planned: PlannedCase?) async throws(FailureReport) -> KitDevices {
        guard let person = planned.flatMap({ day.people[$0.id] }) ?? anyone else {
            throw FailureReport(.input(.unknownVisit), detail: "nobody to emulate", kept: .nothingToKeep)
        }
        return KitDevices(
            scanner: try scanner(of: person), cardReader: try cardReader(of: person, for: planned),
            pad: pad(of: person),
            camera: camera(of: person))
    }

    package func attached() async throws(FailureReport) -> [AttachedDevice] {
        [
            AttachedDevice(
                kind: .scanner, name: profile.name, serial: nil, place: "emulated", profile: profile.id,
                certified: profile.certified),
            AttachedDevice(
                kind: .cardReader, name: "Emulated Card Reader", serial: nil, place: "emulated", profile: nil,
                certified: false),
            AttachedDevice(
                kind: .signaturePad, name: "STU-430", serial: nil, place: "emulated", profile: "wacom-stu-430",
                certified: false),
            AttachedDevice(
                kind: .camera, name: "Emulated Camera", serial: nil, place: "emulated", profile: nil, certified: false),
        ]
    }

    private var anyone: TrainingPerson? {
        day.visits.first?.cases.first.flatMap { day.people[$0.id] }
    }

    private func scanner(of person: TrainingPerson) throws(FailureReport) -> TrainingScanner {
        let hardware = EmulatedUareU(pace: pace == .real ? .real : .simulated)
        do throws(ProfileError) {
            let scanner = try UareUScanner(profile: profile, transport: hardware)
            return TrainingScanner(scanner: scanner, hardware: hardware, person: person.number)
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "scanner profile", kept: .nothingToKeep)
        }
    }

    private func cardReader(
        of person: TrainingPerson, for planned: PlannedCase?
    ) throws(FailureReport) -> BelgianEIDReader {
        let delivery = planned.flatMap { $0.delivery == nil ? nil : $0.id }
        if let held = delivery.flatMap({ deliveries[$0] }) { return BelgianEIDReader(transport: held, clock: clock) }
        let reader = EmulatedCardReader()
        reader.insert(EmulatedEIDCard(try cardImage(of: person)))
        if let delivery { deliveries[delivery] = reader }
        return BelgianEIDReader(transport: reader, clock: clock)
    }

    /// The card of a person, signed by a test authority.
    func cardImage(of person: TrainingPerson) throws(FailureReport) -> EIDCardImage {
        do {
            let photo = try person.cardPhoto(on: person.applet)
            let card = SyntheticCard(
                person.persona, document: person.document, applet: person.applet, photo: photo,
                serial: person.cardSerial)
            return try card.image(signedBy: try TestCardAuthority(person.applet.authority))
        } catch {
            throw FailureReport(.input(.invalidScript), detail: "card of \(person.seed)", kept: .nothingToKeep)
        }
    }

    private func pad(of person: TrainingPerson) -> STUPad {
        let ink = Handwriting.signature(of: person.persona.surname, seed: person.number)
        let pad = EmulatedSTU430(signing: ink, pace: pace == .real ? .real : .simulated)
        return STUPad(transport: pad, now: { pad.now }, wallClock: clock, rest: .seconds(1))
    }

    private func camera(of person: TrainingPerson) -> CameraPortrait {
        let camera = EmulatedCamera(seed: person.number, pace: pace == .real ? .real : .simulated)
        return CameraPortrait(source: camera, now: { camera.now }, wallClock: clock)
    }
}

/// A scanner with the right finger of one invented person on it, never twice in quite the same way.
final class TrainingScanner: FingerprintCapturing {
    private let scanner: UareUScanner
    private let hardware: EmulatedUareU
    private let person: UInt64
    private let touches = Mutex<UInt64>(0)

    init(scanner: UareUScanner, hardware: EmulatedUareU, person: UInt64) {
        self.scanner = scanner
        self.hardware = hardware
        self.person = person
    }

    func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame> {
        let touch = touches.withLock { count in
            count += 1
            return FingerTouch(seed: person &+ count)
        }
        hardware.present(FingerPresentation(SyntheticFinger(person: person, position: request.position), touch: touch))
        return try await scanner.capture(request, progress: progress)
    }

    func trigger() async { await scanner.trigger() }

    func describe() async throws(DeviceError) -> DeviceDescription { try await scanner.describe() }
}

extension TrainingPerson {
    /// The seed of everything that is generated for this person.
    var number: UInt64 {
        var generator = EmulationSeed(seed)
        return generator.next()
    }
}
