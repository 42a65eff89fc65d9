import Crypto
import CryptoExtras
import FoundationEssentials

/// A passphrase as recipient and identity: the `scrypt` stanza. Backups of keys use it, packets never.
package struct AgePassphrase: Sendable, AgeFileKeyWrapping, AgeFileKeyUnwrapping, CustomStringConvertible {
    static let stanzaType = "scrypt"
    /// Base 2 logarithm of the work factor for new files: 256 MiB and about a second on the kit.
    package static let workFactor = 18
    /// A file may ask for at most this: 4 GiB, as much as age itself accepts. It keeps a hostile file
    /// from taking all memory.
    package static let largestWorkFactor = 22

    private static let label = Array("age-encryption.org/v1/scrypt".utf8)

    private let phrase: [UInt8]
    private let workFactor: Int
    private let limit: Int
    private let availableMemory: @Sendable () -> Int?

    /// - Parameters:
    ///   - workFactor: base 2 logarithm, for what is made with this value; 1 to `limit`.
    ///   - limit: the largest that is accepted in a file.
    package init(
        _ phrase: String, workFactor: Int = AgePassphrase.workFactor, limit: Int = AgePassphrase.largestWorkFactor
    ) {
        self.init(bytes: Array(phrase.utf8), workFactor: workFactor, limit: limit)
    }

    /// For a passphrase from a file, which need not be UTF-8.
    ///
    /// - Parameter availableMemory: in bytes, nil when the system does not tell.
    package init(
        bytes phrase: [UInt8], workFactor: Int = AgePassphrase.workFactor,
        limit: Int = AgePassphrase.largestWorkFactor,
        availableMemory: @escaping @Sendable () -> Int? = { MemoryRoom.bytes() }
    ) {
        self.phrase = phrase
        self.workFactor = workFactor
        self.limit = min(limit, 30)
        self.availableMemory = availableMemory
    }

    /// Neither weak nor strong against a quantum computer beyond its own entropy.
    package var isPostQuantum: Bool { true }
    package var description: String { "AgePassphrase" }

    package func wrap(_ fileKey: AgeFileKey) throws(AgeError) -> AgeStanza {
        guard (1...limit).contains(workFactor) else { throw AgeError(.key, "work factor out of range") }
        guard !phrase.isEmpty else { throw AgeError(.key, "an empty passphrase") }
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let body = try AgeKeyWrap.seal(fileKey, with: wrappingKey(salt: salt, workFactor: workFactor))
        let text = String(decoding: Base64.unpadded.encode(salt), as: UTF8.self)
        return AgeStanza(type: Self.stanzaType, arguments: [text, String(workFactor)], body: body)
    }

    /// - Throws: also `AgeError` with `.memory` when the file asks for more than there is.
    package func unwrap(_ stanza: AgeStanza) throws(AgeError) -> AgeFileKey? {
        guard stanza.type == Self.stanzaType else { return nil }
        guard stanza.arguments.count == 2, let salt = Base64.unpadded.decode(stanza.arguments[0].utf8),
            salt.count == 16,
            stanza.body.count == AgeKeyWrap.bodyByteCount
        else { throw AgeError(.header, "a malformed scrypt stanza") }
        let digits = stanza.arguments[1].utf8
        guard digits.first != UInt8(ascii: "0"), digits.allSatisfy({ (48...57).contains($0) }),
            let factor = Int(stanza.arguments[1])
        else { throw AgeError(.header, "a malformed work factor") }
        guard (1...limit).contains(factor) else {
            throw AgeError(.header, "a work factor above the limit of \(limit)")
        }
        return AgeKeyWrap.open(stanza.body, with: try wrappingKey(salt: salt, workFactor: factor))
    }

    private func wrappingKey(salt: [UInt8], workFactor: Int) throws(AgeError) -> SymmetricKey {
        // 128 bytes times the block size of 8 times the rounds. Linux lends memory that it does not have
        // and ends a process that uses it, so it is asked for first.
        let needed = 1024 << workFactor
        if let room = availableMemory(), room < needed + needed / 16 { throw Self.lacking(needed) }
        do {
            return try KDF.Scrypt.deriveKey(
                from: phrase, salt: Self.label + salt, outputByteCount: 32, rounds: 1 << workFactor, blockSize: 8,
                parallelism: 1)
        } catch {
            throw Self.lacking(needed)
        }
    }

    private static func lacking(_ needed: Int) -> AgeError {
        AgeError(.memory, "the passphrase's work factor needs \(max(1, needed >> 20)) MiB of memory")
    }
}
