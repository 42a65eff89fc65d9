import EnrolmentCore
import FoundationEssentials

/// The second lock as `store.key` states it: a secret in the machine's safe, which it gives for the signature of one
/// of some cards. Nothing in it is secret, nothing in it leads to a card or a person, all of it is authenticated.
struct CardLock: Hashable, Sendable, Codable {
    /// As many as the chip's policy takes.
    static let mostCards = 8
    private static let purpose = "draagbaar-loket key lock 3 cards"

    let index: UInt32
    let measurements: [Int]
    /// What the chip makes of each card's key.
    let branches: [Data]
    let salt: Data
    /// The key of the file under this lock.
    private(set) var fileKey = Data()

    var slot: MachineCardSlot {
        MachineCardSlot(index: index, measurements: measurements, branches: branches.map { Array($0) })
    }

    var isBounded: Bool {
        (1...Self.mostCards).contains(branches.count) && branches.allSatisfy { $0.count == 32 }
            && measurements.count <= 24 && measurements.allSatisfy((0..<24).contains)
            && salt.count == Argon2id.saltLength && fileKey.count == RecordCipher.sealedKeyLength
    }

    /// Puts a new secret into the safe for these cards.
    static func make(
        for branches: [[UInt8]], bound measurements: [Int], sealing fileKey: SecretBytes, safe: any MachineSafe
    ) throws(StoreError) -> CardLock {
        let salt = try randomBytes(Argon2id.saltLength)
        let secret = try SecretKey.random()
        defer { secret.wipe() }
        let slot = try asking { () throws(MachineSafeError) in
            try safe.keep(secret, forCards: branches, bound: measurements)
        }
        var lock = CardLock(
            index: slot.index, measurements: slot.measurements, branches: slot.branches.map { Data($0) },
            salt: Data(salt))
        let wrapping = try SecretKey.derive(from: secret, salt: salt, purpose: purpose)
        defer { wrapping.wipe() }
        lock.fileKey = try SecretKey.sealed(fileKey, under: wrapping, authenticating: lock.authenticated)
        return lock
    }

    /// The key of the file, for what the safe gave.
    ///
    /// - Throws: `keyDamaged`.
    func open(with secret: SecretBytes) throws(StoreError) -> SecretBytes {
        let wrapping = try SecretKey.derive(from: secret, salt: salt, purpose: Self.purpose)
        defer { wrapping.wipe() }
        guard let key = try SecretKey.opened(fileKey, under: wrapping, authenticating: authenticated) else {
            throw .keyDamaged
        }
        return key
    }

    var authenticated: [UInt8] {
        var bytes = Array(Self.purpose.utf8)
        bytes.append(delimited: Array(MachineSlot(index: index, measurements: measurements).text.utf8))
        bytes.append(delimited: salt)
        for branch in branches { bytes.append(delimited: branch) }
        return bytes
    }
}

/// Asks the machine's safe, and names what it answered in the store's words.
func asking<Value>(_ question: () throws(MachineSafeError) -> Value) throws(StoreError) -> Value {
    do throws(MachineSafeError) {
        return try question()
    } catch {
        throw StoreError(error)
    }
}
