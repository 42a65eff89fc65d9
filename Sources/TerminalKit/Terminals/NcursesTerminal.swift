import CNcurses
import Synchronization

/// The terminal on standard input and output, full screen, painted through ncurses.
///
/// Painting and reading happen on a thread of their own. The screen is cleared before it is given
/// back, so that nobody's data stays behind in it: at ``close()``, at `exit`, when the system asks
/// twice to end, and at a crash.
package final class NcursesTerminal: Terminal {
    private let loop: InputLoop
    private let painter: NcursesPainter

    /// Takes the terminal over.
    /// - Parameter environment: `TERM` and what terminals say of themselves, for pictures.
    package static func open(environment: [String: String]) async throws(TerminalError) -> NcursesTerminal {
        let painter = NcursesPainter(environment: environment)
        return NcursesTerminal(try await InputLoop.start(painter), painter)
    }

    private init(_ loop: InputLoop, _ painter: NcursesPainter) {
        self.loop = loop
        self.painter = painter
    }

    package var size: Size { painter.order.withLock { $0.size } }
    package var pictureStyle: PictureStyle { painter.order.withLock { $0.pictures } }
    package var events: AsyncStream<TerminalEvent> { loop.events }

    package func show(_ content: some TerminalContent) {
        var buffer = CellBuffer(size)
        content.draw(into: &buffer)
        painter.order.withLock { $0.newest = buffer }
        loop.wake()
    }

    package func close() async { await loop.end() }
}

/// The half of the terminal that lives on its thread.
private final class NcursesPainter: InputLoop.Painter {
    struct Order {
        var size = Size(columns: 80, rows: 24)
        var pictures = PictureStyle.shades
        /// What is to be painted next.
        var newest: CellBuffer?
        /// What is on the terminal; nil when that is unknown.
        var painted: CellBuffer?
    }

    let order = Mutex(Order())
    private let environment: [String: String]

    init(environment: [String: String]) { self.environment = environment }

    func open() throws(TerminalError) -> [[UInt8]: Key] {
        switch Int(cncurses_open()) {
        case CNCURSES_OPENED: break
        case CNCURSES_UNKNOWN_TERMINAL: throw .unknownTerminal
        default: throw .notATerminal
        }
        let pictures = PictureStyle(environment: environment, colours: Int(cncurses_colours()))
        order.withLock { order in
            order.size = .ofTerminal
            order.pictures = pictures
        }
        return keySequences()
    }

    func paint() {
        let (next, painted, depth) = order.withLock { order in
            defer { order.newest = nil }
            // A screen drawn for another size comes again for this one.
            return (order.newest?.size == order.size ? order.newest : nil, order.painted, order.pictures.depth)
        }
        guard let next else { return }
        let colours = ColourTable(depth: depth)
        for change in next.changes(since: painted) { put(change, colours) }
        cncurses_flush()
        order.withLock { order in
            if order.size == next.size { order.painted = next }
        }
    }

    func resized(to size: Size) {
        cncurses_resize(Int32(size.rows), Int32(size.columns))
        order.withLock { order in
            order.size = size
            order.painted = nil
        }
    }

    func close() { cncurses_close() }

    private func put(_ change: CellBuffer.Change, _ colours: ColourTable) {
        for (offset, cell) in change.cells.enumerated() where cell.width > 0 {
            let scalars = cell.character.unicodeScalars.map(\.value)
            let paint = colours.paint(cell.style)
            cncurses_put(
                Int32(change.y), Int32(change.x + offset), scalars, scalars.count, paint.foreground, paint.background,
                paint.attributes)
        }
    }

    /// What terminfo says that this terminal's keys send, beside what all send.
    private func keySequences() -> [[UInt8]: Key] {
        let names: [(capability: String, key: Key)] =
            (1...12).map { ("kf\($0)", Key("f\($0)")) } + [
                ("kcuu1", "up"), ("kcud1", "down"), ("kcub1", "left"), ("kcuf1", "right"), ("khome", "home"),
                ("kend", "end"), ("kpp", "pageup"), ("knp", "pagedown"), ("kdch1", "delete"), ("kich1", "insert"),
                ("kcbt", "backtab"),
            ]
        var sequences: [[UInt8]: Key] = [:]
        for (capability, key) in names {
            guard let text = cncurses_key_sequence(capability) else { continue }
            sequences[Array(String(cString: text).utf8)] = key
        }
        return sequences
    }
}
