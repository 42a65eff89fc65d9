/// One whole screen: bars at the top and the bottom, a body, and perhaps a box over it.
package struct Screen: Sendable {
    package var title: TitleBar
    /// A line under the title that must not be overlooked.
    package var banner: Banner?
    package var body: any Widget
    package var keys: KeyHintBar
    package var box: (any Widget)?

    package init(
        title: TitleBar, banner: Banner? = nil, body: any Widget, keys: KeyHintBar, box: (any Widget)? = nil
    ) {
        self.title = title
        self.banner = banner
        self.body = body
        self.keys = keys
        self.box = box
    }

    /// Draws everything, the box last.
    package func draw(into buffer: inout CellBuffer) {
        let (top, below) = buffer.area.cut(top: 1)
        title.place(in: top, on: &buffer)
        var rest = below
        if let banner {
            let (row, left) = below.cut(top: 1)
            banner.place(in: row, on: &buffer)
            rest = left
        }
        let (bottom, middle) = rest.cut(bottom: 2)
        keys.place(in: bottom, on: &buffer)
        body.place(in: middle.inset(columns: 1), on: &buffer)
        box?.place(in: middle, on: &buffer)
    }

    /// What is to be heard: a box instead of what it covers.
    package var plainLines: [String] {
        title.plainLines + (banner?.plainLines ?? [])
            + (box.map { $0.plainLines } ?? body.plainLines + keys.plainLines)
    }
}
