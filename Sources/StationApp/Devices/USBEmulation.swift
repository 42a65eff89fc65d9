import DeviceEmulation
import DeviceTransport
package import EnrolmentCore
import Foundation

/// Serves emulated USB devices over USB/IP.
package struct USBEmulation: Sendable {
    /// What can be served.
    package enum Device: String, CaseIterable, Sendable {
        case uareU4500 = "uareu-4500"
        case microsoftV2 = "microsoft-v2"
        case stu430 = "stu-430"
    }

    /// Who is at the devices.
    package enum User: Sendable {
        /// No finger ever comes, and no pen.
        case nobody
        /// An invented person, counted from 1 over the built-in training day: with a finger whenever a scanner
        /// asks for one, with a pen whenever the pad takes ink.
        ///
        /// - finger: what every scanner sees, 384 x 290 and upright; nil for the right index finger.
        case person(Int, finger: GrayImage?)
    }

    /// After so many fingers nobody comes any more.
    private static let patience = 1000
    /// A person never lays a finger twice in quite the same way; after so many they come round.
    private static let touches: ClosedRange<UInt64> = 1...4

    /// Each device's bus id, as a client names it.
    package let places: [(busID: String, device: Device)]
    private let server: USBIPServer

    /// Listens; clients are served by `serve`.
    ///
    /// - Parameters:
    ///   - devices: several of the same model differ in their serials.
    ///   - host: an IPv4 address of this machine.
    ///   - port: 0 for any free one.
    ///   - tell: told what clients do, for a technician; on any thread.
    /// - Throws: `input.unknownVisit` when there is no such person, `input.unreadableFile` for a finger of
    ///   another size, `scanner.busy` when the port is taken, `scanner.serviceDown` for another address.
    package init(
        _ devices: [Device], usedBy user: User, host: String, port: UInt16, clock: any WallClock,
        tell: @escaping @Sendable (String) -> Void
    ) throws(FailureReport) {
        var fingers: [FingerPresentation] = []
        var ink = InkScript(strokes: [])
        if case .person(let number, let finger) = user {
            let person = try Self.person(number, today: LocalTime.day(of: clock.now()))
            // Making a finger takes a while, and not everyone needs one.
            if devices.contains(where: { $0 != .stu430 }) { fingers = try Self.fingers(of: person, seenAs: finger) }
            ink = Handwriting.signature(of: person.persona.surname, seed: person.number)
        }
        let exports = devices.enumerated().map { index, device in
            Self.export(device, fingers: fingers, ink: ink, port: index + 1)
        }
        places = zip(exports, devices).map { ($0.busID, $1) }
        do throws(USBIPFailure) {
            server = try USBIPServer(exports, host: host, port: port) { tell(Self.words($0)) }
        } catch {
            let problem: DeviceError.Problem = error == .notListening(EADDRINUSE) ? .busy : .serviceDown
            throw FailureReport(.device(.scanner, problem), detail: error.description, kept: .nothingToKeep)
        }
    }

    /// The port that it listens at, also when any free one was asked for.
    package var port: UInt16 { server.port }

    /// Serves until `stop`.
    package func serve() async {
        await withCheckedContinuation { continuation in
            // It blocks for as long as it serves.
            let thread = Thread {
                server.serve()
                continuation.resume()
            }
            thread.name = "usbip-server"
            thread.start()
        }
    }

    /// Unplugs everything, on any thread.
    package func stop() {
        server.stop()
    }

    private static func person(_ number: Int, today: CalendarDate) throws(FailureReport) -> TrainingPerson {
        let day = try TrainingDay.builtIn(today: today)
        let people = day.visits.flatMap(\.cases).compactMap { day.people[$0.id] }
        guard people.indices.contains(number - 1) else {
            throw FailureReport(.input(.unknownVisit), detail: "person \(number)", kept: .nothingToKeep)
        }
        return people[number - 1]
    }

    private static func fingers(
        of person: TrainingPerson, seenAs picture: GrayImage?
    ) throws(FailureReport) -> [FingerPresentation] {
        guard let picture else {
            let finger = SyntheticFinger(person: person.number, position: .rightIndex)
            return touches.map { FingerPresentation(finger, touch: FingerTouch(seed: person.number &+ $0)) }
        }
        guard picture.width == FingerGlass.uareU.width, picture.height == FingerGlass.uareU.height else {
            throw FailureReport(
                .input(.unreadableFile), detail: "the finger is \(picture.width) x \(picture.height)",
                kept: .nothingToKeep)
        }
        return [FingerPresentation(picture)]
    }

    private static func export(
        _ device: Device, fingers: [FingerPresentation], ink: InkScript, port: Int
    ) -> USBIPExport {
        switch device {
        case .uareU4500: return scanner(.uareU4500, fingers, port)
        case .microsoftV2: return scanner(.microsoftReaderV2, fingers, port)
        case .stu430:
            let pad = EmulatedSTU430(signing: ink, pace: .real)
            return USBIPExport(
                HIDOverUSB(pad, vendorID: 0x056A) { pad.now }, .stu430(serial: "EMUL00043\(port)"), port: port)
        }
    }

    private static func scanner(_ model: UareUModel, _ fingers: [FingerPresentation], _ port: Int) -> USBIPExport {
        var model = model
        model.listing = model.listing.with(serial: "{00000000-0000-0000-0000-EMULATED\(1000 + port)}")
        let presentations = fingers.isEmpty ? [] : (0..<patience).map { fingers[$0 % fingers.count] }
        return USBIPExport(
            EmulatedUareU(model, presentations: presentations, pace: .real), USBDescriptors(of: model), port: port)
    }

    private static func words(_ event: USBIPServer.Event) -> String {
        switch event {
        case .attached(let busID): "\(busID) attached"
        case .detached(let busID): "\(busID) detached"
        case .refused(let failure): "a client was refused: \(failure)"
        }
    }
}

extension USBDeviceListing {
    fileprivate func with(serial: String) -> USBDeviceListing {
        USBDeviceListing(
            vendor: vendor, product: product, release: release, bus: bus, address: address, serial: serial,
            productName: productName)
    }
}
