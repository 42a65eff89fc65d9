import CNcurses
import Testing

@testable import TerminalKit

@Suite("Terminals")
struct TerminalTests {
    private struct Words: TerminalContent {
        let text: String
        func draw(into buffer: inout CellBuffer) { buffer.write(text, x: 0, y: 0) }
        var plainLines: [String] { [text] }
    }

    @Test("A recording keeps each screen once and gives its keys in order")
    func recording() async {
        let terminal = RecordingTerminal(size: Size(columns: 10, rows: 1))
        terminal.show(Words(text: "een"))
        terminal.show(Words(text: "een"))
        terminal.show(Words(text: "twee"))
        #expect(terminal.screens.map(\.rows) == [["een"], ["twee"]])
        terminal.press("a", "enter")
        terminal.send(.resized(Size(columns: 5, rows: 1)))
        await terminal.close()
        terminal.show(Words(text: "na"))
        var events: [TerminalEvent] = []
        for await event in terminal.events { events.append(event) }
        #expect(events == [.key("a"), .key("enter"), .resized(Size(columns: 5, rows: 1))])
        #expect(terminal.screens.count == 2)
        #expect(terminal.isClosed)
    }

    @Test("Only new lines are said, and none can steer the terminal")
    func spoken() {
        var spoken = SpokenLines()
        #expect(spoken.next(["Titel", "een"]) == ["Titel", "een"])
        #expect(spoken.next(["Titel", "twee\u{1B}[2J"]) == ["twee\u{FFFD}[2J"])
        #expect(spoken.next(["Titel", "een"]) == ["een"])
    }

    @Test(
        "Every role can be told from text at every depth but muted ones", arguments: PictureStyle.ColourDepth.allCases)
    func roles(_ depth: PictureStyle.ColourDepth) {
        let table = ColourTable(depth: depth)
        for role in [ColourRole.title, .selection, .alarm, .warning, .danger, .failure] {
            #expect(table.paint(Style(role)) != table.paint(.plain), "\(role)")
        }
    }

    @Test("A colour that the terminal lacks is its own colour")
    func depth() {
        let style = Style(foreground: .palette(200), background: .palette(3))
        #expect(ColourTable(depth: .palette).paint(style) == .init(foreground: 200, background: 3))
        #expect(ColourTable(depth: .sixteen).paint(style) == .init(foreground: -1, background: 3))
        #expect(ColourTable(depth: .none).paint(style) == .init())
    }

    @Test("Widths do not depend on the user's locale")
    func widths() {
        #expect(cncurses_column_width(0x6F22) == 2)
        #expect(cncurses_column_width(0x301) == 0)
        #expect(cncurses_column_width(0x1B) == -1)
        #expect(cncurses_column_width(0x110000) == -1)
    }
}
