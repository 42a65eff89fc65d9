import CNcurses
import Glibc
import Synchronization

/// The terminal as a stream of lines, for a screen reader or a braille display: no boxes, no
/// pictures, nothing that is painted over. Only lines that are not on the last screen are said.
package final class PlainTerminal: Terminal {
    private let loop: InputLoop
    private let painter: LinePainter

    /// Takes the keys of the terminal over.
    package static func open() async throws(TerminalError) -> PlainTerminal {
        let painter = LinePainter()
        return PlainTerminal(try await InputLoop.start(painter), painter)
    }

    private init(_ loop: InputLoop, _ painter: LinePainter) {
        self.loop = loop
        self.painter = painter
    }

    package var size: Size { .ofTerminal }
    package var pictureStyle: PictureStyle { .shades }
    package var events: AsyncStream<TerminalEvent> { loop.events }

    package func show(_ content: some TerminalContent) {
        painter.newest.withLock { newest in
            // What hides is not overtaken: the terminal has to be cleared all the same.
            newest = Said(lines: content.plainLines, hides: content.hidesWhatWas || newest?.hides == true)
        }
        loop.wake()
    }

    package func close() async { await loop.end() }
}

private struct Said {
    let lines: [String]
    let hides: Bool
}

private final class LinePainter: InputLoop.Painter {
    /// Clears the screen and what scrolled off it.
    private static let forgetting = "\u{1B}[H\u{1B}[2J\u{1B}[3J"

    let newest = Mutex<Said?>(nil)
    private let said = Mutex(SpokenLines())

    func open() throws(TerminalError) -> [[UInt8]: Key] {
        guard Int(cncurses_open_raw()) == CNCURSES_OPENED else { throw .notATerminal }
        return [:]
    }

    func paint() {
        guard let next = newest.withLock({ $0.take() }) else { return }
        let lines = said.withLock { said in
            if next.hides { said = SpokenLines() }
            return said.next(next.lines)
        }
        let clearing = next.hides && isatty(STDOUT_FILENO) == 1 ? Self.forgetting : ""
        var bytes = Array((clearing + lines.map { $0 + "\n" }.joined()).utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    func resized(to size: Size) {}
    func close() { cncurses_close() }
}

/// Which lines of a screen are new to someone who heard the screen before.
struct SpokenLines: Sendable {
    private var last: [String] = []

    /// Lines whose text was not on the screen before, with control characters taken out. The
    /// heading is said too when it changed, so that one knows where one is.
    mutating func next(_ lines: [String]) -> [String] {
        let shown = lines.map { String(ShownCharacter.characters(of: $0).map(\.character)) }
        defer { last = shown }
        let known = Set(last)
        return shown.filter { !known.contains($0) }
    }
}
