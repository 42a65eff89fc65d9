import ArgumentParser
import EnrolmentCore
import Foundation
import SampleQuality

/// Compares many synthetic prints with each other and says how often the matcher is wrong.
@main
struct FingerMatching: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finger-matching",
        abstract: "Compare synthetic prints with each other and count wrong answers.",
        discussion: """
            Every run with the same arguments gives the same scores. With --output the pictures (PGM), every score \
            (scores.csv) and every minutia (minutiae.csv) are kept, for Tests/Witness/finger-matching.py to measure \
            another matcher on the same pairs.
            """)

    @Option(help: "How many fingers.")
    var fingers = 200

    @Option(help: "How many impressions of each.")
    var impressions = 4

    @Option(help: "Other fingers and touches for another seed.")
    var seed: UInt64 = 1

    @Option(help: "The score from which two prints count as one finger.")
    var threshold = 40

    @Option(help: "Other pictures (PGM, one file an impression, FINGER_NUMBER.pgm) instead of synthetic fingers.")
    var pictures: String?

    @Option(help: "A folder to keep pictures and scores in.")
    var output: String?

    @Flag(help: "Compare every impression with every other, not only the first ones of different fingers.")
    var everyPair = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let folder = output.map { URL(filePath: $0, directoryHint: .isDirectory) }
        if let folder { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        let prints = try await impressionList(keepingIn: folder)
        let scores = try await PairScores.of(prints, everyPair: everyPair)
        if let folder {
            try Data(scores.csv(prints).utf8).write(to: folder.appending(path: "scores.csv"))
            try Data(Impression.csv(prints).utf8).write(to: folder.appending(path: "minutiae.csv"))
        }
        let figures = MatchingFigures(prints: prints, scores: scores, threshold: threshold, seed: seed)
        print(json ? try figures.json : figures.text)
    }

    private func impressionList(keepingIn folder: URL?) async throws -> [Impression] {
        if let pictures { return try await Impression.read(from: URL(filePath: pictures, directoryHint: .isDirectory)) }
        return try await Impression.make(fingers: fingers, impressions: impressions, seed: seed, keepingIn: folder)
    }
}
