import TerminalKit

/// Addresses with the people below them; it scrolls so that the chosen person is seen.
struct VisitList: Widget {
    enum Row: Sendable {
        case heading(String, detail: String)
        case person(name: String, born: String, kind: String, state: (text: String, style: Style), isSelected: Bool)

        var isSelected: Bool {
            if case .person(_, _, _, _, true) = self { true } else { false }
        }
    }

    let rows: [Row]
    let empty: String

    func rows(width: Int) -> Int? { nil }

    func draw(in area: Rect, on buffer: inout CellBuffer) {
        if rows.isEmpty, !area.isEmpty {
            TextBlock(empty, style: .muted).place(in: area, on: &buffer)
        }
        let selected = rows.firstIndex(where: \.isSelected) ?? 0
        let first = max(0, min(selected - area.height / 2, rows.count - area.height))
        for (offset, row) in rows.dropFirst(first).prefix(area.height).enumerated() {
            draw(row, in: Rect(x: area.x, y: area.y + offset, width: area.width, height: 1), on: &buffer)
        }
        guard area.width > 0 else { return }
        if first > 0 { buffer.put(Cell("↑", .muted), x: area.right - 1, y: area.y) }
        if first + area.height < rows.count {
            buffer.put(Cell("↓", .muted), x: area.right - 1, y: area.bottom - 1)
        }
    }

    private func draw(_ row: Row, in line: Rect, on buffer: inout CellBuffer) {
        switch row {
        case .heading(let address, let detail):
            let shown = detail.clipped(to: max(line.width / 3, line.width - address.columns - 1))
            let left = line.width - shown.columns - 1
            buffer.write(address.clipped(to: left), x: line.x, y: line.y, limit: max(0, left), style: .bold)
            buffer.write(shown, x: line.right - shown.columns, y: line.y, style: .muted)
        case .person(let name, let born, let kind, let state, let isSelected):
            let style = isSelected ? Style(.selection, .bold) : Style.plain
            if isSelected { buffer.fill(line, with: Cell(" ", style)) }
            buffer.write(isSelected ? "▸" : " ", x: line.x, y: line.y, style: style)
            let wide = line.width >= 70
            let parts = line.inset(columns: 2).columns(
                [.share(1), .fixed(wide ? 10 : 0), .fixed(wide ? 20 : 0), .fixed(12)], gap: wide ? 1 : 0)
            // Without gaps, so that hidden columns take no room; the name then leaves one itself.
            let shown = wide ? name : name.clipped(to: max(0, parts[0].width - 1))
            for (text, part) in zip([shown, born, kind, state.text], parts) {
                let isState = part == parts[3]
                buffer.write(
                    text.clipped(to: part.width), x: part.x, y: part.y, limit: part.width,
                    style: isState && !isSelected ? state.style : style)
            }
        }
    }

    var plainLines: [String] {
        if rows.isEmpty { return [empty] }
        return rows.map { row in
            switch row {
            case .heading(let address, let detail): "\(address), \(detail)"
            case .person(let name, let born, let kind, let state, let isSelected):
                (isSelected ? "> " : "") + [name, born, kind, state.text].joined(separator: ", ")
            }
        }
    }
}
