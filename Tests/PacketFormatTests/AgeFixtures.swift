@testable import PacketFormat

/// Keys that the tests share; made once, since a hybrid key costs a few milliseconds.
enum AgeFixtures {
    /// The sample pair of the age specification.
    static let x25519Identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
    static let x25519Recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

    static func identity(_ kind: AgeRecipient.Kind) throws -> AgeIdentity {
        try AgeIdentity(kind: kind, secret: (0..<32).map { UInt8($0) &* 7 &+ (kind == .hybrid ? 1 : 2) })
    }

    static func seal(_ plain: [UInt8], for recipient: any AgeFileKeyWrapping) throws -> [UInt8] {
        var file: [UInt8] = []
        var encryptor = try AgeEncryptor(to: [recipient])
        try encryptor.update(plain) { file += $0 }
        try encryptor.finish { file += $0 }
        return file
    }

    /// - Parameter piece: how many bytes the decryptor gets at once.
    static func open(
        _ file: [UInt8], with identity: any AgeFileKeyUnwrapping, piece: Int = .max
    ) throws -> [UInt8] {
        var plain: [UInt8] = []
        var decryptor = AgeDecryptor(identities: [identity])
        var rest = file[...]
        while !rest.isEmpty {
            try decryptor.update(Array(rest.prefix(piece))) { plain += $0 }
            rest = rest.dropFirst(piece)
        }
        try decryptor.finish { plain += $0 }
        return plain
    }

    /// The class of failure that opening ends with, nil when it opens.
    static func failure(
        _ file: [UInt8], with identity: any AgeFileKeyUnwrapping
    ) -> AgeError.Failure? {
        do {
            _ = try open(file, with: identity)
            return nil
        } catch {
            return (error as? AgeError)?.failure
        }
    }

    /// Bytes that do not repeat soon.
    static func plaintext(_ count: Int) -> [UInt8] {
        var state: UInt32 = 2_463_534_242
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 17
            state ^= state << 5
            return UInt8(truncatingIfNeeded: state)
        }
    }
}
