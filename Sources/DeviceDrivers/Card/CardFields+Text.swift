import EnrolmentCore

extension CardFields {
    /// A field as text without the spaces and zero bytes that fill it up; empty when the field is absent.
    ///
    /// What is not UTF-8, and characters that a terminal would obey, which a forged card could use, become
    /// U+FFFD. Nothing is normalised, and the file itself is kept as it came.
    func text(_ tag: UInt8) -> String {
        guard let value = values[tag] else { return "" }
        var scalars = String(decoding: value, as: UTF8.self).unicodeScalars[...]
        while let last = scalars.last, last == " " || last == "\0" { scalars.removeLast() }
        scalars = scalars.drop { $0 == " " }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars.lazy.map { $0.isObeyedByTerminals ? "\u{FFFD}" : $0 })
        return String(text)
    }

    /// What a screen is told about the characters of a text field.
    func textWarnings(_ tag: UInt8, of file: CardFile) -> [CardFieldWarning] {
        guard let value = values[tag] else { return [] }
        guard let text = String(validating: value, as: UTF8.self) else {
            return [CardFieldWarning(file, tag, .notText)]
        }
        let filled = text.unicodeScalars.reversed().drop { $0 == " " || $0 == "\0" }
        return filled.contains(where: \.isObeyedByTerminals) ? [CardFieldWarning(file, tag, .controlCharacters)] : []
    }
}
