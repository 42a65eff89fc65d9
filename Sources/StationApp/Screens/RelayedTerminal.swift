import Synchronization
import TerminalKit

/// One terminal for screens that follow one another on it: a terminal tells its events once, and the unlock screen must
/// not take along what the officer types for the next.
///
/// Asking for `events` takes over from whoever had them before; what nobody had taken yet comes first.
final class RelayedTerminal: Terminal {
    private struct Readers {
        var current: AsyncStream<TerminalEvent>.Continuation?
        var waiting: [TerminalEvent] = []
        var hasEnded = false
    }

    private let terminal: any Terminal
    private let readers = Mutex(Readers())

    init(_ terminal: any Terminal) {
        self.terminal = terminal
        Task {
            for await event in terminal.events { self.relay(event) }
            self.end()
        }
    }

    var size: Size { terminal.size }
    var pictureStyle: PictureStyle { terminal.pictureStyle }

    var events: AsyncStream<TerminalEvent> {
        let (events, continuation) = AsyncStream.makeStream(of: TerminalEvent.self)
        let (before, hasEnded) = readers.withLock { readers in
            for event in readers.waiting { continuation.yield(event) }
            readers.waiting = []
            defer { readers.current = continuation }
            return (readers.current, readers.hasEnded)
        }
        before?.finish()
        if hasEnded { continuation.finish() }
        return events
    }

    func show(_ content: some TerminalContent) { terminal.show(content) }
    func close() async { await terminal.close() }

    private func relay(_ event: TerminalEvent) {
        readers.withLock { readers in
            if let current = readers.current {
                guard case .terminated = current.yield(event) else { return }
                // Its reader has gone, and the next has not come yet.
                readers.current = nil
            }
            readers.waiting.append(event)
        }
    }

    private func end() {
        let current = readers.withLock { readers in
            readers.hasEnded = true
            return readers.current
        }
        current?.finish()
    }
}
