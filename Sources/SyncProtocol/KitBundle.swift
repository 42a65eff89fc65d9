package import EnrolmentCore

/// Everything that makes a laptop one particular kit: handed over once, at provisioning.
///
/// It holds the kit's private keys, and in the roster its officers' national numbers. It is written with mode 0600, carried by hand, and shows none of
/// its secrets when printed.
package struct KitBundle: Hashable, Sendable, Codable {
    /// Of this structure; 1.
    package let version: Int
    package let kit: KitID
    package let isTraining: Bool
    /// For example `https://central.example:8443`.
    package let centralURL: String
    /// The name that central's receipts bear.
    package let serverName: String
    /// The only authority whose server certificate the kit accepts (PEM).
    package let certificateAuthority: String
    /// Who the kit is towards central (PEM).
    package let clientCertificate: String
    /// PEM, PKCS#8.
    package let clientKey: String
    /// Signs the kit's manifests; P-256 (PEM, PKCS#8).
    package let signingKey: String
    /// Central's age recipients to seal for, one each (`age1pq1…`, `age1…`), preferred first.
    package let recipients: [String]
    /// Verifies central's receipts; P-256 (PEM, SubjectPublicKeyInfo).
    package let receiptKey: String
    /// The `kid` that receipts name.
    package let receiptKeyID: String
    /// Who may use the kit: a `SignedListKind.roster` in its compact form; nil when central has none yet.
    package var roster: String?
    /// The roots of cards: a `SignedListKind.cardRoots`; nil when central has none, and the kit's own hold.
    package var cardRoots: String?

    package init(
        kit: KitID, isTraining: Bool, centralURL: String, serverName: String, certificateAuthority: String,
        clientCertificate: String, clientKey: String, signingKey: String, recipients: [String], receiptKey: String,
        receiptKeyID: String, roster: String? = nil, cardRoots: String? = nil
    ) {
        version = 1
        self.kit = kit
        self.isTraining = isTraining
        self.centralURL = centralURL
        self.serverName = serverName
        self.certificateAuthority = certificateAuthority
        self.clientCertificate = clientCertificate
        self.clientKey = clientKey
        self.signingKey = signingKey
        self.recipients = recipients
        self.receiptKey = receiptKey
        self.receiptKeyID = receiptKeyID
        self.roster = roster
        self.cardRoots = cardRoots
    }

    package func encoded() throws -> [UInt8] { try WireJSON.encode(self) }

    /// Throws `DecodingError` for anything that is not a kit bundle of version 1.
    package init(decoding bytes: [UInt8]) throws {
        let bundle = try WireJSON.decode(KitBundle.self, from: bytes)
        guard bundle.version == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [CodingKeys.version], debugDescription: "a kit bundle of an unknown version"))
        }
        self = bundle
    }
}

extension KitBundle: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "kit bundle of \(kit) for \(serverName)" }
    package var debugDescription: String { description }
    /// Without children: a dump or a failed test must not print a key.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
