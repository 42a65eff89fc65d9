import CNcurses

/// A character as a terminal can show it, with the columns that it takes.
struct ShownCharacter: Hashable, Sendable {
    let character: Character
    /// 1 or 2.
    let width: Int

    static let replacement = ShownCharacter(character: "\u{FFFD}", width: 1)

    private init(character: Character, width: Int) {
        self.character = character
        self.width = width
    }

    /// Nil for what has no place on a screen by itself: a lone combining mark, a direction override.
    ///
    /// Only the base and the marks of no width are kept. Terminals disagree about joined sequences,
    /// and one that counts other columns than we do tears the whole row.
    init?(_ character: Character) {
        if let ascii = character.asciiValue, (0x20..<0x7F).contains(ascii) {
            self.init(character: character, width: 1)
            return
        }
        var kept = String.UnicodeScalarView()
        var width = 0
        for scalar in character.unicodeScalars {
            let columns = Self.columns(of: scalar)
            if kept.isEmpty {
                if columns < 0 {
                    self = .replacement
                    return
                }
                if columns == 0 { continue }
                kept.append(scalar)
                width = Int(columns)
            } else if columns == 0, kept.count < 5, !Self.isInvisibleControl(scalar) {
                kept.append(scalar)
            }
        }
        guard let first = String(kept).first else { return nil }
        self.init(character: first, width: width)
    }

    /// The characters of a text, fit to be shown.
    static func characters(of text: String) -> [ShownCharacter] {
        text.compactMap { ShownCharacter($0) }
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int32 {
        if isInvisibleControl(scalar) { return 0 }
        return cncurses_column_width(scalar.value)
    }

    /// Marks that reorder or join what surrounds them.
    private static func isInvisibleControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF,
            0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}

extension String {
    /// The columns that this text takes on a terminal.
    package var columns: Int { ShownCharacter.characters(of: self).reduce(0) { $0 + $1.width } }

    /// This text in at most `limit` columns; what was longer ends in `…`.
    package func clipped(to limit: Int) -> String {
        guard columns > limit else { return self }
        guard limit > 0 else { return "" }
        var left = limit - 1
        var kept = ""
        for shown in ShownCharacter.characters(of: self) {
            guard shown.width <= left else { break }
            left -= shown.width
            kept.append(shown.character)
        }
        return kept + "…"
    }

    /// This text broken at spaces into lines of at most `limit` columns; a word that is longer is
    /// broken within. Line feeds stay.
    package func wrapped(to limit: Int) -> [String] {
        guard limit > 0 else { return [] }
        return split(separator: "\n", omittingEmptySubsequences: false).flatMap { Self.wrap(String($0), limit) }
    }

    private static func wrap(_ paragraph: String, _ limit: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in paragraph.split(separator: " ") {
            var word = String(word)
            if !line.isEmpty, line.columns + 1 + word.columns <= limit {
                line += " " + word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            while word.columns > limit {
                let head = word.prefix(columns: limit)
                lines.append(head)
                word = String(word.dropFirst(head.isEmpty ? 1 : head.count))
            }
            line = word
        }
        return lines + [line]
    }

    private func prefix(columns limit: Int) -> String {
        var left = limit
        return String(
            prefix { character in
                left -= ShownCharacter(character)?.width ?? 0
                return left >= 0
            })
    }
}
