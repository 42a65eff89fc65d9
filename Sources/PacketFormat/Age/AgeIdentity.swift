import Crypto
import FoundationEssentials

/// A private key that opens age files. Central has one; a kit never does.
package struct AgeIdentity: Sendable, AgeFileKeyUnwrapping, CustomStringConvertible {
    private enum Key: Sendable {
        case hybrid(XWingMLKEM768X25519.PrivateKey)
        case x25519(Curve25519.KeyAgreement.PrivateKey)
    }

    private let key: Key
    package let recipient: AgeRecipient

    /// Makes a new key from the system's generator.
    package static func generate(_ kind: AgeRecipient.Kind = .hybrid) throws(AgeError) -> AgeIdentity {
        try AgeIdentity(kind: kind, secret: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    /// - Parameter secret: 32 bytes: the X-Wing seed, or the X25519 scalar.
    /// - Throws: `AgeError` with `.key`.
    package init(kind: AgeRecipient.Kind, secret: [UInt8]) throws(AgeError) {
        guard secret.count == 32 else { throw AgeError(.key, "wrong size of an identity") }
        do {
            switch kind {
            case .hybrid:
                let key = try XWingMLKEM768X25519.PrivateKey(seedRepresentation: secret, publicKey: nil)
                recipient = try AgeRecipient(kind: kind, publicKey: Array(key.publicKey.rawRepresentation))
                self.key = .hybrid(key)
            case .x25519:
                let key = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret)
                recipient = try AgeRecipient(kind: kind, publicKey: Array(key.publicKey.rawRepresentation))
                self.key = .x25519(key)
            }
        } catch {
            throw AgeError(.key, "not an identity")
        }
    }

    /// Reads `AGE-SECRET-KEY-PQ-1…` or `AGE-SECRET-KEY-1…`; upper case only, as every tool writes it.
    package init(_ text: String) throws(AgeError) {
        let decoded = try Bech32.decode(text)
        guard decoded.isUppercase,
            let kind = AgeRecipient.Kind.allCases.first(where: { Self.prefix($0) == decoded.prefix })
        else { throw AgeError(.key, "not an identity that this program knows") }
        try self.init(kind: kind, secret: decoded.bytes)
    }

    /// The secret itself, in upper-case Bech32: only for the key file.
    package var secretText: String { Bech32.encode(prefix: Self.prefix(recipient.kind), secret).uppercased() }

    /// The secret as other age tools take it for a plugin, `AGE-PLUGIN-PQ-1…`; nil for X25519, which they know.
    package var pluginText: String? {
        recipient.kind == .hybrid ? Bech32.encode(prefix: Self.pluginPrefix, secret).uppercased() : nil
    }

    /// Reads `AGE-PLUGIN-PQ-1…`, the same seed under another name.
    package init(pluginText: String) throws(AgeError) {
        let decoded = try Bech32.decode(pluginText)
        guard decoded.isUppercase, decoded.prefix == Self.pluginPrefix else {
            throw AgeError(.key, "not an identity of the plugin pq")
        }
        try self.init(kind: .hybrid, secret: decoded.bytes)
    }

    /// Names the key without giving it away.
    package var description: String { "AgeIdentity(\(recipient.kind.rawValue) \(recipient.keyID))" }

    package func unwrap(_ stanza: AgeStanza) throws(AgeError) -> AgeFileKey? {
        guard stanza.type == recipient.kind.rawValue else { return nil }
        switch key {
        case .hybrid(let key): return try HybridStanza.unwrap(stanza, with: key)
        case .x25519(let key): return try X25519Stanza.unwrap(stanza, with: key)
        }
    }

    private var secret: [UInt8] {
        switch key {
        case .hybrid(let key): Array(key.seedRepresentation)
        case .x25519(let key): Array(key.rawRepresentation)
        }
    }

    private static let pluginPrefix = "age-plugin-pq-"

    private static func prefix(_ kind: AgeRecipient.Kind) -> String {
        switch kind {
        case .hybrid: "age-secret-key-pq-"
        case .x25519: "age-secret-key-"
        }
    }
}
