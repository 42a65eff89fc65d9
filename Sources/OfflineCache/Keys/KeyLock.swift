import EnrolmentCore
import FoundationEssentials

/// What the store key is to be locked by.
package enum LockWish: Hashable, Sendable {
    /// By what an officer knows, alone: whoever copies the disk may guess elsewhere, at this cost a guess.
    case passphrase(Argon2id.Cost)
    /// By a secret in the machine's safe, which gives it for the passphrase and counts the wrong ones: a
    /// copy of the disk opens nowhere else.
    ///
    /// - measurements: platform registers (PCRs) that must not change; empty for the machine alone.
    case machine(Argon2id.Cost, measurements: [Int])

    package var kind: LockKind {
        switch self {
        case .passphrase: .passphrase
        case .machine: .machine
        }
    }
}

package enum LockKind: String, CaseIterable, Sendable, Codable {
    case passphrase, machine
}

/// The lock as `store.key` states it; nothing in it is secret, all of it is authenticated.
struct KeyLock: Hashable, Sendable, Codable {
    let kind: LockKind
    let cost: Argon2id.Cost
    let salt: Data
    /// Of a machine lock, and of no other.
    let slot: MachineSlot?

    var isBounded: Bool {
        cost.isBoundedForKey && salt.count == Argon2id.saltLength && (kind == .machine) == (slot != nil)
            && (slot?.measurements ?? []).count <= 24 && (slot?.measurements ?? []).allSatisfy((0..<24).contains)
    }

    var authenticated: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(delimited: Array("\(kind.rawValue) \(cost.memoryKiB) \(cost.passes)".utf8))
        bytes.append(delimited: salt)
        bytes.append(delimited: Array(slot?.text.utf8 ?? "".utf8))
        return bytes
    }

    /// Makes a lock and the key under it.
    static func make(
        _ wish: LockWish, passphrase: SecretBytes, safe: (any MachineSafe)?
    ) throws(StoreError) -> (lock: KeyLock, wrapping: SecretBytes) {
        let salt = try randomBytes(Argon2id.saltLength)
        switch wish {
        case .passphrase(let cost):
            guard cost.isBoundedForKey else { throw .unwritable("store.key (cost out of bounds)") }
            let known = try Argon2id.key(of: passphrase, salt: salt, cost: cost)
            defer { known.wipe() }
            let lock = KeyLock(kind: .passphrase, cost: cost, salt: Data(salt), slot: nil)
            return (lock, try SecretKey.derive(from: known, salt: salt, purpose: passphrasePurpose))
        case .machine(let cost, let measurements):
            guard cost.isBoundedForKey else { throw .unwritable("store.key (cost out of bounds)") }
            guard let safe else { throw .machineChanged(.absent) }
            let known = try Argon2id.key(of: passphrase, salt: salt, cost: cost)
            let authorisation = try SecretKey.derive(from: known, salt: salt, purpose: authorisationPurpose)
            let secret = try SecretKey.random()
            defer { for key in [known, authorisation, secret] { key.wipe() } }
            let slot: MachineSlot
            do throws(MachineSafeError) {
                slot = try safe.keep(secret, under: authorisation, bound: measurements)
            } catch {
                throw StoreError(error)
            }
            let lock = KeyLock(kind: .machine, cost: cost, salt: Data(salt), slot: slot)
            return (lock, try SecretKey.derive(from: secret, known, salt: salt, purpose: machinePurpose))
        }
    }

    /// The key under the lock; for a passphrase that is wrong another key, or the safe's own refusal.
    func wrappingKey(
        passphrase: SecretBytes, safe: (any MachineSafe)?
    ) throws(StoreError) -> SecretBytes {
        guard isBounded else { throw .keyDamaged }
        let salt = Array(salt)
        let known = try Argon2id.key(of: passphrase, salt: salt, cost: cost)
        defer { known.wipe() }
        guard let slot else {
            return try SecretKey.derive(from: known, salt: salt, purpose: Self.passphrasePurpose)
        }
        guard let safe else { throw .machineChanged(.absent) }
        let authorisation = try SecretKey.derive(from: known, salt: salt, purpose: Self.authorisationPurpose)
        defer { authorisation.wipe() }
        let secret: SecretBytes
        do throws(MachineSafeError) {
            secret = try safe.open(slot, with: authorisation)
        } catch {
            throw StoreError(error)
        }
        defer { secret.wipe() }
        // With the passphrase in it: whoever reads the chip, or listens on its bus, must still guess that.
        return try SecretKey.derive(from: secret, known, salt: salt, purpose: Self.machinePurpose)
    }

    private static let passphrasePurpose = "draagbaar-loket key lock 2 passphrase"
    private static let authorisationPurpose = "draagbaar-loket key lock 2 authorisation"
    private static let machinePurpose = "draagbaar-loket key lock 2 machine"
}

extension MachineSlot {
    var text: String { "\(index)" + measurements.map { " \($0)" }.joined() }
}

extension StoreError {
    /// Names what the machine's safe answered.
    init(_ error: MachineSafeError) {
        switch error {
        case .wrongAuthorisation: self = .wrongPassphrase
        case .lockedOut: self = .tooManyTries
        case .absent, .measurementsChanged, .unknownSlot: self = .machineChanged(error)
        case .full: self = .unwritable("the machine's safe (full)")
        case .failed(let code): self = .unreadable("the machine's safe (response \(code))")
        }
    }
}
