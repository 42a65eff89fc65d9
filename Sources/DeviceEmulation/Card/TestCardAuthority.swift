import Crypto
import CryptoExtras
import Foundation
import X509

/// A public-key infrastructure for synthetic cards: root, National Register signer, and authorities
/// for citizens and foreigners. Every name in it says TEST.
///
/// Keys are made once for each authority: RSA keys take seconds in a debug build.
package struct TestCardAuthority: Sendable {
    package enum Algorithm: String, Hashable, Sendable, CaseIterable {
        /// RSA-2048 with SHA-256, as behind cards of applet 1.7.
        case rsa
        /// P-384 with SHA-384, as behind cards of applet 1.8.
        case ellipticCurve
    }

    package let algorithm: Algorithm
    /// DER.
    package let rootCertificate: [UInt8]
    package let registryCertificate: [UInt8]
    package let citizenAuthorityCertificate: [UInt8]
    package let foreignerAuthorityCertificate: [UInt8]
    private let registryKey: TestCardKey
    private let authorityKey: TestCardKey
    /// One key for all holders: only its certificate is ever looked at.
    private let holderKey: TestCardKey

    package init(_ algorithm: Algorithm) throws {
        self.algorithm = algorithm
        let rootKey = try TestCardKey(algorithm)
        let root = TestCardName("TEST Root CA (Draagbaar Loket)")
        registryKey = try TestCardKey(algorithm)
        authorityKey = try TestCardKey(algorithm)
        holderKey = try TestCardKey(algorithm)
        rootCertificate = try rootKey.certify(rootKey, as: root, by: root, isAuthority: true)
        registryCertificate = try rootKey.certify(
            registryKey, as: TestCardName("RRN TEST", organisation: "RRN TEST"), by: root, isAuthority: false)
        citizenAuthorityCertificate = try rootKey.certify(
            authorityKey, as: Self.citizenAuthority, by: root, isAuthority: true)
        foreignerAuthorityCertificate = try rootKey.certify(
            authorityKey, as: Self.foreignerAuthority, by: root, isAuthority: true)
    }

    private static let citizenAuthority = TestCardName("TEST Citizen CA (Draagbaar Loket)", serial: "202600")
    private static let foreignerAuthority = TestCardName("TEST Foreigner CA (Draagbaar Loket)", serial: "202600")

    /// Signs as the National Register does: PKCS#1 v1.5 or DER.
    func registrySignature(over bytes: [UInt8]) throws -> [UInt8] {
        try registryKey.signature(over: bytes)
    }

    /// A certificate of the holder, for authentication or for signing.
    func holderCertificate(of persona: CardPersona, purpose: String, isForeigner: Bool) throws -> [UInt8] {
        try authorityKey.certify(
            holderKey,
            as: TestCardName(
                "\(persona.givenNames) \(persona.surname) TEST (\(purpose))", serial: persona.nationalNumber,
                surname: persona.surname, givenNames: persona.givenNames),
            by: isForeigner ? Self.foreignerAuthority : Self.citizenAuthority, isAuthority: false)
    }
}
