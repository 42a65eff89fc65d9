import Crypto
import FoundationEssentials

/// A public key that an age file is encrypted to.
package struct AgeRecipient: Hashable, Sendable, AgeFileKeyWrapping, CustomStringConvertible {
    /// Which stanza it makes.
    package enum Kind: String, CaseIterable, Sendable {
        /// ML-KEM-768 with X25519: what packets use.
        case hybrid = "mlkem768x25519"
        /// X25519 alone, for exchange with older tools.
        case x25519 = "X25519"

        var prefix: String {
            switch self {
            case .hybrid: "age1pq"
            case .x25519: "age"
            }
        }
    }

    package let kind: Kind
    /// 1,216 bytes when hybrid, 32 for X25519.
    package let publicKey: [UInt8]

    /// Checks the key by wrapping once, since a hybrid key of the right size may still be none.
    ///
    /// - Throws: `AgeError` with `.key`.
    package init(kind: Kind, publicKey: [UInt8]) throws(AgeError) {
        self.kind = kind
        self.publicKey = publicKey
        guard publicKey.count == (kind == .hybrid ? 1216 : 32) else {
            throw AgeError(.key, "wrong size of a recipient")
        }
        _ = try wrap(AgeFileKey())
    }

    /// Reads `age1pq1…` or `age1…`.
    package init(_ text: String) throws(AgeError) {
        let decoded = try Bech32.decode(text)
        guard let kind = Kind.allCases.first(where: { $0.prefix == decoded.prefix }) else {
            throw AgeError(.key, "not a recipient that this program knows")
        }
        try self.init(kind: kind, publicKey: decoded.bytes)
    }

    /// The lower-case Bech32 form: 1,959 characters when hybrid, 62 for X25519.
    package var text: String { Bech32.encode(prefix: kind.prefix, publicKey) }

    /// Names the key in a manifest and on paper: the first 16 hex digits of the SHA-256 of `text`.
    package var keyID: String { String(hexadecimal(SHA256.hash(data: Array(text.utf8))).prefix(16)) }

    package var isPostQuantum: Bool { kind == .hybrid }

    package var description: String { "AgeRecipient(\(kind.rawValue) \(keyID))" }

    package func wrap(_ fileKey: AgeFileKey) throws(AgeError) -> AgeStanza {
        switch kind {
        case .hybrid: try HybridStanza.wrap(fileKey, for: publicKey)
        case .x25519: try X25519Stanza.wrap(fileKey, for: publicKey)
        }
    }
}
