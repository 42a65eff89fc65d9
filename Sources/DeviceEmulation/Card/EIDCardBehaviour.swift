/// Where cards and readers in the field differ in how they answer.
package struct EIDCardBehaviour: Hashable, Sendable {
    /// What READ BINARY says when asked for more than is left.
    package enum ShortRead: String, Hashable, Sendable, CaseIterable {
        /// `6Cxx` with the exact rest: the card itself over T=0.
        case exactLength
        /// What is left: a reader that has followed `6Cxx` by itself.
        case whatIsLeft
    }

    package var shortRead = ShortRead.exactLength
    /// Whether SELECT takes a path in one piece.
    package var selectsByPath = true
    /// Whether the citizen has had the card activated; files are refused before.
    package var isActivated = true
    /// Four to twelve digits.
    package var pin = "1234"

    package init() {}
}
