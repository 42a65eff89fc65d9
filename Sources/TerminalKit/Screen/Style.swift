/// How a cell looks.
package struct Style: Hashable, Sendable {
    package var colour: Colour
    package var attributes: Attributes

    package init(_ role: ColourRole = .text, _ attributes: Attributes = []) {
        colour = .role(role)
        self.attributes = attributes
    }

    /// A cell of a picture.
    package init(foreground: PixelColour, background: PixelColour) {
        colour = .pixels(foreground: foreground, background: background)
        attributes = []
    }

    package static let plain = Style()
    package static let bold = Style(.text, .bold)
    package static let muted = Style(.muted)

    /// What a terminal can do to a letter beside its colour.
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let bold = Attributes(rawValue: 1)
        package static let underlined = Attributes(rawValue: 2)
        package static let reversed = Attributes(rawValue: 4)
        package static let dim = Attributes(rawValue: 8)
    }

    /// In words, for golden files: `danger bold`.
    package var text: String {
        var words: [String] = []
        switch colour {
        case .role(let role): words.append(role.rawValue)
        case .pixels(let foreground, let background): words.append("pixels \(foreground.text)/\(background.text)")
        }
        if attributes.contains(.bold) { words.append("bold") }
        if attributes.contains(.underlined) { words.append("underlined") }
        if attributes.contains(.reversed) { words.append("reversed") }
        if attributes.contains(.dim) { words.append("dim") }
        return words.joined(separator: " ")
    }
}

/// The colour of a cell: by meaning for text, by palette for pictures.
package enum Colour: Hashable, Sendable {
    case role(ColourRole)
    case pixels(foreground: PixelColour, background: PixelColour)
}

/// What a colour means; the terminal decides which colour that is, and shows attributes where it
/// has no colours.
package enum ColourRole: String, CaseIterable, Sendable {
    case text, muted, accent, good, warning, danger
    /// The bar at the top.
    case title
    /// The row that is chosen.
    case selection
    /// A line that must not be overlooked.
    case alarm
    /// A box that says what went wrong.
    case failure
    /// A key that does nothing now.
    case disabled
    /// The name of a key.
    case key
}

/// A number in the terminal's palette, or the terminal's own colour.
package enum PixelColour: Hashable, Sendable {
    case terminal
    case palette(UInt8)

    package var text: String {
        switch self {
        case .terminal: "-"
        case .palette(let number): String(number)
        }
    }
}
