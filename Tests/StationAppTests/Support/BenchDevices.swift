import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore

@testable import StationApp

/// One set of emulated hardware with what is wrong with it, under the real drivers.
///
/// The emulators stay reachable, so that a test can see in what state a driver left them.
struct BenchDevices: KitDeviceSource {
    enum Card: Sendable {
        /// The card of the person who is being helped.
        case own
        case none
        case bank
    }

    struct Faults: Sendable {
        var card = Card.own
        var scanner: [ScannerFault.Moment: ScannerFault] = [:]
        var pad: [PadFault] = []
        var camera: [CameraFault] = []

        static let none = Faults()
    }

    let scanner: EmulatedUareU
    let reader = EmulatedCardReader()
    let pad: EmulatedSTU430
    let camera: EmulatedCamera
    private let kit: KitDevices

    /// - Parameters:
    ///   - trigger: after so many frames by default, so that two runs take the same picture.
    ///   - hasFinger: whether a finger is ever put on the glass.
    init(
        for person: TrainingPerson, card image: EIDCardImage, faults: Faults = .none,
        pace: EmulatedDevices.Pace = .simulated,
        trigger: PortraitTrigger = .afterFrames(2), hasFinger: Bool = true, clock: any WallClock
    ) throws {
        let isReal = pace == .real
        let scanner = EmulatedUareU(pace: isReal ? .real : .simulated, faults: faults.scanner)
        let ink = Handwriting.signature(of: person.persona.surname, seed: person.number)
        let pad = EmulatedSTU430(signing: ink, pace: isReal ? .real : .simulated, faults: faults.pad)
        // A person's finger on the shutter takes real time, in which a simulated camera would run on for hours.
        let cameraPace: EmulationPace = isReal || trigger == .shutter ? .real : .simulated
        let camera = EmulatedCamera(seed: person.number, pace: cameraPace, faults: faults.camera)
        switch faults.card {
        case .own: reader.insert(EmulatedEIDCard(image))
        case .bank: reader.insert(EmulatedBankCard())
        case .none: break
        }
        let profile = try DeviceProfiles.embedded().profile(id: "digitalpersona-uareu-4500")
        guard let profile else { throw DeviceError(.scanner, .absent, "no profile") }
        let driver = try UareUScanner(profile: profile, transport: scanner)
        let capturing: any FingerprintCapturing =
            hasFinger ? AttendedScanner(driver: driver, hardware: scanner, person: person.number) : driver
        kit = KitDevices(
            scanner: capturing, cardReader: BelgianEIDReader(transport: reader, clock: clock),
            pad: STUPad(transport: pad, now: { pad.now }, wallClock: clock, rest: .seconds(1)),
            camera: CameraPortrait(source: camera, trigger: trigger, now: { camera.now }, wallClock: clock))
        self.scanner = scanner
        self.pad = pad
        self.camera = camera
    }

    func devices(for planned: PlannedCase?) async throws(FailureReport) -> KitDevices { kit }

    func attached() async throws(FailureReport) -> [AttachedDevice] { [] }

    /// What the drivers left behind; empty when every device was released and holds no one's data. Of a
    /// device that was pulled out only its connection can be let go: what it shows went with its power.
    var leftovers: [String] {
        var found: [String] = []
        let traces = scanner.traces
        if traces.isOpen || traces.pendingTransfers > 0 { found.append("scanner is claimed") }
        if isThere(try scanner.devices()), traces.openings > 0, traces.mode != Self.modeOff {
            found.append("scanner is on")
        }
        if reader.openConnections > 0 || reader.openTransactions > 0 { found.append("card is held") }
        if camera.isStreaming { found.append("camera streams") }
        let ink = pad.traces
        if ink.isOpen { found.append("pad is open") }
        if isThere(try pad.list(vendorID: STUPad.vendorID)), ink.reports > 0 {
            if ink.inkOnScreen > 0 { found.append("ink on the pad") }
            if ink.isInking { found.append("pad takes ink") }
        }
        return found
    }

    private func isThere<Listing>(_ look: @autoclosure () throws -> [Listing]) -> Bool {
        (try? look())?.isEmpty == false
    }

    /// The mode register of a scanner that sleeps.
    static let modeOff: UInt8 = 0x70
}

/// The real driver, with somebody who puts the finger that is asked for on the glass: the same way each
/// time, so that two runs take the same picture.
private struct AttendedScanner: FingerprintCapturing {
    let driver: UareUScanner
    let hardware: EmulatedUareU
    let person: UInt64

    func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame> {
        hardware.present(FingerPresentation(SyntheticFinger(person: person, position: request.position)))
        return try await driver.capture(request, progress: progress)
    }

    func trigger() async { await driver.trigger() }

    func describe() async throws(DeviceError) -> DeviceDescription { try await driver.describe() }
}
