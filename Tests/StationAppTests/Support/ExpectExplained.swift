import EnrolmentCore
import StationUI
import Testing

/// Holds a failure to what an officer must be told: by its code, in Dutch words that say what happened,
/// what was kept and what to do.
func expectExplained(
    _ report: FailureReport?, as code: FailureCode, kept: FailureReport.Kept, happened: String, remedy: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let report = try #require(report, sourceLocation: sourceLocation)
    #expect(report.code == code, "\(report)", sourceLocation: sourceLocation)
    #expect(report.kept == kept, sourceLocation: sourceLocation)
    let words = Catalogue().explain(report)
    #expect(words.happened.contains(happened), "\(words.happened)", sourceLocation: sourceLocation)
    #expect(words.remedy.contains(remedy), "\(words.remedy)", sourceLocation: sourceLocation)
    for text in [words.title, words.happened, words.kept, words.remedy] {
        #expect(!text.isEmpty && !text.contains("‹") && !text.contains("{"), "\(text)", sourceLocation: sourceLocation)
    }
}
