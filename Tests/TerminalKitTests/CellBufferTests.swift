import StationTestSupport
import Testing

@testable import TerminalKit

@Suite("CellBuffer")
struct CellBufferTests {
    private let style = Style(.danger, .bold)

    @Test("Text stops at its limit and at the edge")
    func write() {
        var buffer = CellBuffer(Size(columns: 8, rows: 2))
        #expect(buffer.write("loket", x: 1, y: 0, limit: 3) == 3)
        #expect(buffer.write("rechts", x: 5, y: 1) == 3)
        #expect(buffer.write("weg", x: 0, y: 7) == 3)
        #expect(buffer.rows == [" lok", "     rec"])
    }

    @Test("A wide character takes two columns, and is a space where only one is left")
    func wide() {
        var buffer = CellBuffer(Size(columns: 5, rows: 1))
        #expect(buffer.write("a漢b", x: 0, y: 0) == 4)
        #expect(buffer[1, 0].width == 2)
        #expect(buffer[2, 0].width == 0)
        buffer.put(Cell("字"), x: 4, y: 0)
        #expect(buffer[4, 0] == .blank)
    }

    @Test("Half of a wide character that is painted over takes the other half along", arguments: [1, 2])
    func half(_ x: Int) {
        var buffer = CellBuffer(Size(columns: 4, rows: 1))
        buffer.write("漢", x: 1, y: 0)
        buffer.put(Cell("x"), x: x, y: 0)
        #expect(buffer.rows == [x == 1 ? " x" : "  x"])
        #expect(buffer[1, 0].width == 1 && buffer[2, 0].width == 1)
    }

    @Test("The changes since a buffer make that buffer this one", arguments: [1, 2, 3])
    func changes(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var earlier = CellBuffer(Size(columns: 20, rows: 4))
        for _ in 0..<200 {
            var later = earlier
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                later.put(
                    Cell(
                        ["a", "漢", "é", " "].randomElement(using: &random) ?? " ",
                        Bool.random(using: &random) ? style : .plain),
                    x: .random(in: -1...20, using: &random), y: .random(in: -1...4, using: &random))
            }
            var painted = earlier
            for change in later.changes(since: earlier) {
                for (offset, cell) in change.cells.enumerated() where cell.width > 0 {
                    painted.put(cell, x: change.x + offset, y: change.y)
                }
            }
            #expect(painted == later)
            earlier = later
        }
    }

    @Test("Nothing changed is no change, and another size is all of it")
    func changeCounts() {
        let buffer = CellBuffer(Size(columns: 4, rows: 3))
        #expect(buffer.changes(since: buffer).isEmpty)
        #expect(buffer.changes(since: CellBuffer(Size(columns: 4, rows: 2))).count == 3)
        #expect(buffer.changes(since: nil).flatMap(\.cells).count == 12)
    }

    @Test("The golden text shows rows, then the runs of style")
    func goldenText() {
        var buffer = CellBuffer(Size(columns: 6, rows: 2))
        buffer.write("ab", x: 1, y: 0, style: style)
        buffer.write("c", x: 0, y: 1)
        #expect(buffer.goldenText == "6x2\n| ab\n|c\nstyles\n0:1-2 danger bold\n")
    }

    @Test("A terminal of no size holds nothing and breaks nothing")
    func nothing() {
        var buffer = CellBuffer(Size(columns: 0, rows: 0))
        buffer.write("x", x: 0, y: 0)
        buffer.fill(Rect(x: -3, y: -3, width: 9, height: 9), with: Cell("x"))
        #expect(buffer.goldenText == "0x0\nstyles\n")
    }
}

@Suite("Shown characters")
struct ShownCharacterTests {
    @Test(
        "Columns are those that terminals use",
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("🙂", 2), ("─", 1), ("█", 1), ("\u{1FB00}", 1), ("€", 1),
        ])
    func columns(_ text: String, _ columns: Int) { #expect(text.columns == columns) }

    @Test("Text from outside cannot steer the terminal")
    func control() {
        var buffer = CellBuffer(Size(columns: 12, rows: 1))
        buffer.write("a\u{1B}[2Jb\u{9B}1m", x: 0, y: 0)
        #expect(buffer.rows == ["a\u{FFFD}[2Jb\u{FFFD}1m"])
        #expect("a\u{202E}b\u{2066}c\u{200B}".columns == 3)
    }

    @Test("A stack of marks on one letter is cut, not painted over the neighbours")
    func marks() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 40)
        #expect(Cell(Character(zalgo)).character.unicodeScalars.count == 5)
    }

    @Test("Clipping and wrapping count columns")
    func lengths() {
        #expect("漢字漢字".clipped(to: 5) == "漢字…")
        #expect("kort".clipped(to: 4) == "kort")
        #expect("lang".clipped(to: 0) == "")
        #expect("een twee drie".wrapped(to: 8) == ["een twee", "drie"])
        #expect("onbreekbaar\n\nx".wrapped(to: 4) == ["onbr", "eekb", "aar", "", "x"])
        #expect("漢字".wrapped(to: 1).allSatisfy { $0.columns <= 2 })
        #expect("x".wrapped(to: 0) == [])
    }
}
