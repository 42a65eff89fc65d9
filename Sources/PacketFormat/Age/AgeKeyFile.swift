/// Key files as `age-keygen` writes them: one key a line, with comments and empty lines between.
package enum AgeKeyFile {
    /// - Throws: `AgeError` with `.key`, also for a file without a key, so that a wrong file is
    ///   never taken for an empty one.
    package static func identities(in text: String) throws(AgeError) -> [AgeIdentity] {
        var identities: [AgeIdentity] = []
        for line in try lines(of: text) { identities.append(try AgeIdentity(line)) }
        return identities
    }

    /// - Throws: as above.
    package static func recipients(in text: String) throws(AgeError) -> [AgeRecipient] {
        var recipients: [AgeRecipient] = []
        for line in try lines(of: text) { recipients.append(try AgeRecipient(line)) }
        return recipients
    }

    /// The text of a file with one identity and, as a comment, its recipient.
    package static func text(of identity: AgeIdentity) -> String {
        "# key: \(identity.recipient.keyID)\n# public key: \(identity.recipient.text)\n\(identity.secretText)\n"
    }

    private static func lines(of text: String) throws(AgeError) -> [String] {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter {
            !$0.hasPrefix("#") && !$0.isEmpty
        }
        guard !lines.isEmpty else { throw AgeError(.key, "no key in the file") }
        return lines
    }
}
