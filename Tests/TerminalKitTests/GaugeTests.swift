import TerminalKit
import Testing

@Suite("Gauge")
struct GaugeTests {
    private func lines(_ gauge: Gauge) -> [String] {
        var buffer = CellBuffer(Size(columns: 25, rows: 2))
        gauge.place(in: Rect(x: 0, y: 0, width: 25, height: 2), on: &buffer)
        return buffer.rows
    }

    @Test("The bar shows the value, and a mark what is enough")
    func value() {
        #expect(lines(Gauge(label: "Kwaliteit", value: 60, mark: 30)) == ["Kwaliteit", "██████┃█████░░░░░░░░   60"])
    }

    @Test("Nothing measured is a dash and an empty bar")
    func nothing() {
        #expect(lines(Gauge(label: "Kwaliteit", value: nil, mark: 30)) == ["Kwaliteit", "░░░░░░┃░░░░░░░░░░░░░    –"])
    }

    @Test("A value beyond the scale stays on it", arguments: [(-5, 0), (250, 100)])
    func limits(_ value: Int, _ shown: Int) {
        #expect(Gauge(label: "", value: value, mark: 0).value == shown)
    }

    @Test("In plain lines the value stands beside what is enough")
    func plain() {
        #expect(Gauge(label: "Kwaliteit", value: 18, mark: 30).plainLines == ["Kwaliteit: 18 / 30"])
    }
}
