import Foundation
import TerminalKit
import Testing

/// Compares a screen with its golden file; `LOKET_RENEW_GOLDENS=1` writes the file instead, to be
/// read before it is kept.
func expectGolden(_ screen: CellBuffer, _ name: String, at location: SourceLocation = #_sourceLocation) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Goldens/\(name)-\(screen.size.columns)x\(screen.size.rows).txt")
    let text = screen.goldenText
    if ProcessInfo.processInfo.environment["LOKET_RENEW_GOLDENS"] == "1" {
        try Data(text.utf8).write(to: file)
        return
    }
    let known = try String(contentsOf: file, encoding: .utf8)
    guard known != text else { return }
    let pairs = zip(
        known.split(separator: "\n", omittingEmptySubsequences: false),
        text.split(separator: "\n", omittingEmptySubsequences: false))
    let difference = pairs.first { $0 != $1 }.map { "expected \($0)\n     got \($1)" } ?? "one ends earlier"
    Issue.record("\(file.lastPathComponent) differs:\n\(difference)", sourceLocation: location)
}
