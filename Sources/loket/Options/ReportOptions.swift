import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI

/// How a verb says what it found: for people, or as one JSON document.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Report as JSON on standard output.")
    var json = false

    @OptionGroup private var wish: LanguageOptions

    /// What this verb speaks to people: its lines, its questions and its failures. Codes, names and figures in
    /// columns, what stands in brackets behind a failure, and --help are the same in each.
    var language: Language { wish.language }

    var words: Catalogue { Catalogue(language) }

    func print(_ value: some Encodable, text: () -> String) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
        } else {
            let lines = text()
            if !lines.isEmpty { Swift.print(lines) }
        }
    }

    /// Runs a verb; a failure becomes what happened, what was kept and what to do, on standard error,
    /// and an exit code of the table.
    func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let report as FailureReport {
            Self.tell(report, in: words, json: json)
            throw ExitCode(ExitStatus(report.code).rawValue)
        } catch let error as DeviceError {
            let report = FailureReport(error, kept: .nothingToKeep)
            Self.tell(report, in: words, json: json)
            throw ExitCode(ExitStatus(report.code).rawValue)
        }
    }

    /// What ends a verb that has printed its document already: the words go to standard error alone.
    func ending(with report: FailureReport) -> ExitCode {
        Self.explain(report, words.explain(report))
        return ExitCode(ExitStatus(report.code).rawValue)
    }

    private struct Failure: Encodable {
        let code: String
        let detail: String
        let kept: String
        let happened: String
        let remedy: String
    }

    private static func tell(_ report: FailureReport, in catalogue: Catalogue, json: Bool) {
        let words = catalogue.explain(report)
        if json {
            let failure = Failure(
                code: report.code.text, detail: report.detail, kept: report.kept.rawValue, happened: words.happened,
                remedy: words.remedy)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let text =
                (try? encoder.encode(["error": failure] as [String: Failure])).map {
                    String(decoding: $0, as: UTF8.self)
                } ?? "{}"
            Swift.print(text)
        }
        explain(report, words)
    }

    private static func explain(_ report: FailureReport, _ words: Explanation) {
        let lines = ["loket: \(words.happened)", "  \(words.kept)", "  \(words.remedy)", "  [\(report)]"]
        FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }
}
