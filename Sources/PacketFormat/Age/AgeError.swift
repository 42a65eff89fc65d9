/// Why an age file, or the text of a key, was refused.
///
/// The classes are those of the C2SP test kit, so that each of its vectors has one answer.
package struct AgeError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Failure: String, CaseIterable, Sendable {
        /// The header is not well-formed, or a stanza of a type that we open is not.
        case header
        /// A key was found, and it says that the header was changed.
        case headerMAC
        /// Not one stanza opens with the identities given.
        case noMatch
        /// What follows the header was changed, cut or added to.
        case payload
        /// The ASCII armour around the file is not well-formed.
        case armor
        /// The text or bytes of a recipient or identity are not a key.
        case key
        /// A passphrase asks for more memory than this machine has to give; the file may be right.
        case memory
    }

    package let failure: Failure
    /// For a technician; holds no byte of a key or of the content.
    package let reason: String

    package init(_ failure: Failure, _ reason: String) {
        self.failure = failure
        self.reason = reason
    }

    package var description: String { "age.\(failure.rawValue): \(reason)" }
}
