package import EnrolmentCore

/// Signs lists with the key of central that signs receipts.
package struct ListSigner: Sendable {
    private let key: ReceiptSigningKey

    package init(key: ReceiptSigningKey) { self.key = key }

    /// - Throws: `StatementError.signingFailed`; `.tooLarge`; `.unreadable` when the version is below 1.
    package func sign(_ roster: OfficerRoster) throws(StatementError) -> SignedList {
        try sign(CompactSignature.encode(roster), as: .roster)
    }

    /// Signs a list of roots as it stands, byte for byte.
    ///
    /// - Parameter list: a JSON object with a `version` from 1; nothing else of it is looked at.
    /// - Throws: `StatementError.signingFailed`, `.tooLarge`, `.unreadable`.
    package func sign(cardRoots list: [UInt8]) throws(StatementError) -> SignedList {
        try sign(list, as: .cardRoots)
    }

    private func sign(_ payload: [UInt8], as kind: SignedListKind) throws(StatementError) -> SignedList {
        let compact = try CompactSignature.sign(payload, type: kind.type, with: key)
        guard compact.utf8.count <= SignedList.largestByteCount else { throw .tooLarge }
        return try SignedList(kind: kind, payload: payload, compact: compact)
    }
}

/// Decides whether a kit takes a list from central, or back from its own disk.
package struct ListVerifier: Sendable {
    private let kit: KitID
    private let keys: [VerifyingKey]

    /// - Parameters:
    ///   - kit: the kit that the roster must be for.
    ///   - keys: central's pinned keys, as for receipts; more than one while its key is being replaced.
    package init(kit: KitID, keys: [VerifyingKey]) {
        self.kit = kit
        self.keys = keys
    }

    /// Checks, in this order: form and kind, key, signature, content, kit, version.
    ///
    /// - Parameter held: the version that would be replaced; nil when there is none, or when a stored list
    ///   is only read back. The same version is no error.
    /// - Throws: `StatementError`.
    package func verify(
        _ compact: String, as kind: SignedListKind, replacing held: Int? = nil
    ) throws(StatementError) -> SignedList {
        let (payload, _) = try CompactSignature.verify(
            compact, type: kind.type, keys: keys, limit: SignedList.largestByteCount)
        let list = try SignedList(kind: kind, payload: payload, compact: compact)
        if let roster = list.roster, roster.kit != kit { throw .otherKit }
        if let held, list.version < held { throw .olderVersion(held: held, found: list.version) }
        return list
    }
}
