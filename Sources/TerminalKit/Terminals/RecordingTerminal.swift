import Synchronization

/// A terminal without a terminal: it keeps every screen that was shown, and its keys come from a
/// script.
package final class RecordingTerminal: Terminal {
    package let events: AsyncStream<TerminalEvent>
    package let pictureStyle: PictureStyle
    private let continuation: AsyncStream<TerminalEvent>.Continuation
    private let state: Mutex<State>

    private struct State {
        var size: Size
        var screens: [CellBuffer] = []
        var lines: [[String]] = []
        var isClosed = false
    }

    /// A terminal of this size that shows pictures in this way.
    package init(size: Size, pictureStyle: PictureStyle = .shades) {
        (events, continuation) = AsyncStream.makeStream()
        self.pictureStyle = pictureStyle
        state = Mutex(State(size: size))
    }

    package var size: Size { state.withLock(\.size) }

    /// All screens since the start, a screen that equals the one before left out.
    package var screens: [CellBuffer] { state.withLock(\.screens) }

    /// The same screens as lines to be read aloud.
    package var lines: [[String]] { state.withLock(\.lines) }
    /// Whether the program gave it back.
    package var isClosed: Bool { state.withLock(\.isClosed) }

    /// Types keys, in order.
    package func press(_ keys: Key...) {
        for key in keys { continuation.yield(.key(key)) }
    }

    /// Tells the program something; after `closed` nothing can be told.
    package func send(_ event: TerminalEvent) {
        if case .resized(let size) = event { state.withLock { $0.size = size } }
        continuation.yield(event)
        if event == .closed { continuation.finish() }
    }

    package func show(_ content: some TerminalContent) {
        var buffer = CellBuffer(size)
        content.draw(into: &buffer)
        let lines = content.plainLines
        state.withLock { state in
            guard !state.isClosed, state.screens.last != buffer else { return }
            state.screens.append(buffer)
            state.lines.append(lines)
        }
    }

    package func close() async {
        state.withLock { $0.isClosed = true }
        continuation.finish()
    }
}
