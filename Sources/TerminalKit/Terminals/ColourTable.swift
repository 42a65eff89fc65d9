import CNcurses

/// Which colours and attributes of a terminal a style becomes.
struct ColourTable: Sendable {
    let depth: PictureStyle.ColourDepth

    struct Paint: Hashable, Sendable {
        /// -1 is the terminal's own colour.
        var foreground: Int32 = -1
        var background: Int32 = -1
        var attributes: UInt32 = 0
    }

    func paint(_ style: Style) -> Paint {
        var paint = Paint()
        switch style.colour {
        case .role(let role): paint = self.paint(role)
        case .pixels(let foreground, let background):
            paint.foreground = number(foreground)
            paint.background = number(background)
        }
        if style.attributes.contains(.bold) { paint.attributes |= UInt32(CNCURSES_BOLD) }
        if style.attributes.contains(.underlined) { paint.attributes |= UInt32(CNCURSES_UNDERLINED) }
        if style.attributes.contains(.reversed) { paint.attributes |= UInt32(CNCURSES_REVERSED) }
        if style.attributes.contains(.dim) { paint.attributes |= UInt32(CNCURSES_DIM) }
        return paint
    }

    private func number(_ colour: PixelColour) -> Int32 {
        guard case .palette(let number) = colour, Int(number) < depth.rawValue else { return -1 }
        return Int32(number)
    }

    private func paint(_ role: ColourRole) -> Paint {
        switch depth {
        case .none: withoutColours(role)
        case .eight, .sixteen: eightColours(role)
        case .palette: manyColours(role)
        }
    }

    /// Pairs with a contrast of at least 4.5 to 1 on xterm's palette; text on the terminal's own
    /// background keeps to colours that can be read on black and on white.
    private func manyColours(_ role: ColourRole) -> Paint {
        switch role {
        case .text: Paint()
        case .muted, .disabled: Paint(foreground: 244)
        case .accent, .key: Paint(foreground: 32)
        case .good: Paint(foreground: 34)
        case .warning: Paint(foreground: 16, background: 220)
        case .danger: Paint(foreground: 196)
        case .title: Paint(foreground: 231, background: 24)
        case .selection: Paint(foreground: 231, background: 25)
        case .alarm: Paint(foreground: 16, background: 214)
        case .failure: Paint(foreground: 196)
        }
    }

    private func eightColours(_ role: ColourRole) -> Paint {
        let dim = UInt32(CNCURSES_DIM)
        return switch role {
        case .text: Paint()
        case .muted, .disabled: Paint(attributes: dim)
        case .accent, .key: Paint(foreground: 6)
        case .good: Paint(foreground: 2)
        case .warning, .alarm: Paint(foreground: 0, background: 3)
        case .danger, .failure: Paint(foreground: 1)
        case .title, .selection: Paint(foreground: 7, background: 4)
        }
    }

    private func withoutColours(_ role: ColourRole) -> Paint {
        switch role {
        case .text, .accent, .good, .key: Paint()
        case .muted, .disabled: Paint(attributes: UInt32(CNCURSES_DIM))
        case .title, .selection, .warning, .alarm: Paint(attributes: UInt32(CNCURSES_REVERSED))
        case .danger, .failure: Paint(attributes: UInt32(CNCURSES_BOLD))
        }
    }
}
