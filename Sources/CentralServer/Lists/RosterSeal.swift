import Crypto
import EnrolmentCore
import FoundationEssentials
import PacketFormat

/// Keeps officers' national numbers out of the database in plain text: whoever gets hold of that file, or
/// of a backup of it, and not of the keys, reads none.
struct RosterSeal: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: what central signs with; this key follows from it, one way only.
    init(_ key: ReceiptSigningKey) {
        self.key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key.raw), info: Data("loket-central roster 1".utf8),
            outputByteCount: 32)
    }

    /// - Parameter place: whose row it is, so that no row can be moved to another.
    func seal(_ bytes: [UInt8], at place: String) throws -> Data {
        try ChaChaPoly.seal(bytes, using: key, authenticating: Data(place.utf8)).combined
    }

    func open(_ sealed: Data, at place: String) throws -> [UInt8] {
        do {
            let box = try ChaChaPoly.SealedBox(combined: sealed)
            return Array(try ChaChaPoly.open(box, using: key, authenticating: Data(place.utf8)))
        } catch {
            throw CentralError(
                .keysDamaged, "the database was written with other keys than this folder's",
                hint: "Restore the keys and the database from one backup.")
        }
    }
}
