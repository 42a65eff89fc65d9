import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

struct EmulateVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate", abstract: "Serve emulated devices to real drivers, until stopped.",
        discussion: "Cards: SIGUSR1 pulls the card and puts the next --swap in.")
    @Option(help: "Put an emulated eID card into pcscd's virtual reader (vpcd), at HOST:PORT.") var vpcd: String?
    @Option(help: "Serve emulated USB devices over USB/IP, at [HOST:]PORT; on the loopback unless told otherwise.")
    var usbip: String?
    @Option(help: "A USB device to serve; give it again for more. A 4500 and an STU-430 unless told otherwise.")
    var device: [USBEmulation.Device] = []
    @Option(help: "The picture that scanners take, 384×290; the person's right index finger unless told otherwise.")
    var finger: String?
    @Flag(help: "Nobody is at the USB devices: no finger comes, and no pen.") var nobody = false
    @Option(help: "Which invented person's card or hand: the number of a person of the training day, from 1.")
    var person: Int?
    @OptionGroup var card: CardEmulationOptions
    @OptionGroup var report: ReportOptions

    func validate() throws {
        if card.isList { return }
        guard (vpcd == nil) != (usbip == nil) else { throw ValidationError("give one of --vpcd and --usbip") }
        _ = try card.plan(person: person)
    }

    func run() async throws {
        try await report.reporting {
            if card.isList {
                for name in CardEmulation.profiles { Self.say(name) }
            } else if let vpcd {
                let (host, port) = try Self.place(vpcd, option: "--vpcd takes HOST:PORT")
                try await serveCard(host: host, port: port)
            } else if let usbip {
                let (host, port) = try Self.place(
                    usbip.contains(":") ? usbip : "127.0.0.1:\(usbip)", option: "--usbip takes [HOST:]PORT")
                try await serveUSB(host: host, port: port)
            }
        }
    }

    private func serveCard(host: String, port: UInt16) async throws {
        let emulation = try CardEmulation(try card.plan(person: person), clock: SystemClock())
        try card.write(emulation)
        let sources =
            [
                Self.on(SIGUSR1) { emulation.exchange() }, Self.on(SIGINT) { emulation.stop() },
                Self.on(SIGTERM) { emulation.stop() },
            ]
        defer { for source in sources { source.cancel() } }
        try await emulation.serve(host: host, port: Int(port)) { Self.say("card in the reader") }
    }

    private func serveUSB(host: String, port: UInt16) async throws {
        let emulation = try USBEmulation(
            device.isEmpty ? [.uareU4500, .stu430] : device, usedBy: try user(), host: host, port: port,
            clock: SystemClock(), tell: Self.say)
        let sources = [SIGINT, SIGTERM].map { Self.on($0) { emulation.stop() } }
        defer { for source in sources { source.cancel() } }
        for place in emulation.places { Self.say("\(place.busID) \(place.device.rawValue)") }
        Self.say("listening on \(host):\(emulation.port)")
        await emulation.serve()
    }

    private static func on(_ number: Int32, _ act: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: act)
        source.resume()
        return source
    }

    private func user() throws -> USBEmulation.User {
        if nobody { return .nobody }
        return .person(person ?? 1, finger: try finger.map { try PictureFile.read($0) })
    }

    /// At once, also into a pipe: someone may wait for the line.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// Port 0 is any free one.
    private static func place(_ text: String, option: String) throws -> (host: String, port: UInt16) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]) else { throw ValidationError(option) }
        return (String(parts[0]), port)
    }
}

extension USBEmulation.Device: ExpressibleByArgument {}
