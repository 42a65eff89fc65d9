import EnrolmentCore
import TerminalKit

/// Both hands from the back: the finger that is asked for is full, those that are taken carry a tick,
/// those that cannot be taken a cross.
struct HandsView: Widget {
    let names: [FingerPosition.Hand: String]
    let expected: FingerPosition?
    let taken: Set<FingerPosition>
    let excepted: Set<FingerPosition>
    let symbols: PictureStyle.Symbols

    func rows(width: Int) -> Int? { nil }

    func draw(in area: Rect, on buffer: inout CellBuffer) {
        guard area.height >= 3, area.width >= 8 else { return }
        // A cell is twice as high as it is wide, and the hands twice as wide as they are high.
        let height = min(area.height - 1, max(1, area.width / 4))
        let place = area.centred(width: 4 * height, height: height + 1)
        let canvasArea = Rect(x: place.x, y: place.y, width: place.width, height: height)
        for hand in FingerPosition.Hand.allCases { outline(hand, in: canvasArea, on: &buffer) }
        for position in taken.sorted(by: { $0.rawValue < $1.rawValue }) where position != expected {
            fill(position, Style(.good), in: canvasArea, on: &buffer)
        }
        if let expected { fill(expected, Style(.accent, .bold), in: canvasArea, on: &buffer) }
        for position in FingerPosition.allCases { mark(position, in: canvasArea, on: &buffer) }
        for hand in FingerPosition.Hand.allCases { write(hand, in: place, on: &buffer) }
    }

    private func outline(_ hand: FingerPosition.Hand, in area: Rect, on buffer: inout CellBuffer) {
        var canvas = DotCanvas(size: Size(columns: area.width, rows: area.height), symbols: symbols)
        let step = canvas.dotSize(in: HandShape.field)
        let thickness = max(step.width, step.height)
        canvas.fill(field: HandShape.field) { x, y in
            (-thickness...0).contains(HandShape.distance(x, y, to: hand))
        }
        canvas.draw(in: area, on: &buffer, style: .muted)
    }

    private func fill(_ position: FingerPosition, _ style: Style, in area: Rect, on buffer: inout CellBuffer) {
        var canvas = DotCanvas(size: Size(columns: area.width, rows: area.height), symbols: symbols)
        canvas.fill(field: HandShape.field) { x, y in HandShape.distance(x, y, to: position) <= 0 }
        canvas.draw(in: area, on: &buffer, style: style)
    }

    private func mark(_ position: FingerPosition, in area: Rect, on buffer: inout CellBuffer) {
        let mark: Character? = excepted.contains(position) ? "×" : taken.contains(position) ? "✓" : nil
        guard let mark else { return }
        let tip = HandShape.tip(of: position)
        let style: Style = excepted.contains(position) ? Style(.warning, .bold) : Style(.good, .bold)
        buffer.put(
            Cell(mark, style), x: area.x + Int(tip.x / HandShape.field.width * Double(area.width)),
            y: area.y + Int(tip.y / HandShape.field.height * Double(area.height)))
    }

    private func write(_ hand: FingerPosition.Hand, in area: Rect, on buffer: inout CellBuffer) {
        let name = names[hand] ?? ""
        let middle = area.x + (hand == .left ? area.width / 4 : area.width - area.width / 4)
        buffer.write(name, x: middle - name.columns / 2, y: area.bottom - 1, style: .muted)
    }

    var plainLines: [String] { [] }
}
