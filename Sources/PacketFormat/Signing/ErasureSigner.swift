/// Signs the statement that a kit's keys were destroyed.
package struct ErasureSigner: Sendable {
    static let type = "loket-erasure+jws"

    private let key: KitSigningKey

    package init(key: KitSigningKey) { self.key = key }

    /// Gives the compact JWS.
    ///
    /// - Throws: `StatementError.signingFailed`.
    package func sign(_ statement: ErasureStatement) throws(StatementError) -> String {
        try CompactSignature.sign(CompactSignature.encode(statement), type: Self.type, with: key)
    }
}

/// Decides whether a statement of erasure is the kit's own.
package struct ErasureVerifier: Sendable {
    private let keys: [VerifyingKey]

    /// - Parameter keys: the kit's, as central registered it.
    package init(keys: [VerifyingKey]) { self.keys = keys }

    /// Checks form, kind, key and signature; whether it proves anything is `ErasureStatement.isProof`.
    package func verify(_ compact: String) throws(StatementError) -> ErasureStatement {
        let (payload, _) = try CompactSignature.verify(compact, type: ErasureSigner.type, keys: keys)
        let statement = try CompactSignature.decode(ErasureStatement.self, payload)
        guard statement.version == 1 else { throw .unreadable }
        return statement
    }

    /// What a statement says, for showing and for going on with an erasure that was cut short: nothing of it has
    /// been checked.
    package static func unverified(_ compact: String) -> ErasureStatement? {
        let parts = compact.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard compact.utf8.count <= CompactSignature.largestByteCount, parts.count == 3,
            let payload = Base64.url.decode(parts[1])
        else { return nil }
        return try? CompactSignature.decode(ErasureStatement.self, payload)
    }
}
