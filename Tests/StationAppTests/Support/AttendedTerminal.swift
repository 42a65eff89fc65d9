import TerminalKit

/// A recording terminal whose screens can be waited for, as an officer waits before the next key.
///
/// One reader only; a screen that was waited for once is not seen again.
final class AttendedTerminal: Terminal {
    private let recording: RecordingTerminal
    private let shown: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() {
        recording = RecordingTerminal(size: Size(columns: 132, rows: 43))
        (shown, continuation) = AsyncStream.makeStream()
    }

    var size: Size { recording.size }
    var pictureStyle: PictureStyle { recording.pictureStyle }
    var events: AsyncStream<TerminalEvent> { recording.events }
    var isClosed: Bool { recording.isClosed }
    /// The screen that is shown now.
    var lastScreen: String { recording.screens.last?.rows.joined(separator: "\n") ?? "" }

    func press(_ key: Key) { recording.press(key) }

    func show(_ content: some TerminalContent) {
        recording.show(content)
        continuation.yield(lastScreen)
    }

    func close() async {
        await recording.close()
        continuation.finish()
    }

    /// The next screen that holds all the texts and lacks the other; nil when the terminal is closed first.
    func screen(with texts: [String], without other: String? = nil) async -> String? {
        for await screen in shown {
            if let other, screen.contains(other) { continue }
            if texts.allSatisfy({ screen.contains($0) }) { return screen }
        }
        return nil
    }
}
