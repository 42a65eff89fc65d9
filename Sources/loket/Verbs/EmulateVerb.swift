import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

struct EmulateVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate", abstract: "Serve emulated devices to real drivers, until stopped.")
    @Option(help: "Put an emulated eID card into pcscd's virtual reader (vpcd), at HOST:PORT.") var vpcd: String?
    @Option(help: "Serve emulated USB devices over USB/IP, at [HOST:]PORT; on the loopback unless told otherwise.")
    var usbip: String?
    @Option(help: "A USB device to serve; give it again for more. A 4500 and an STU-430 unless told otherwise.")
    var device: [USBEmulation.Device] = []
    @Option(help: "The picture that scanners take, 384×290; the person's right index finger unless told otherwise.")
    var finger: String?
    @Flag(help: "Nobody is at the USB devices: no finger comes, and no pen.") var nobody = false
    @Option(help: "Which invented person's card or hand: the number of a person of the training day, from 1.")
    var person = 1
    @OptionGroup var report: ReportOptions

    func validate() throws {
        guard (vpcd == nil) != (usbip == nil) else { throw ValidationError("give one of --vpcd and --usbip") }
    }

    func run() async throws {
        try await report.reporting {
            if let vpcd {
                let (host, port) = try Self.place(vpcd, option: "--vpcd takes HOST:PORT")
                try await CardEmulation.serve(person: person, host: host, port: Int(port), clock: SystemClock()) {
                    Self.say("card in the reader")
                }
            } else if let usbip {
                let (host, port) = try Self.place(
                    usbip.contains(":") ? usbip : "127.0.0.1:\(usbip)", option: "--usbip takes [HOST:]PORT")
                try await serveUSB(host: host, port: port)
            }
        }
    }

    private func serveUSB(host: String, port: UInt16) async throws {
        let emulation = try USBEmulation(
            device.isEmpty ? [.uareU4500, .stu430] : device, usedBy: try user(), host: host, port: port,
            clock: SystemClock(), tell: Self.say)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { emulation.stop() }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        for place in emulation.places { Self.say("\(place.busID) \(place.device.rawValue)") }
        Self.say("listening on \(host):\(emulation.port)")
        await emulation.serve()
    }

    private func user() throws -> USBEmulation.User {
        if nobody { return .nobody }
        return .person(person, finger: try finger.map { try PictureFile.read($0) })
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
