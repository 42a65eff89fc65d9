package import EnrolmentCore
import FoundationEssentials
package import PacketFormat

/// All that central must keep secret, and what says who it is: made once, in one folder, mode 0600.
///
/// The training mark is made with the keys and never changed: a training central and a real one share
/// no key, so no packet, receipt or certificate of the one can pass for one of the other.
package struct CentralKeys: Sendable, CustomStringConvertible {
    package let directory: String
    package let facts: Facts
    let authority: CertificateAuthority
    let serverCertificate: String
    let serverKey: String
    let receiptKey: ReceiptSigningKey
    /// Opens packets, newest first of each kind. Earlier ones are kept for good: a kit that was in the field when
    /// they were replaced has sealed for them, and may come back weeks later.
    package let identities: [AgeIdentity]

    /// What is not secret.
    package struct Facts: Hashable, Sendable, Codable {
        /// Of this structure; 1.
        package let version: Int
        /// The name that receipts bear.
        package let serverName: String
        /// DNS names and addresses in the server's certificate.
        package let hostNames: [String]
        package let isTraining: Bool
        package let madeAt: Timestamp
    }

    private enum File: String, CaseIterable {
        case facts = "central.json"
        case authority = "authority.pem"
        case authorityKey = "authority.key.pem"
        case server = "server.pem"
        case serverKey = "server.key.pem"
        case receiptKey = "receipt.key.pem"
        case hybridIdentity = "packet-hybrid.agekey"
        case x25519Identity = "packet-x25519.agekey"

        var isSecret: Bool {
            switch self {
            case .facts, .authority, .server: false
            case .authorityKey, .serverKey, .receiptKey, .hybridIdentity, .x25519Identity: true
            }
        }
    }

    /// Names that every server certificate holds, for a kit on the same machine.
    private static let localNames = ["localhost", "127.0.0.1", "::1"]

    package var description: String { "keys of \(facts.serverName)" }

    /// Whether the folder holds keys, whole: the facts are written last.
    package static func exist(in directory: String) -> Bool {
        PrivateFile.exists("\(directory)/\(File.facts.rawValue)")
    }

    /// Makes new keys in `directory`, which may be new.
    ///
    /// - Parameters:
    ///   - names: DNS names and addresses under which kits reach the server, beside the local ones.
    ///   - serverName: what receipts bear; the first of `names`, or `loket-central`.
    /// - Throws: `CentralError`: `keysExist`, `invalidName`, `unwritable`.
    package static func make(
        in directory: String, training: Bool, names: [String] = [], serverName: String? = nil,
        clock: some WallClock = SystemWallClock()
    ) throws -> CentralKeys {
        guard !exist(in: directory) else {
            throw CentralError(
                .keysExist, "\(directory) holds keys already",
                hint: "Use them, or choose another folder; replacing keys would orphan every kit.")
        }
        let now = clock.now()
        let hostNames = names + localNames.filter { !names.contains($0) }
        let facts = Facts(
            version: 1, serverName: serverName ?? names.first ?? "loket-central", hostNames: hostNames,
            isTraining: training, madeAt: now)
        let authority = try CertificateAuthority.make(named: facts.serverName, at: now)
        let server = try authority.issueServer(names: hostNames, at: now)
        let keys = CentralKeys(
            directory: directory, facts: facts, authority: authority, serverCertificate: server.certificate,
            serverKey: server.key, receiptKey: ReceiptSigningKey(),
            identities: [try AgeIdentity.generate(.hybrid), try AgeIdentity.generate(.x25519)])
        try keys.write()
        return keys
    }

    /// Reads the keys of a folder.
    ///
    /// - Throws: `CentralError`: `keysMissing`, `keysExposed`, `keysDamaged`, `unreadable`.
    package static func load(from directory: String) throws -> CentralKeys {
        guard exist(in: directory) else {
            throw CentralError(
                .keysMissing, "\(directory) holds no keys", hint: "Make them with: loket-central keys init --dir DIR.")
        }
        func text(_ file: File) throws -> String {
            let bytes = try PrivateFile.read("\(directory)/\(file.rawValue)", isSecret: file.isSecret)
            return String(decoding: bytes, as: UTF8.self)
        }
        func identities(_ file: File) throws -> [AgeIdentity] { try AgeKeyFile.identities(in: text(file)) }
        do {
            return CentralKeys(
                directory: directory, facts: try JSONDecoder().decode(Facts.self, from: Data(text(.facts).utf8)),
                authority: try CertificateAuthority(certificatePEM: text(.authority), keyPEM: text(.authorityKey)),
                serverCertificate: try text(.server), serverKey: try text(.serverKey),
                receiptKey: try ReceiptSigningKey(pem: text(.receiptKey)),
                identities: try identities(.hybridIdentity) + identities(.x25519Identity))
        } catch let error as CentralError {
            throw error
        } catch {
            throw CentralError(
                .keysDamaged, "a file of \(directory) is not the key that it should be",
                hint: "Restore the folder from its backup.")
        }
    }

    private func write() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let contents: [(File, String)] = [
            (.authority, try authority.certificatePEM), (.authorityKey, authority.keyPEM),
            (.server, serverCertificate), (.serverKey, serverKey),
            (.receiptKey, receiptKey.pem + "\n"),
            (.hybridIdentity, Self.text(of: identities, .hybrid)),
            (.x25519Identity, Self.text(of: identities, .x25519)),
            (.facts, String(decoding: try encoder.encode(facts), as: UTF8.self) + "\n"),
        ]
        try PrivateFile.makeDirectory(directory)
        for (file, text) in contents { try PrivateFile.write(Array(text.utf8), to: "\(directory)/\(file.rawValue)") }
    }

    private static func text(of identities: [AgeIdentity], _ kind: AgeRecipient.Kind) -> String {
        identities.filter { $0.recipient.kind == kind }.map { $0.secretText + "\n" }.joined()
    }

    /// Makes new keys for packets. The earlier ones stay, behind them, and open what was sealed for them.
    ///
    /// Kits seal for the new ones when they get a new bundle. Each file is replaced whole, so a failure between the
    /// two leaves one kind renewed and nothing lost.
    ///
    /// - Returns: The keys as they are now.
    package func rotatingPacketKeys() throws -> CentralKeys {
        let fresh = [try AgeIdentity.generate(.hybrid), try AgeIdentity.generate(.x25519)]
        let all = AgeRecipient.Kind.allCases.flatMap { kind in
            (fresh + identities).filter { $0.recipient.kind == kind }
        }
        for (file, kind) in [(File.hybridIdentity, AgeRecipient.Kind.hybrid), (.x25519Identity, .x25519)] {
            try PrivateFile.write(Array(Self.text(of: all, kind).utf8), to: "\(directory)/\(file.rawValue)")
        }
        return try Self.load(from: directory)
    }
}
