import CSodium
package import EnrolmentCore

/// What an officer's passphrase is compared with: Argon2id (RFC 9106) of it, with the salt and the
/// cost that it was made with, so that a later version may ask for more work without locking out old ones.
package struct Argon2id: Hashable, Sendable, Codable {
    /// How much work a guess costs. One lane: libsodium knows no more.
    package struct Cost: Hashable, Sendable, Codable {
        package let memoryKiB: Int
        package let passes: Int

        package init(memoryKiB: Int, passes: Int) {
            self.memoryKiB = memoryKiB
            self.passes = passes
        }

        /// What a guess of a kit's passphrase costs: 64 MiB and three passes.
        package static let standard = Cost(memoryKiB: 64 << 10, passes: 3)

        /// A damaged file must not make the station ask for all the memory there is, nor for none.
        package var isBounded: Bool { (8192...1 << 20).contains(memoryKiB) && (1...16).contains(passes) }

        /// What `store.key` may ask for before anybody has shown that they know its passphrase.
        var isBoundedForKey: Bool { (8192...256 << 10).contains(memoryKiB) && (1...10).contains(passes) }
    }

    package static let saltLength = 16
    package static let hashLength = 32

    /// `argon2id`, version 0x13.
    let algorithm: String
    let cost: Cost
    let salt: [UInt8]
    let hash: [UInt8]

    /// Takes as long, and as much memory, as a guess must cost.
    ///
    /// - Parameters:
    ///   - passphrase: as it was typed, UTF-8; not wiped here.
    ///   - salt: 16 bytes.
    /// - Throws: `unwritable` for a cost out of bounds, or when there is not so much memory.
    package init(of passphrase: SecretBytes, salt: [UInt8], cost: Cost) throws(StoreError) {
        algorithm = Self.name
        self.cost = cost
        self.salt = salt
        hash = try Self.derive(passphrase, salt, cost)
    }

    /// Compares in a time that does not depend on where the difference is.
    package func matches(_ passphrase: SecretBytes) throws(StoreError) -> Bool {
        guard algorithm == Self.name, hash.count == Self.hashLength else {
            throw .unreadable("an officer's passphrase (unknown algorithm)")
        }
        return sodium_memcmp(try Self.derive(passphrase, salt, cost), hash, Self.hashLength) == 0
    }

    private static let name = "argon2id-13"

    /// A key made of a passphrase, in locked memory; the passphrase is not wiped.
    ///
    /// - Throws: as the initialiser does.
    static func key(
        of passphrase: SecretBytes, salt: [UInt8], cost: Cost
    ) throws(StoreError) -> SecretBytes {
        let key = try SecretKey.empty()
        let result: Result<Void, StoreError>? = key.fill(count: hashLength) { room in
            Result { () throws(StoreError) in try derive(passphrase, salt, cost, into: room) }
        }
        try result?.get()
        return key
    }

    private static func derive(
        _ passphrase: SecretBytes, _ salt: [UInt8], _ cost: Cost
    ) throws(StoreError) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: hashLength)
        try hash.lendRoom { (room) throws(StoreError) in try derive(passphrase, salt, cost, into: room) }
        return hash
    }

    private static func derive(
        _ passphrase: SecretBytes, _ salt: [UInt8], _ cost: Cost, into room: UnsafeMutableRawBufferPointer
    ) throws(StoreError) {
        guard sodium_init() >= 0, cost.isBounded, salt.count == saltLength else {
            throw .unwritable("a passphrase (cost out of bounds)")
        }
        let result = passphrase.withBytes { bytes -> Int32 in
            guard let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self), let output = room.bytes else {
                return -1
            }
            return crypto_pwhash_argon2id(
                output, UInt64(room.count), text, UInt64(bytes.count), salt, UInt64(cost.passes),
                cost.memoryKiB * 1024, crypto_pwhash_argon2id_alg_argon2id13())
        }
        // BLAKE2b leaves the first block, which holds the passphrase, where its frame was.
        sodium_stackzero(stackReach)
        guard result == 0 else { throw .unwritable("a passphrase (no memory for it)") }
    }

    /// More than libsodium's frames are deep.
    private static let stackReach = 32 << 10
}
