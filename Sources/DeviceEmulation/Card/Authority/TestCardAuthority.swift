import Foundation

/// A public-key infrastructure for synthetic cards: root, National Register signer, and authorities
/// for citizens and foreigners. Every name in it says TEST.
///
/// Its keys are embedded, so that its root is the same in every run and can be put on a list.
package struct TestCardAuthority: Sendable {
    package enum Algorithm: String, Hashable, Sendable, CaseIterable {
        /// RSA-1024 for cards under an authority of RSA-2048, with SHA-1: applets 1.0 and 1.1.
        case rsa1024
        /// RSA-2048 with SHA-256, as behind cards of applet 1.7.
        case rsa
        /// P-384 with SHA-384, as behind cards of applet 1.8 and those signed anew since 2021.
        case ellipticCurve

        var keys: TestCardKeys {
            switch self {
            case .rsa1024: .oldRSA
            case .rsa: .rsa
            case .ellipticCurve: .ellipticCurve
            }
        }

        var hash: CardHash {
            switch self {
            case .rsa1024: .sha1
            case .rsa: .sha256
            case .ellipticCurve: .sha384
            }
        }

        var rootName: String {
            switch self {
            case .rsa1024: "TEST Root CA2 (Draagbaar Loket)"
            case .rsa: "TEST Root CA4 (Draagbaar Loket)"
            case .ellipticCurve: "TEST Root CA6 (Draagbaar Loket)"
            }
        }
    }

    /// What is particular about an infrastructure.
    package struct Shape: Hashable, Sendable {
        package var validity = TestCardValidity.long
        package var revocation: TestCardRevocation? = TestCardRevocation()
        /// The root is another one, which says that it is called so; its certificate follows.
        package var falseRootName: String?
        /// The National Register's certificate is signed by a root that is not the card's.
        package var isRegistrySignedByAnotherRoot = false
        /// The serial number in the names of citizens' and foreigners' authorities: a year and a number.
        package var series = "202600"

        package init() {}

        /// Everything was right and is over.
        package static var expired: Shape {
            var shape = Shape()
            shape.validity = .over
            return shape
        }
    }

    package let algorithm: Algorithm
    package let shape: Shape
    /// DER.
    package let rootCertificate: [UInt8]
    package let registryCertificate: [UInt8]
    package let citizenAuthorityCertificate: [UInt8]
    package let foreignerAuthorityCertificate: [UInt8]
    let keys: [TestCardRole: TestCardKey]

    package init(_ algorithm: Algorithm, shape: Shape = Shape()) throws {
        self = shape == Shape() ? try Self.usual(algorithm) : try Self(embedded: algorithm, shape)
    }

    private init(embedded algorithm: Algorithm, _ shape: Shape) throws {
        let isEmbeddedRoot = shape.falseRootName == nil && shape.validity == .long
        try self.init(
            algorithm, shape: shape, keys: Self.embeddedKeys(algorithm),
            root: isEmbeddedRoot ? try algorithm.keys.root() : nil)
    }

    // Each is made once: RSA takes its time in a debug build.
    private static let oldRSA = Result { try TestCardAuthority(embedded: .rsa1024, Shape()) }
    private static let rsa = Result { try TestCardAuthority(embedded: .rsa, Shape()) }
    private static let ellipticCurve = Result { try TestCardAuthority(embedded: .ellipticCurve, Shape()) }

    private static func usual(_ algorithm: Algorithm) throws -> TestCardAuthority {
        switch algorithm {
        case .rsa1024: try oldRSA.get()
        case .rsa: try rsa.get()
        case .ellipticCurve: try ellipticCurve.get()
        }
    }

    static func embeddedKeys(_ algorithm: Algorithm) throws -> [TestCardRole: TestCardKey] {
        try Dictionary(uniqueKeysWithValues: TestCardRole.allCases.map { ($0, try algorithm.keys.key($0)) })
    }

    /// - Parameter root: the root's certificate, when it is there already.
    init(_ algorithm: Algorithm, shape: Shape, keys: [TestCardRole: TestCardKey], root: [UInt8]?) throws {
        self.algorithm = algorithm
        self.shape = shape
        self.keys = keys
        func key(_ role: TestCardRole) throws -> TestCardKey {
            guard let key = keys[role] else { throw TestCardKeys.Missing(role: role) }
            return key
        }
        let rootKey = try key(shape.falseRootName == nil ? .root : .otherRoot)
        let rootName = TestCardName(shape.falseRootName ?? algorithm.rootName)
        func certificate(
            _ role: TestCardRole, as name: TestCardName, for use: TestCertificateUse, by signer: TestCardKey
        ) throws -> [UInt8] {
            try signer.certify(
                try key(role), as: name, by: rootName, for: use, valid: shape.validity, revocation: shape.revocation,
                hash: algorithm.hash)
        }
        rootCertificate =
            try root
            ?? rootKey.certify(
                rootKey, as: rootName, by: rootName, for: .root, valid: shape.validity, revocation: nil,
                hash: algorithm.hash)
        registryCertificate = try certificate(
            .registry, as: TestCardName("RRN TEST", organisation: "RRN TEST"), for: .registry,
            by: shape.isRegistrySignedByAnotherRoot ? key(.otherRoot) : rootKey)
        citizenAuthorityCertificate = try certificate(
            .authority, as: Self.authorityName(isForeigner: false, shape.series), for: .authority, by: rootKey)
        foreignerAuthorityCertificate = try certificate(
            .authority, as: Self.authorityName(isForeigner: true, shape.series), for: .authority, by: rootKey)
    }

    private static func authorityName(isForeigner: Bool, _ series: String) -> TestCardName {
        TestCardName("TEST \(isForeigner ? "Foreigner" : "Citizen") CA (Draagbaar Loket)", serial: series)
    }

    package func key(_ role: TestCardRole) throws -> TestCardKey {
        guard let key = keys[role] else { throw TestCardKeys.Missing(role: role) }
        return key
    }

    /// Signs as the National Register does: PKCS#1 v1.5 or DER.
    package func registrySignature(over bytes: [UInt8], _ hash: CardHash? = nil) throws -> [UInt8] {
        try key(.registry).signature(over: bytes, algorithm == .ellipticCurve ? .sha384 : hash ?? algorithm.hash)
    }

    /// A certificate over the holder's key, for authentication or for signing; DER.
    func holderCertificate(
        of persona: CardPersona, _ holderKey: TestCardKey, isForSigning: Bool, isForeigner: Bool
    ) throws -> [UInt8] {
        let purpose = isForSigning ? "Signature" : "Authentication"
        return try key(.authority).certify(
            holderKey,
            as: TestCardName(
                "\(persona.givenNames) \(persona.surname) TEST (\(purpose))", serial: persona.nationalNumber,
                surname: persona.surname, givenNames: persona.givenNames),
            by: Self.authorityName(isForeigner: isForeigner, shape.series),
            for: isForSigning ? .signature : .authentication, valid: shape.validity,
            revocation: shape.revocation, hash: algorithm.hash)
    }
}
