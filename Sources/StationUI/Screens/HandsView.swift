import EnrolmentCore
import TerminalKit

/// Both hands from the back, as the person sees their own: the finger that is asked for is full,
/// those that are taken carry a tick, those that cannot be taken a cross.
struct HandsView: Widget {
    let names: [FingerPosition.Hand: String]
    let expected: FingerPosition?
    let taken: Set<FingerPosition>
    let excepted: Set<FingerPosition>

    private static let width = 14
    private static let height = 13

    func rows(width: Int) -> Int? { nil }

    func draw(in area: Rect, on buffer: inout CellBuffer) {
        let place = area.centred(width: 2 * Self.width + 4, height: Self.height)
        let (left, rest) = place.cut(left: Self.width)
        draw(.left, in: left, on: &buffer)
        draw(.right, in: rest.cut(left: 4).rest, on: &buffer)
    }

    private func draw(_ hand: FingerPosition.Hand, in area: Rect, on buffer: inout CellBuffer) {
        let digits: [FingerPosition.Digit] =
            hand == .left ? [.little, .ring, .middle, .index, .thumb] : [.thumb, .index, .middle, .ring, .little]
        for (index, digit) in digits.enumerated() {
            draw(FingerPosition(hand, digit), x: area.x + 3 * index, y: area.y, on: &buffer)
        }
        let palm = Rect(x: area.x + (hand == .left ? 0 : 3), y: area.y + 7, width: 11, height: 4)
        buffer.fill(palm, with: Cell("░", .muted))
        let name = names[hand] ?? ""
        buffer.write(name, x: palm.x + max(0, (palm.width - name.columns) / 2), y: area.y + 12, style: .muted)
    }

    private func draw(_ position: FingerPosition, x: Int, y: Int, on buffer: inout CellBuffer) {
        let (top, bottom) = position.digit.rows
        let (character, style) = look(position)
        buffer.fill(Rect(x: x, y: y + top, width: 2, height: bottom - top), with: Cell(character, style))
        let mark: Character? = excepted.contains(position) ? "×" : taken.contains(position) ? "✓" : nil
        if let mark { buffer.put(Cell(mark, style), x: x, y: y + top) }
    }

    private func look(_ position: FingerPosition) -> (Character, Style) {
        if position == expected { return ("█", Style(.accent, .bold)) }
        if taken.contains(position) { return ("▒", Style(.good)) }
        return ("░", .muted)
    }

    var plainLines: [String] { [] }
}

extension FingerPosition.Digit {
    /// From the tip to the palm, on the picture of a hand.
    fileprivate var rows: (top: Int, bottom: Int) {
        switch self {
        case .thumb: (5, 9)
        case .index: (1, 7)
        case .middle: (0, 7)
        case .ring: (1, 7)
        case .little: (3, 7)
        }
    }
}
