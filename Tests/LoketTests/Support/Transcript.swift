import Foundation
import Testing

/// A conversation with the programs as a person would see it, in a file that can be read as a manual.
///
///     # What it shows, in one sentence.
///     $ loket queue list          a command; words in double quotes are one argument
///     > a line of standard output
///     ! a line of standard error
///     = 4                         the exit code; 0 when nothing is said
///
/// `…` in an expected line stands for any text; a line that is only `…` for any lines.
struct Transcript: CustomTestStringConvertible, Sendable {
    struct Exchange: Sendable {
        let command: [String]
        var output: [String] = []
        var errors: [String] = []
        var exitCode: Int32 = 0
    }

    let name: String
    let sentence: String
    let exchanges: [Exchange]

    var testDescription: String { sentence }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Transcripts")

    /// Every file of the folder, by name.
    static let all: [Transcript] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { name in
            (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)).map { Transcript(name, text: $0) }
        }
    }()

    init(_ name: String, text: String) {
        self.name = name
        var sentence: [String] = []
        var exchanges: [Exchange] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            let rest = String(line.dropFirst(2))
            switch line.first {
            case "#": sentence.append(rest)
            case "$": exchanges.append(Exchange(command: Self.words(rest)))
            case ">" where !exchanges.isEmpty: exchanges[exchanges.count - 1].output.append(rest)
            case "!" where !exchanges.isEmpty: exchanges[exchanges.count - 1].errors.append(rest)
            case "=" where !exchanges.isEmpty: exchanges[exchanges.count - 1].exitCode = Int32(rest) ?? -1
            default: exchanges.append(Exchange(command: ["unreadable line: \(line)"]))
            }
        }
        self.sentence = sentence.joined(separator: " ")
        self.exchanges = exchanges
    }

    /// Whether `found` is what the expected lines say.
    static func agrees(_ found: String, with expected: [String]) -> Bool {
        let lines = found.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        return agrees(lines[...], expected[...])
    }

    private static func agrees(_ found: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
        guard let next = expected.first else { return found.isEmpty }
        if next == "…" {
            let rest = expected.dropFirst()
            return (found.startIndex...found.endIndex).contains { agrees(found[$0...], rest) }
        }
        guard let line = found.first, matches(line, next) else { return false }
        return agrees(found.dropFirst(), expected.dropFirst())
    }

    private static func matches(_ line: String, _ pattern: String) -> Bool {
        let parts = pattern.components(separatedBy: "…")
        guard parts.count > 1, let head = parts.first, let tail = parts.last else { return line == pattern }
        guard line.count >= head.count + tail.count, line.hasPrefix(head), line.hasSuffix(tail) else { return false }
        var rest = line.dropFirst(head.count).dropLast(tail.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.range(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }

    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        var isQuoted = false
        var word: String?
        for character in line {
            switch character {
            case "\"":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
