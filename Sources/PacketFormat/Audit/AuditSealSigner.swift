package import EnrolmentCore

/// Signs day seals, and journals that are given away, with the key of the kit.
package struct AuditSealSigner: Sendable {
    static let type = "loket-audit-seal+jws"
    static let exportType = "loket-audit-export+jws"

    private let key: KitSigningKey

    package init(key: KitSigningKey) { self.key = key }

    /// - Throws: `StatementError.signingFailed`.
    package func sign(_ seal: AuditSeal) throws(StatementError) -> SignedAuditSeal {
        let compact = try CompactSignature.sign(CompactSignature.encode(seal), type: Self.type, with: key)
        return SignedAuditSeal(seal: seal, compact: compact, keyID: key.keyID)
    }

    /// What the next seal names: lower-case hex SHA-256 of the compact JWS.
    package static func digest(of compact: String) -> String { CompactSignature.digest(compact) }

    /// Gives the compact JWS.
    ///
    /// - Throws: `StatementError.signingFailed`.
    package func sign(_ export: AuditExportSeal) throws(StatementError) -> String {
        try CompactSignature.sign(CompactSignature.encode(export), type: Self.exportType, with: key)
    }
}

extension SignedAuditSeal {
    /// One that was verified before and kept since; its signature is not looked at again.
    ///
    /// - Parameter keyID: of the key that it was verified by.
    /// - Returns: Nil when it is no seal.
    package init?(kept compact: String, by keyID: String) {
        let parts = compact.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard compact.utf8.count <= Self.largestByteCount, parts.count == 3,
            let payload = Base64.url.decode(parts[1]),
            let seal = try? CompactSignature.decode(AuditSeal.self, payload)
        else { return nil }
        self.init(seal: seal, compact: compact, keyID: keyID)
    }
}

/// Checks what a kit stated about its journal against the keys that it is known by.
package struct AuditSealVerifier: Sendable {
    private let kit: KitID
    private let keys: [VerifyingKey]

    /// - Parameter keys: the kit's; it has more than one while its key is being replaced.
    package init(kit: KitID, keys: [VerifyingKey]) {
        self.kit = kit
        self.keys = keys
    }

    /// - Throws: `StatementError`, in the order header, key, signature, content, kit.
    package func verify(_ compact: String) throws(StatementError) -> SignedAuditSeal {
        let (payload, key) = try CompactSignature.verify(compact, type: AuditSealSigner.type, keys: keys)
        let seal = try CompactSignature.decode(AuditSeal.self, payload)
        guard seal.version == 1 else { throw .unreadable }
        guard seal.kit == kit else { throw .otherKit }
        return SignedAuditSeal(seal: seal, compact: compact, keyID: key.keyID)
    }

    /// - Throws: `StatementError`, in the same order.
    package func verify(export compact: String) throws(StatementError) -> AuditExportSeal {
        let (payload, _) = try CompactSignature.verify(compact, type: AuditSealSigner.exportType, keys: keys)
        let seal = try CompactSignature.decode(AuditExportSeal.self, payload)
        guard seal.version == 1 else { throw .unreadable }
        guard seal.kit == kit else { throw .otherKit }
        return seal
    }
}
