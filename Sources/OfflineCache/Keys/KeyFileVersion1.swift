import CSodium
import EnrolmentCore
import FoundationEssentials

/// `store.key` as the first release wrote it: one key under scrypt (RFC 7914) of the passphrase. It is only
/// read, and replaced by version 2 at the first opening.
struct KeyFileVersion1: Decodable {
    struct Cost: Decodable {
        /// scrypt's N, a power of two.
        let rounds: Int
        /// scrypt's r.
        let blockSize: Int
        /// scrypt's p.
        let parallelism: Int

        /// A damaged or hostile file must not make the station ask for all the memory there is: 128 r N bytes.
        var isBounded: Bool {
            (1024...1 << 18).contains(rounds) && rounds & (rounds - 1) == 0 && (1...8).contains(blockSize)
                && (1...4).contains(parallelism)
        }
    }

    let version: Int
    let kdf: String
    let cost: Cost
    let salt: Data
    let sealed: Data

    /// Nil when it is no file of this version.
    init?(_ bytes: [UInt8]) {
        guard let file = try? JSONDecoder().decode(KeyFileVersion1.self, from: Data(bytes)), file.version == 1,
            file.kdf == "scrypt", file.cost.isBounded, (1...64).contains(file.salt.count)
        else { return nil }
        self = file
    }

    /// - Throws: `wrongPassphrase`, `keyDamaged`.
    func open(with passphrase: SecretBytes) throws(StoreError) -> SecretBytes {
        let associated = "draagbaar-loket store key 1 \(cost.rounds) \(cost.blockSize) \(cost.parallelism)"
        guard sealed.count == RecordCipher.nonceLength + SecretKey.length + RecordCipher.tagLength else {
            throw .keyDamaged
        }
        let wrapping = try wrappingKey(passphrase)
        defer { wrapping.wipe() }
        let key = try SecretKey.empty()
        let isOpen = key.fill(count: SecretKey.length) { room in
            RecordCipher.open(
                Array(sealed)[...], under: wrapping, authenticating: Array(associated.utf8), into: room)
        }
        guard isOpen == true else { throw .wrongPassphrase }
        return key
    }

    private func wrappingKey(_ passphrase: SecretBytes) throws(StoreError) -> SecretBytes {
        let salt = Array(salt)
        var result: Int32 = -1
        let key = try SecretKey.make { room in
            result = passphrase.withBytes { passphrase in
                guard let text = passphrase.bytes, let output = room.bytes else { return -1 }
                return crypto_pwhash_scryptsalsa208sha256_ll(
                    text, passphrase.count, salt, salt.count, UInt64(cost.rounds), UInt32(cost.blockSize),
                    UInt32(cost.parallelism), output, room.count)
            }
        }
        sodium_stackzero(32 << 10)
        guard result == 0 else { throw .keyDamaged }
        return key
    }
}
