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
        case morpho
    }

    /// Who is at the devices.
    package enum User: Sendable {
        /// No finger ever comes, and no pen.
        case nobody
        /// An invented person, counted from 1 over the built-in training day: with a finger whenever a scanner
        /// asks for one, with a pen whenever the pad takes ink.
        ///
        /// - finger: what every scanner sees, upright and, but for a MorphoSmart, 384 x 290; nil for the right
        ///   index finger, never laid down in quite the same way.
        case person(Int, finger: GrayImage?)
    }

    /// What there is to lay on a scanner.
    private enum Hand {
        case none
        case picture(GrayImage)
        case finger(SyntheticFinger, seed: UInt64)
    }

    /// After so many fingers nobody comes any more.
    private static let patience: UInt64 = 1000
    /// A MorphoSmart's pictures are all drawn before the first is asked for; after so many they come round.
    private static let drawnBefore: UInt64 = 4

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
        var hand = Hand.none
        var ink = InkScript(strokes: [])
        if case .person(let number, let finger) = user {
            let person = try Self.person(number, today: LocalTime.day(of: clock.now()))
            hand =
                finger.map(Hand.picture)
                ?? .finger(SyntheticFinger(person: person.number, position: .rightIndex), seed: person.number)
            ink = Handwriting.signature(of: person.persona.surname, seed: person.number)
        }
        var exports: [USBIPExport] = []
        for (device, port) in zip(devices, 1...) {
            exports.append(try Self.export(device, usedBy: hand, ink, port: port))
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

    private static func export(
        _ device: Device, usedBy hand: Hand, _ ink: InkScript, port: Int
    ) throws(FailureReport) -> USBIPExport {
        switch device {
        case .uareU4500: return try scanner(.uareU4500, usedBy: hand, port)
        case .microsoftV2: return try scanner(.microsoftReaderV2, usedBy: hand, port)
        case .morpho:
            var model = MorphoModel.mso1300
            model.listing = model.listing.with(serial: "EMULATED-\(1000 + port)")
            return USBIPExport(
                EmulatedMorpho(model, presentations: morphoPresentations(of: hand), pace: .real),
                USBDescriptors(of: model), interface: .number(model.interface), port: port)
        case .stu430:
            let pad = EmulatedSTU430(signing: ink, pace: .real)
            return USBIPExport(
                HIDOverUSB(pad, vendorID: 0x056A) { pad.now }, .stu430(serial: "EMUL00043\(port)"), port: port)
        }
    }

    private static func scanner(
        _ model: UareUModel, usedBy hand: Hand, _ port: Int
    ) throws(FailureReport) -> USBIPExport {
        var model = model
        model.listing = model.listing.with(serial: "{00000000-0000-0000-0000-EMULATED\(1000 + port)}")
        let presentations: [FingerPresentation]
        switch hand {
        case .none: presentations = []
        case .finger(let finger, let seed):
            presentations = (1...patience).map { FingerPresentation(finger, touch: FingerTouch(seed: seed &+ $0)) }
        case .picture(let picture):
            guard picture.width == FingerGlass.uareU.width, picture.height == FingerGlass.uareU.height else {
                throw FailureReport(
                    .input(.unreadableFile), detail: "the finger is \(picture.width) x \(picture.height)",
                    kept: .nothingToKeep)
            }
            presentations = (1...patience).map { _ in FingerPresentation(picture) }
        }
        return USBIPExport(
            EmulatedUareU(model, presentations: presentations, pace: .real), USBDescriptors(of: model), port: port)
    }

    private static func morphoPresentations(of hand: Hand) -> [MorphoPresentation] {
        let pictures: [GrayImage]
        switch hand {
        case .none: return []
        case .picture(let picture): pictures = [picture]
        case .finger(let finger, let seed):
            pictures = (1...drawnBefore).map { finger.picture(FingerTouch(seed: seed &+ $0), on: .plain) }
        }
        return (0..<Int(patience)).map { MorphoPresentation(pictures[$0 % pictures.count]) }
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
