import Foundation

/// How far a campaign is and how long it still takes, on standard error: a line that is written over in a terminal,
/// and one a minute where the output is kept.
///
/// The time left supposes that what is still to come goes as fast as what was done.
final class CampaignProgress {
    private let name: String
    private let total: Int
    private let start = ChildProcess.now()
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var done = 0
    private var lastLine: Double

    /// - Parameter total: how many steps there will be.
    init(_ name: String, of total: Int) {
        (self.name, self.total) = (name, total)
        lastLine = start
        // What is being done, and with which seed, must be readable before it is over.
        fflush(nil)
    }

    /// - Parameter count: steps done since the last call.
    func advance(by count: Int = 1) {
        done = min(total, done + count)
        let now = ChildProcess.now()
        guard now - lastLine >= (isTerminal ? 0.5 : 60) else { return }
        lastLine = now
        let left = (now - start) / Double(max(1, done)) * Double(total - done)
        write("\(name): \(done) of \(total), some \(Int(left.rounded(.up))) s left" + (isTerminal ? "\r" : "\n"))
    }

    deinit {
        if isTerminal, lastLine > start { write("") }
    }

    private func write(_ line: String) {
        FileHandle.standardError.write(Data(((isTerminal ? "\u{1B}[K" : "") + line).utf8))
    }
}
