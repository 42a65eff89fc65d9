/// The text part of an age file.
package struct AgeHeader: Hashable, Sendable {
    static let versionLine = "age-encryption.org/v1"
    /// A body line holds at most so many base64 characters.
    static let columns = 64
    /// The format sets no limit; this one leaves room for forty hybrid stanzas and keeps a hostile
    /// file from filling memory before its end line.
    static let largestByteCount = 64 << 10

    package let stanzas: [AgeStanza]
    /// HMAC-SHA-256 of `authenticated`.
    let mac: [UInt8]
    /// As read, from the first byte up to and including the three dashes of the end line.
    let authenticated: [UInt8]

    /// Bytes of the header in the file, its last line feed included.
    package var byteCount: Int { authenticated.count + 1 + 43 + 1 }

    init(stanzas: [AgeStanza], mac: [UInt8], authenticated: [UInt8]) {
        self.stanzas = stanzas
        self.mac = mac
        self.authenticated = authenticated
    }

    /// A new header, authenticated with the file key that its stanzas wrap.
    init(stanzas: [AgeStanza], fileKey: AgeFileKey) {
        let text = Array("\(Self.versionLine)\n".utf8) + stanzas.flatMap(\.encoded) + Array("---".utf8)
        self.init(stanzas: stanzas, mac: fileKey.headerMAC(over: text), authenticated: text)
    }

    var encoded: [UInt8] {
        authenticated + Array(" ".utf8) + Base64.unpadded.encode(mac) + Array("\n".utf8)
    }

    /// Tries each identity on each stanza, then checks the header.
    func fileKey(for identities: [any AgeFileKeyUnwrapping]) throws(AgeError) -> AgeFileKey {
        guard stanzas.count == 1 || !stanzas.contains(where: { $0.type == AgePassphrase.stanzaType }) else {
            throw AgeError(.header, "a passphrase beside another recipient")
        }
        for identity in identities {
            for stanza in stanzas {
                guard let fileKey = try identity.unwrap(stanza) else { continue }
                guard fileKey.isValid(mac: mac, over: authenticated) else {
                    throw AgeError(.headerMAC, "the header was changed")
                }
                return fileKey
            }
        }
        throw AgeError(.noMatch, "no identity opens it")
    }
}
