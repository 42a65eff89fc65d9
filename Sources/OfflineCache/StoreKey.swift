import Crypto
import CryptoExtras
import FoundationEssentials

/// The 32 random bytes under which the store is sealed, kept in `store.key` under a passphrase.
///
/// The file says how it was made (scrypt, RFC 7914), so that a later version may ask for more work
/// without locking out old kits.
package struct StoreKey: Sendable {
    static let fileName = "store.key"

    let key: SymmetricKey

    /// How much work a guess of the passphrase costs.
    package struct Cost: Hashable, Sendable, Codable {
        /// scrypt's N, a power of two.
        package let rounds: Int
        /// scrypt's r.
        package let blockSize: Int
        /// scrypt's p.
        package let parallelism: Int

        /// 32 MiB of memory for each guess.
        package static let standard = Cost(rounds: 1 << 15, blockSize: 8, parallelism: 1)

        package init(rounds: Int, blockSize: Int, parallelism: Int) {
            self.rounds = rounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// A damaged or hostile file must not make the station ask for all the memory there is.
        var isBounded: Bool {
            (1024...1 << 20).contains(rounds) && rounds & (rounds - 1) == 0 && (1...16).contains(blockSize)
                && (1...4).contains(parallelism)
        }
    }

    /// Makes a new key in the data folder.
    ///
    /// - Throws: `keyExists` rather than overwrite a key; `keyMissing` when there is a database
    ///   already, since a new key could not open it.
    package static func create(
        in folder: String, passphrase: String, cost: Cost = .standard
    ) throws(StoreError) -> StoreKey {
        let files = try DurableFolder.prepare(folder)
        guard try files.size(of: fileName) == nil else { throw .keyExists }
        guard try files.size(of: Store.databaseName) == nil else { throw .keyMissing }
        let key = StoreKey(key: SymmetricKey(size: .bits256))
        try key.write(to: files, passphrase: passphrase, cost: cost)
        return key
    }

    /// Opens the key of the data folder.
    package static func open(in folder: String, passphrase: String) throws(StoreError) -> StoreKey {
        let files = try DurableFolder.prepare(folder)
        guard let bytes = try files.read(fileName, atMost: 4096) else { throw .keyMissing }
        let file = try KeyFile(bytes)
        let wrapping = try file.wrappingKey(passphrase)
        guard let box = try? ChaChaPoly.SealedBox(combined: file.sealed) else { throw .keyDamaged }
        guard let opened = try? ChaChaPoly.open(box, using: wrapping, authenticating: file.authenticated) else {
            throw .wrongPassphrase
        }
        guard opened.count == 32 else { throw .keyDamaged }
        return StoreKey(key: SymmetricKey(data: opened))
    }

    /// Puts the same key under another passphrase; the old file is replaced in one step.
    package func changePassphrase(
        in folder: String, to passphrase: String, cost: Cost = .standard
    ) throws(StoreError) {
        try write(to: try DurableFolder.prepare(folder), passphrase: passphrase, cost: cost)
    }

    private func write(to files: DurableFolder, passphrase: String, cost: Cost) throws(StoreError) {
        var generator = SystemRandomNumberGenerator()
        let salt = Data((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        var file = KeyFile(cost: cost, salt: salt, sealed: Data())
        let wrapping = try file.wrappingKey(passphrase)
        do {
            let content = key.withUnsafeBytes { Data($0) }
            file.sealed = try ChaChaPoly.seal(content, using: wrapping, authenticating: file.authenticated).combined
            try files.replace(Self.fileName, with: Array(try JSONEncoder().encode(file)))
        } catch {
            throw StoreError(error)
        }
    }
}

/// `store.key` as it lies on disk: JSON.
private struct KeyFile: Codable {
    var version = 1
    var kdf = "scrypt"
    let cost: StoreKey.Cost
    let salt: Data
    var sealed: Data

    init(cost: StoreKey.Cost, salt: Data, sealed: Data) {
        self.cost = cost
        self.salt = salt
        self.sealed = sealed
    }

    init(_ bytes: [UInt8]) throws(StoreError) {
        guard let file = try? JSONDecoder().decode(KeyFile.self, from: Data(bytes)), file.version == 1,
            file.kdf == "scrypt", file.cost.isBounded
        else { throw .keyDamaged }
        self = file
    }

    /// Binds the parameters to the sealed key.
    var authenticated: [UInt8] {
        Array("draagbaar-loket store key 1 \(cost.rounds) \(cost.blockSize) \(cost.parallelism)".utf8)
    }

    func wrappingKey(_ passphrase: String) throws(StoreError) -> SymmetricKey {
        guard cost.isBounded else { throw .keyDamaged }
        do {
            return try KDF.Scrypt.deriveKey(
                from: Array(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: cost.rounds,
                blockSize: cost.blockSize, parallelism: cost.parallelism)
        } catch {
            throw .keyDamaged
        }
    }
}
