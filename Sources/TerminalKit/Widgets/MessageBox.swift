/// A box in the middle over everything else, in headed paragraphs.
package struct MessageBox: Widget {
    /// A text with a heading, which may be empty.
    package struct Paragraph: Sendable {
        package let heading: String
        package let text: String

        package init(_ heading: String, _ text: String) {
            self.heading = heading
            self.text = text
        }
    }

    package let title: String
    package let paragraphs: [Paragraph]
    /// The last line: which keys there are.
    package let hint: String
    package let role: ColourRole

    package init(title: String, paragraphs: [Paragraph], hint: String, role: ColourRole = .failure) {
        self.title = title
        self.paragraphs = paragraphs
        self.hint = hint
        self.role = role
    }

    package func rows(width: Int) -> Int? { nil }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let parts = paragraphs.map { paragraph -> any Widget in
            let text = TextBlock(paragraph.text)
            return paragraph.heading.isEmpty ? text : Stack([TextBlock(paragraph.heading, style: .bold), text])
        }
        // Without the empty rows between when the window is low: words come before room.
        let width = min(70, area.width - 4) - 4
        let isTight = (Stack(parts, gap: 1).rows(width: width) ?? 0) + 4 > area.height
        BoxFrame(title: title, hint: hint, content: Stack(parts, gap: isTight ? 0 : 1), role: role)
            .draw(in: area, on: &buffer)
    }

    package var plainLines: [String] {
        [title] + paragraphs.map { $0.heading.isEmpty ? $0.text : "\($0.heading): \($0.text)" }
            + (hint.isEmpty ? [] : [hint])
    }
}
