/// What a terminal tells the program.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    /// The window has another size, or must be painted anew.
    case resized(Size)
    /// The system asks the program to end (SIGTERM, SIGHUP, SIGINT, SIGQUIT). A second request
    /// ends it at once.
    case endRequested
    /// There is no more input: the terminal is gone.
    case closed
}

/// What a terminal can show, each kind of terminal in its own way.
package protocol TerminalContent {
    func draw(into buffer: inout CellBuffer)

    /// The same as lines to be read aloud.
    var plainLines: [String] { get }

    /// Whether nothing that was shown before may be seen any more. A screen is painted over in any case; of lines
    /// that were said, a terminal keeps them all.
    var hidesWhatWas: Bool { get }
}

extension TerminalContent {
    package var hidesWhatWas: Bool { false }
}

/// A screen and a keyboard.
package protocol Terminal: Sendable {
    var size: Size { get }

    /// How it can show pictures.
    var pictureStyle: PictureStyle { get }

    /// All events in order, once: a second reader gets nothing.
    var events: AsyncStream<TerminalEvent> { get }

    /// Shows this in place of what was shown. It does not wait until it is painted; of screens that
    /// come faster than the terminal can paint, only the newest is shown.
    func show(_ content: some TerminalContent)

    /// Clears what was shown and gives the terminal back as it was found. Later calls do nothing.
    func close() async
}

/// Why a terminal cannot be used.
package enum TerminalError: String, Error, Hashable, Sendable {
    /// Standard input or output is a file or a pipe.
    case notATerminal
    /// `TERM` is unset, or names nothing that terminfo knows.
    case unknownTerminal
    /// The system has no pipe or thread left.
    case noResources
}
