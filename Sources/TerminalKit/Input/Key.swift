/// A key as a person names it: `a`, `enter`, `ctrl+l`, `f2`, `shift+tab`.
package struct Key: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let name: String

    package init(_ name: String) { self.name = name }
    package init(stringLiteral name: String) { self.name = name }

    /// The character that this key types, nil for a key that types none.
    package var character: Character? {
        if name == "space" { return " " }
        return name.count == 1 ? name.first : nil
    }

    /// Log-safe: a key that types is not told, since what is typed may be a person's.
    package var description: String { character == nil ? name : "character" }
}
