/// What is asked of a person on a line of the terminal, before there are screens or by a verb that has none.
package enum OpeningText: String, CaseIterable, Sendable {
    case passphrase
    case cardOrPassphrase
    case newPassphrase
    case again
    case insertCard
    /// `{0}` tries are left.
    case pin
    case pinOfUnknownTries
    /// Before the question is asked once more.
    case wrongPIN
    case pinOnReader
    /// `{0}` is a staff number.
    case officerPassphrase
    case newOfficerPassphrase
    /// `{0}` is a staff number, and `{1}` tries are left.
    case officerPIN
    case officerPINOfUnknownTries
}

extension Catalogue {
    /// A question or a line of the terminal, without what separates it from the answer.
    package func line(_ text: OpeningText, _ values: String...) -> String { fill(self[.opening(text)], values) }
}
