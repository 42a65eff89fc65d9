import ArgumentParser
import EnrolmentCore
import StationApp

struct EmulateVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate", abstract: "Serve an emulated device to real drivers, until stopped.")
    @Option(help: "Put an emulated eID card into pcscd's virtual reader (vpcd), at HOST:PORT.") var vpcd: String
    @Option(help: "Which invented person's card: the number of a person of the training day, from 1.") var person = 1
    @OptionGroup var report: ReportOptions

    func run() async throws {
        try await report.reporting {
            let parts = vpcd.split(separator: ":")
            guard parts.count == 2, let port = Int(parts[1]), (1...65_535).contains(port) else {
                throw ValidationError("--vpcd takes HOST:PORT")
            }
            try await CardEmulation.serve(person: person, host: String(parts[0]), port: port, clock: SystemClock()) {
                print("card in the reader")
            }
        }
    }
}
