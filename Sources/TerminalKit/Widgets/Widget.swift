/// A part of a screen: it draws itself into an area, and says itself as plain lines for a reader
/// who hears the screen.
package protocol Widget: Sendable {
    /// The rows that it needs at this width; nil when it takes what it gets.
    func rows(width: Int) -> Int?

    /// Draws itself; called by ``place(in:on:)``, which cuts off what falls outside of `area`.
    func draw(in area: Rect, on buffer: inout CellBuffer)

    /// Without boxes and pictures, in reading order.
    var plainLines: [String] { get }
}

extension Widget {
    /// Draws the widget within `area` and nowhere else, whatever its size.
    package func place(in area: Rect, on buffer: inout CellBuffer) {
        guard !area.isEmpty else { return }
        buffer.clip(to: area) { draw(in: area, on: &$0) }
    }
}
