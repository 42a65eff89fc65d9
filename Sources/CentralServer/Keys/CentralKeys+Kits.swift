package import EnrolmentCore
package import PacketFormat
import SyncProtocol

extension CentralKeys {
    /// A kit's certificate and keys, and what central keeps of them.
    struct ProvisionedKit {
        let bundle: KitBundle
        /// SHA-256 of the client certificate (DER).
        let certificateDigest: [UInt8]
        /// PEM, SubjectPublicKeyInfo.
        let signingKey: String
    }

    /// PEM, SubjectPublicKeyInfo: what a kit verifies receipts with.
    package var receiptPublicKey: String { receiptKey.verifyingKey.pem }

    /// The `kid` of receipts.
    package var receiptKeyID: String { receiptKey.keyID }

    package var authorityCertificate: String {
        get throws { try authority.certificatePEM }
    }

    /// The recipient of each kind that kits are to seal for, preferred first.
    package var recipients: [AgeRecipient] {
        AgeRecipient.Kind.allCases.compactMap { kind in identities.first { $0.recipient.kind == kind }?.recipient }
    }

    /// The recipients that kits sealed for before; what they sealed opens all the same.
    package var earlierRecipients: [AgeRecipient] {
        let current = recipients
        return identities.map(\.recipient).filter { !current.contains($0) }
    }

    /// Whether `kit` may be a name: it stands in certificates, file names and URLs.
    package static func isValid(_ kit: KitID) -> Bool {
        (1...64).contains(kit.text.utf8.count)
            && kit.text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Issues the certificate and the signing key of one kit. It knows the kit only once it is registered.
    func provision(
        _ kit: KitID, url: String, recipients kinds: [AgeRecipient.Kind], at now: Timestamp
    ) throws -> ProvisionedKit {
        guard Self.isValid(kit) else {
            throw CentralError(
                .invalidKit, "this cannot be the name of a kit",
                hint: "Use 1 to 64 letters, digits, hyphens and underscores.")
        }
        let client = try authority.issueKit(kit, at: now)
        let signingKey = KitSigningKey()
        let bundle = KitBundle(
            kit: kit, isTraining: facts.isTraining, centralURL: url, serverName: facts.serverName,
            certificateAuthority: try authorityCertificate, clientCertificate: client.certificate,
            clientKey: client.key, signingKey: signingKey.pem + "\n",
            recipients: kinds.compactMap { kind in recipients.first { $0.kind == kind }?.text },
            receiptKey: receiptPublicKey + "\n", receiptKeyID: receiptKeyID)
        return ProvisionedKit(
            bundle: bundle, certificateDigest: client.digest, signingKey: signingKey.verifyingKey.pem)
    }
}
