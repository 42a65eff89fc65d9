package import EnrolmentCore

/// Signs manifests with the key of the kit.
package struct ManifestSigner: Sendable {
    static let type = "loket-manifest+jws"

    private let key: KitSigningKey

    package init(key: KitSigningKey) { self.key = key }

    /// - Throws: `StatementError.signingFailed`.
    package func sign(_ manifest: Manifest) throws(StatementError) -> SignedManifest {
        let compact = try CompactSignature.sign(CompactSignature.encode(manifest), type: Self.type, with: key)
        return SignedManifest(manifest: manifest, compact: compact)
    }
}

/// Checks manifests against the keys of the kits that are known.
package struct ManifestVerifier: Sendable {
    private let owners: [VerifyingKey: KitID]

    /// - Parameter keys: by kit; a kit has more than one while its key is being replaced.
    package init(keys: [KitID: [VerifyingKey]]) {
        var owners: [VerifyingKey: KitID] = [:]
        for (kit, keys) in keys {
            for key in keys { owners[key] = kit }
        }
        self.owners = owners
    }

    /// - Throws: `StatementError`, in the order header, key, signature, content, kit.
    package func verify(_ compact: String) throws(StatementError) -> SignedManifest {
        let (payload, key) = try CompactSignature.verify(compact, type: ManifestSigner.type, keys: owners.keys)
        let manifest = try CompactSignature.decode(Manifest.self, payload)
        guard manifest.isWellFormed else { throw .unreadable }
        guard owners[key] == manifest.kit else { throw .otherKit }
        return SignedManifest(manifest: manifest, compact: compact)
    }
}

extension SignedManifest {
    /// What the next manifest of the kit names: lower-case hex SHA-256 of `compact`.
    package var digest: String { Self.digest(of: compact) }

    /// The same of any compact form.
    package static func digest(of compact: String) -> String { CompactSignature.digest(compact) }
}

extension Manifest {
    /// What a signed manifest claims, and the key that it names; nothing of it has been checked.
    package static func claimed(by compact: String) -> (manifest: Manifest, keyID: String)? {
        CompactSignature.unverifiedManifest(compact)
    }
}
