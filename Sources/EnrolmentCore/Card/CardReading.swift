import FoundationEssentials

/// A file of the card that is read and kept as it came.
package enum CardFile: String, CaseIterable, Sendable, Codable {
    case identity, identitySignature, address, addressSignature, photo
    /// CA role, root, National Register signer, authentication and signature certificates.
    case caCertificate, rootCertificate, registryCertificate, authenticationCertificate, signatureCertificate
    /// The public half of the key that tells a chip from a copy; applet 1.8.
    case basicKey
}

/// All that one card gave in one reading. The raw bytes are the evidence; what is parsed is for
/// people.
package struct CardReading: Hashable, Sendable, Codable {
    /// File bytes without any padding that the card's own length does not cover.
    package let files: [CardFile: [UInt8]]
    /// 16 bytes.
    package let chipNumber: [UInt8]
    /// 0x17 for applet 1.7, 0x18 for 1.8.
    package let appletVersion: UInt8
    package let atr: [UInt8]
    package let identity: CardIdentity
    package let address: CardAddress?
    package let readAt: Timestamp
    /// What the chip answered to a challenge; nil where it cannot, before applet 1.8.
    package let challenge: CardChallenge?

    package init(
        files: [CardFile: [UInt8]], chipNumber: [UInt8], appletVersion: UInt8, atr: [UInt8], identity: CardIdentity,
        address: CardAddress?, readAt: Timestamp, challenge: CardChallenge? = nil
    ) {
        self.files = files
        self.chipNumber = chipNumber
        self.appletVersion = appletVersion
        self.atr = atr
        self.identity = identity
        self.address = address
        self.readAt = readAt
        self.challenge = challenge
    }

    /// The JPEG on the chip.
    package var photo: [UInt8]? { files[.photo] }

    private enum CodingKeys: String, CodingKey {
        case files, chipNumber, appletVersion, atr, identity, address, readAt, challenge
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let byName = try container.decode([String: Data].self, forKey: .files)
        files = try byName.reduce(into: [:]) { files, entry in
            guard let file = CardFile(rawValue: entry.key) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .files, in: container, debugDescription: "unknown card file")
            }
            files[file] = [UInt8](entry.value)
        }
        chipNumber = try container.decode([UInt8].self, forKey: .chipNumber)
        appletVersion = try container.decode(UInt8.self, forKey: .appletVersion)
        atr = try container.decode([UInt8].self, forKey: .atr)
        identity = try container.decode(CardIdentity.self, forKey: .identity)
        address = try container.decodeIfPresent(CardAddress.self, forKey: .address)
        readAt = try container.decode(Timestamp.self, forKey: .readAt)
        challenge = try container.decodeIfPresent(CardChallenge.self, forKey: .challenge)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let byName = Dictionary(uniqueKeysWithValues: files.map { ($0.key.rawValue, Data($0.value)) })
        try container.encode(byName, forKey: .files)
        try container.encode(chipNumber, forKey: .chipNumber)
        try container.encode(appletVersion, forKey: .appletVersion)
        try container.encode(atr, forKey: .atr)
        try container.encode(identity, forKey: .identity)
        try container.encodeIfPresent(address, forKey: .address)
        try container.encode(readAt, forKey: .readAt)
        try container.encodeIfPresent(challenge, forKey: .challenge)
    }
}
