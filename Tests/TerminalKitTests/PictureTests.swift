import Testing

@testable import TerminalKit

@Suite("Picture")
struct PictureTests {
    /// Black at the left, white at the right.
    private func halves(_ format: Picture.Format = .gray) throws -> Picture {
        let row: [UInt8] = Array(repeating: 0, count: 8) + Array(repeating: 255, count: 8)
        let bytes = (0..<16).flatMap { _ in format == .gray ? row : row.flatMap { [$0, $0, $0] } }
        return try #require(Picture(width: 16, height: 16, format: format, bytes: bytes))
    }

    @Test("Sides and bytes that disagree are no picture")
    func disagree() {
        #expect(Picture(width: 2, height: 2, format: .gray, bytes: [1, 2, 3]) == nil)
        #expect(Picture(width: 0, height: 2, format: .gray, bytes: []) == nil)
        #expect(Picture(width: .max, height: 2, format: .rgb, bytes: []) == nil)
    }

    @Test("A picture keeps its shape within what there is")
    func shape() throws {
        let picture = try halves()
        #expect(picture.cells(within: Size(columns: 40, rows: 40)) == Size(columns: 40, rows: 20))
        #expect(picture.cells(within: Size(columns: 40, rows: 5)) == Size(columns: 10, rows: 5))
        #expect(picture.cells(within: Size(columns: 0, rows: 5)) == Size(columns: 0, rows: 0))
    }

    @Test("Shades are the mean lightness", arguments: [Picture.Format.gray, .rgb])
    func shades(_ format: Picture.Format) throws {
        let cells = PictureRenderer.cells(of: try halves(format), size: Size(columns: 4, rows: 2), style: .shades)
        #expect(cells.map { String($0.map(\.character)) } == ["  ██", "  ██"])
        let odd = PictureRenderer.cells(of: try halves(format), size: Size(columns: 3, rows: 1), style: .shades)
        #expect(odd.map { String($0.map(\.character)) } == [" ░█"])
    }

    @Test("A grid finer than the picture is no trap")
    func finer() throws {
        let dot = try #require(Picture(width: 1, height: 1, format: .gray, bytes: [255]))
        let cells = PictureRenderer.cells(of: dot, size: Size(columns: 7, rows: 5), style: .shades)
        #expect(cells.joined().allSatisfy { $0.character == "█" })
    }

    @Test(
        "Blocks show black left and white right in every style",
        arguments: [PictureStyle.Symbols.halves, .quadrants, .sextants], PictureStyle.ColourDepth.allCases)
    func blocks(_ symbols: PictureStyle.Symbols, _ depth: PictureStyle.ColourDepth) throws {
        let style = PictureStyle(symbols: symbols, depth: depth)
        let rows = PictureRenderer.cells(of: try halves(.rgb), size: Size(columns: 4, rows: 2), style: style)
        #expect(rows.count == 2 && rows.allSatisfy { $0.count == 4 && $0.allSatisfy { $0.width == 1 } })
        for row in rows { #expect(row[0] != row[3]) }
    }

    @Test("A terminal gets the finest blocks that it surely has")
    func environment() {
        let symbols = { (environment: [String: String]) in
            PictureStyle(environment: environment, colours: 256).symbols
        }
        #expect(symbols(["TERM": "linux"]) == .halves)
        #expect(symbols(["TERM": "vt100"]) == .ascii)
        #expect(symbols(["TERM": "xterm-256color"]) == .quadrants)
        #expect(symbols(["TERM": "xterm-256color", "VTE_VERSION": "7006"]) == .sextants)
        #expect(symbols(["TERM": "tmux-256color", "TMUX": "x", "VTE_VERSION": "7006"]) == .quadrants)
        #expect(symbols(["TERM": "foot"]) == .sextants)
        #expect(PictureStyle(environment: [:], colours: 8).depth == .eight)
        #expect(PictureStyle(environment: [:], colours: 88).depth == .sixteen)
        #expect(PictureStyle(environment: [:], colours: 0).depth == .none)
    }
}

@Suite("DotCanvas")
struct DotCanvasTests {
    private func rows(_ symbols: PictureStyle.Symbols) -> [String] {
        var canvas = DotCanvas(size: Size(columns: 4, rows: 2), symbols: symbols)
        canvas.line(from: (0, 0), to: (99, 99), field: (100, 100))
        var buffer = CellBuffer(Size(columns: 4, rows: 2))
        canvas.draw(in: buffer.area, on: &buffer)
        return buffer.rows
    }

    @Test("A line runs from corner to corner, finer where the font allows")
    func lines() {
        #expect(rows(.quadrants) == ["⠑⢄", "  ⠑⢄"])
        #expect(rows(.halves) == ["▀▄", "  ▀▄"])
        #expect(rows(.ascii) == ["##", "  ##"])
    }

    @Test("No coordinate makes it slow, or leave its field", arguments: [Int.min, -1, 0, 1, Int.max])
    func extremes(_ value: Int) {
        var canvas = DotCanvas(size: Size(columns: 4, rows: 2), symbols: .quadrants)
        canvas.line(from: (value, value), to: (~value, 5), field: (10, 10))
        canvas.line(from: (value, 1), to: (1, value), field: (0, 10))
        var buffer = CellBuffer(Size(columns: 9, rows: 9))
        canvas.draw(in: buffer.area, on: &buffer)
        #expect(buffer.rows.allSatisfy { $0.count <= 4 })
    }
}
