/// The first row: where one is at the left, what holds everywhere at the right.
package struct TitleBar: Widget {
    package let title: String
    package let status: String
    package let role: ColourRole

    package init(title: String, status: String = "", role: ColourRole = .title) {
        self.title = title
        self.status = status
        self.role = role
    }

    package func rows(width: Int) -> Int? { 1 }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let row = area.cut(top: 1).top
        let style = Style(role, .bold)
        buffer.fill(row, with: Cell(" ", style))
        let shownStatus = status.clipped(to: max(0, row.width - 2))
        let left = row.width - 2 - shownStatus.columns - (shownStatus.isEmpty ? 0 : 1)
        buffer.write(title.clipped(to: max(0, left)), x: row.x + 1, y: row.y, limit: max(0, left), style: style)
        guard row.height > 0 else { return }
        buffer.write(shownStatus, x: row.right - 1 - shownStatus.columns, y: row.y, style: Style(role))
    }

    package var plainLines: [String] { [title, status].filter { !$0.isEmpty } }
}
