/// One character position of a screen.
package struct Cell: Hashable, Sendable {
    /// What is shown: a base scalar and at most four marks that combine with it.
    package let character: Character
    package var style: Style
    /// 1, or 2 for a wide character, or 0 for the cell that a wide one to its left covers.
    package let width: Int

    /// - Parameter character: control characters and direction overrides are replaced, so that
    ///   text from a card or a file can never steer the terminal.
    package init(_ character: Character, _ style: Style = .plain) {
        let shown = ShownCharacter(character) ?? ShownCharacter.replacement
        self.init(shown, style)
    }

    init(_ shown: ShownCharacter, _ style: Style) {
        character = shown.character
        width = shown.width
        self.style = style
    }

    private init(covered style: Style) {
        character = " "
        width = 0
        self.style = style
    }

    package static let blank = Cell(" ")

    /// The right half of a wide character.
    static func covered(_ style: Style) -> Cell { Cell(covered: style) }
}
