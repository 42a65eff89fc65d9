import ArgumentParser
import EnrolmentCore
import OfflineCache
import StationApp

struct DayCloseVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dayclose",
        abstract: "Close the day: sign the journal as it stands, and print the day's sheet.",
        discussion: """
            Where cases are open or packets wait, they are listed and nothing is signed, unless --anyway says why. \
            A day is closed once; what is done after that is signed by itself when it is closed again. \
            Reasons: \(CloseReason.allCases.map(\.rawValue).joined(separator: ", ")).
            """)
    @Option(help: "A day, as 2026-11-22 (otherwise today).") var date: String?
    @Option(help: ArgumentHelp("Close it although something is open.", valueName: "reason")) var anyway: CloseReason?
    @Flag(help: "Print the sheet as it stands, and sign nothing.") var show = false
    @Flag(help: "Have an officer log in, so that the journal says who closed the day.") var withLogin = false
    @OptionGroup var login: LoginOptions
    @OptionGroup var kit: KitOptions
    @OptionGroup var devices: DeviceOptions
    @OptionGroup var report: ReportOptions

    func validate() throws {
        if let date, CalendarDate(iso8601: date) == nil { throw ValidationError("\(date) is no day") }
    }

    func run() async throws {
        try await report.reporting {
            let open = try await kit.open(in: report.language)
            let closing = try DayClosing(open, clock: SystemClock())
            let day = date.flatMap { CalendarDate(iso8601: $0) }
            if show { return try tell(try await closing.sheet(of: day)) }
            let outcome = try await closing.close(day, by: try await officer(of: open), because: anyway)
            try tell(outcome.sheet)
            if case .leftOpen = outcome { throw ExitCode(ExitStatus.checkFailed.rawValue) }
        }
    }

    private func officer(of open: OpenKit) async throws -> OfficerID? {
        guard withLogin else { return nil }
        let reader = try await devices.source().devices(for: nil).cardReader
        let desk = try login.desk(on: open, reader: reader, within: devices.limits.card)
        let session = try await login.logIn(at: desk, in: report.language)
        await desk.close()
        return session.officer.id
    }

    private func tell(_ sheet: DaySheet) throws {
        try report.print(sheet) { DaySheetWords(report.words).lines(of: sheet).joined(separator: "\n") }
    }
}

extension CloseReason: ExpressibleByArgument {}
