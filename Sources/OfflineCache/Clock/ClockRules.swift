package import EnrolmentCore
import FoundationEssentials
import OfflineCacheSchema

/// By what the kit's clock is judged. Each figure is in the data, none in the code.
package struct ClockRules: Hashable, Sendable {
    /// This program did not exist before.
    package let programReleased: Timestamp
    /// The wall clock may differ by so much from the clock that nobody can set, and has not been set.
    package let jumpTolerance: Duration
    /// The wall clock may differ by so much from central's and still count as the same time.
    package let comparisonTolerance: Duration
    /// With a larger error of its own the kernel's clock does not count as disciplined.
    package let networkError: Duration
    /// No kit goes on for longer without hearing from anyone what time it is.
    package let longestSilence: Duration
    /// No kit is in use for longer after the program was made, where nothing else is known.
    package let longestProgram: Duration

    /// - Throws: `unsafeSetting` that names the wrong member.
    package static func builtIn() throws(StoreError) -> ClockRules { try ClockRules(json: ClockRuleFile.json) }

    /// - Throws: `unsafeSetting` that names the wrong member.
    package init(json: [UInt8]) throws(StoreError) {
        guard let file = try? JSONDecoder().decode(File.self, from: Data(json)), file.version == 1 else {
            throw .unsafeSetting(name: "clock.json", found: "no rules")
        }
        guard let released = CalendarDate(iso8601: file.programReleased) else {
            throw .unsafeSetting(name: "programReleased", found: file.programReleased)
        }
        programReleased = Timestamp(milliseconds: Int64(released.daysSinceEpoch) * 86_400_000)
        jumpTolerance = .milliseconds(
            try Self.check(file.jumpToleranceMilliseconds, in: 500...10_000, "jumpToleranceMilliseconds"))
        comparisonTolerance = .seconds(
            try Self.check(file.comparisonToleranceSeconds, in: 10...600, "comparisonToleranceSeconds"))
        networkError = .milliseconds(
            try Self.check(file.networkErrorMilliseconds, in: 10...16_000, "networkErrorMilliseconds"))
        longestSilence = .seconds(
            86_400 * (try Self.check(file.longestSilenceDays, in: 31...1500, "longestSilenceDays")))
        longestProgram = .seconds(
            86_400 * (try Self.check(file.longestProgramDays, in: 365...7300, "longestProgramDays")))
    }

    private static func check(
        _ value: Int, in bounds: ClosedRange<Int>, _ name: String
    ) throws(StoreError) -> Int {
        guard bounds.contains(value) else { throw .unsafeSetting(name: name, found: String(value)) }
        return value
    }

    private struct File: Decodable {
        let version: Int
        let programReleased: String
        let jumpToleranceMilliseconds: Int
        let comparisonToleranceSeconds: Int
        let networkErrorMilliseconds: Int
        let longestSilenceDays: Int
        let longestProgramDays: Int
    }
}
