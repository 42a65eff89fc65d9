import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

struct DemoVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Try the station: emulated kit, central on loopback, training mode, nothing left behind.",
        discussion: "In the last visit a finished card is handed over: the PIN of its letter is \(TrainingPINs.letter)."
    )
    @Flag(help: "Play a whole day by itself: offline visits, a crash, a broken network, receipts, an empty laptop.")
    var play = false
    @Flag(help: "Without pauses.") var fast = false
    @Flag(help: "Lines of text instead of screens.") var plain = false
    @OptionGroup var report: ReportOptions

    func run() async throws {
        let language = report.language
        try await report.reporting {
            guard play else {
                try await DemoSession.run(language: language, plain: plain)
                return
            }
            let hasTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
            let options = DayPlay.Options(
                language: language, isFast: fast, isPlain: plain || report.json || !hasTerminal, isQuiet: report.json)
            let result = try await DayPlay(options, clock: SystemClock()).run()
            try report.print(result) { DayWords.summary(of: result, in: report.words) }
            if !result.isGood { throw ExitCode(ExitStatus.checkFailed.rawValue) }
        }
    }
}

/// One run of the station within a played day; `demo --play` starts it, and kills it.
struct DemoStationVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo-station", abstract: "A part of a played day.", shouldDisplay: false)
    @OptionGroup var kit: KitOptions
    @OptionGroup var language: LanguageOptions
    @Option var until: String?
    @Option var holdAt: String?
    @Option var report: String?
    @Flag var sync = false
    @Flag var fast = false
    @Flag var plain = false
    @Flag var quiet = false

    func run() async throws {
        let part = PlayedDay.Part(
            until: until.map { VisitID($0) }, holdAt: holdAt.map { CaseID($0) }, syncs: sync)
        do {
            try await DemoSession.play(
                part, kit: try await kit.open(in: language.language), report: report, language: language.language,
                isFast: fast,
                isPlain: plain, isQuiet: quiet)
        } catch let failure as FailureReport {
            FileHandle.standardError.write(Data("loket: \(failure)\n".utf8))
            throw ExitCode(ExitStatus(failure.code).rawValue)
        }
    }
}
