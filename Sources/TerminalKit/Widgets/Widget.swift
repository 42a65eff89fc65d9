/// A part of a screen: it draws itself into an area, and says itself as plain lines for a reader
/// who hears the screen.
package protocol Widget: Sendable {
    /// The rows that it needs at this width; nil when it takes what it gets.
    func rows(width: Int) -> Int?

    /// Draws within `area` and nowhere else, whatever its size.
    func draw(in area: Rect, on buffer: inout CellBuffer)

    /// Without boxes and pictures, in reading order.
    var plainLines: [String] { get }
}
