import Testing

@testable import TerminalKit

@Suite("Rect")
struct RectTests {
    @Test("Cutting covers the whole and never goes below nothing", arguments: [-3, 0, 1, 5, 9, 100])
    func cuts(_ rows: Int) {
        let area = Rect(x: 2, y: 3, width: 7, height: 9)
        let (top, rest) = area.cut(top: rows)
        #expect(top.height + rest.height == 9)
        #expect(rest.y == top.bottom)
        let (bottom, above) = area.cut(bottom: rows)
        #expect(bottom.height + above.height == 9)
        #expect(bottom.bottom == area.bottom)
        let (left, right) = area.cut(left: rows)
        #expect(left.width + right.width == 7)
    }

    @Test("Shares take all that fixed extents leave", arguments: 0...30)
    func extents(_ width: Int) {
        let lengths = Extent.lengths([.fixed(5), .share(1), .share(2), .fixed(3)], in: width)
        #expect(lengths.reduce(0, +) == width)
        #expect(lengths.allSatisfy { $0 >= 0 })
        if width >= 8 { #expect(lengths[0] == 5 && lengths[3] == 3) }
    }

    @Test("Columns stay within their area", arguments: 0...12)
    func columns(_ width: Int) {
        let area = Rect(x: 4, y: 0, width: width, height: 2)
        for part in area.columns([.fixed(6), .share(1), .fixed(6)], gap: 2) where !part.isEmpty {
            #expect(part.x >= area.x && part.right <= area.right)
        }
    }

    @Test("Without shares nothing is left over to anyone")
    func fixedOnly() { #expect(Extent.lengths([.fixed(2), .fixed(9)], in: 5) == [2, 3]) }
}
