import Foundation

/// What a key is for in a test infrastructure.
package enum TestCardRole: String, Hashable, Sendable, CaseIterable {
    case root
    /// A root that nobody trusts.
    case otherRoot
    /// Of citizens' and foreigners' authorities alike.
    case authority
    /// Of the National Register.
    case registry
    /// The holder's own two, the same on every test card of a kind.
    case authentication, signature
}

/// The keys of one test infrastructure, in the clear on purpose: they are worth nothing, every
/// certificate of theirs says TEST, and as they stay the same a test root can be put on a list.
struct TestCardKeys: Sendable {
    /// Base64 of the root's DER, made once: signing with an elliptic curve gives another one each time.
    let rootCertificate: String
    let keys: [TestCardRole: String]

    struct Missing: Error { let role: TestCardRole }

    func key(_ role: TestCardRole) throws -> TestCardKey {
        guard let text = keys[role], let der = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
            throw Missing(role: role)
        }
        return try TestCardKey(der: [UInt8](der))
    }

    func root() throws -> [UInt8] {
        guard let der = Data(base64Encoded: rootCertificate, options: .ignoreUnknownCharacters) else {
            throw Missing(role: .root)
        }
        return [UInt8](der)
    }
}
