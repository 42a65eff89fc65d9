import Testing

@testable import TerminalKit

@Suite("Widgets")
struct WidgetTests {
    private func rows(_ widget: any Widget, _ columns: Int, _ rows: Int) -> [String] {
        var buffer = CellBuffer(Size(columns: columns, rows: rows))
        widget.place(in: buffer.area, on: &buffer)
        return buffer.rows
    }

    static let all: [any Widget] = [
        TitleBar(title: "Titel", status: "21:04"), Banner("oefenen"), TextBlock("een twee drie"),
        Panel("Kop", TextBlock("inhoud")), Facts([.init("Naam", "waarde waarde waarde")]), Spacer(),
        Table(columns: [.init("A", .fixed(3)), .init("B", .share(1))], rows: [.init(["1", "漢字"])], selected: 0),
        ChoiceList([.init("Keuze", value: "ja"), .init("Niet", disabledReason: "nu niet")], selected: 0),
        ProgressBar(done: 3, total: 7, label: "Verzenden", detail: "3 van 7"),
        MessageBox(title: "Fout", paragraphs: [.init("Wat", "tekst")], hint: "Enter"),
        ChoiceBox(title: "Vraag", text: "waarom", list: ChoiceList([.init("x")], selected: 0), hint: "Enter"),
        InputBox(title: "Vraag", text: "typ", value: "漢字", problem: "fout", hint: "Enter"),
        KeyHintBar([.init("F1", "Hulp"), .init("F2", "Weg", isEnabled: false)], notice: "let op"),
        InkView(strokes: [[(0, 0), (9, 9)], []], field: (10, 10), symbols: .quadrants, words: "inkt"),
        Columns([(.share(1), TextBlock("links")), (.fixed(4), TextBlock("rechts"))]),
        Stack([TextBlock("boven"), Spacer(), TextBlock("onder")], gap: 1),
    ]

    @Test("A widget stays within its area, however small that is", arguments: all.indices)
    func withinArea(_ index: Int) {
        let widget = Self.all[index]
        for columns in 0..<24 {
            for rows in 0..<7 {
                var buffer = CellBuffer(Size(columns: 40, rows: 12))
                buffer.fill(buffer.area, with: Cell("·"))
                let area = Rect(x: 5, y: 3, width: columns, height: rows)
                widget.place(in: area, on: &buffer)
                for y in 0..<12 {
                    for x in 0..<40 where !(x >= 5 && x < area.right && y >= 3 && y < area.bottom) {
                        #expect(buffer[x, y].character == "·", "\(type(of: widget)) \(columns)x\(rows) at \(x),\(y)")
                    }
                }
            }
        }
    }

    @Test("Every widget that says something says it without boxes", arguments: all.indices)
    func plainLines(_ index: Int) {
        let lines = Self.all[index].plainLines
        #expect(lines.joined().allSatisfy { !"─│┌┐└┘█░▸".contains($0) })
    }

    @Test("A table scrolls to the chosen row and marks what is hidden")
    func scrolling() {
        let table = Table(
            columns: [.init("", .share(1))], rows: (1...9).map { .init(["rij \($0)"]) }, selected: 5)
        #expect(rows(table, 8, 3) == ["rij 5  ↑", "rij 6", "rij 7  ↓"])
        #expect(table.plainLines[5] == "> rij 6")
    }

    @Test("Progress is never more than all nor less than none")
    func progress() {
        #expect(ProgressBar(done: -5, total: 10, label: "").percent == 0)
        #expect(ProgressBar(done: 50, total: 10, label: "").percent == 100)
        #expect(ProgressBar(done: .max, total: .max, label: "").percent == 100)
        #expect(ProgressBar(done: 0, total: 0, label: "").percent == 100)
        #expect(
            rows(ProgressBar(done: 1, total: 2, label: "Weg", detail: "nog 3 s"), 15, 3) == [
                "Weg", "█████░░░░░  50%", "nog 3 s",
            ])
    }

    @Test("A key that does nothing now is shown, and not said")
    func hints() {
        let bar = KeyHintBar([.init("Enter", "Lezen"), .init("F9", "Zegel", isEnabled: false)], notice: "Eerst lezen")
        #expect(rows(bar, 40, 2) == [" Eerst lezen", " Enter Lezen  F9 Zegel"])
        #expect(bar.plainLines == ["Eerst lezen", "Enter Lezen"])
    }

    @Test("A box over the screen is what a reader hears first")
    func screenLines() {
        let screen = Screen(
            title: TitleBar(title: "Titel"), body: TextBlock("inhoud"), keys: KeyHintBar([]),
            box: MessageBox(title: "Fout", paragraphs: [.init("Wat", "los")], hint: "Enter"))
        #expect(screen.plainLines == ["Titel", "Fout", "Wat: los", "Enter"])
    }
}
