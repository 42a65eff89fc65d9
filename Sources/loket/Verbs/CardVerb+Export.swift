import ArgumentParser
import DeviceDrivers
import EnrolmentCore
import Foundation
import StationApp

extension CardVerb {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the card and write it as XML, in the form of .eid files.",
            discussion: "The file holds everything that is on the card: it is readable by its owner only.")
        @Argument(help: "The file to write; a dash for standard output.") var file: String
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        struct Exported: Encodable {
            let file: String
            let bytes: Int
        }

        func run() async throws {
            try await report.reporting {
                let xml = CardExport.xml(of: try await CardVerb.reading(.enrolment, with: devices))
                if file == "-" { return FileHandle.standardOutput.write(Data(xml)) }
                let isWritten = FileManager.default.createFile(
                    atPath: file, contents: Data(xml), attributes: [.posixPermissions: 0o600])
                guard isWritten else {
                    throw FailureReport(.input(.unwritableFile), detail: "card export", kept: .nothingToKeep)
                }
                try report.print(Exported(file: file, bytes: xml.count)) { "\(file): \(xml.count) bytes" }
            }
        }
    }
}
