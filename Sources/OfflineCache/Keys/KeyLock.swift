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
    /// The name of the chip that it lies in; a machine lock of version 2 has none.
    private(set) var chip: Data?

    var isBounded: Bool {
        cost.isBoundedForKey && salt.count == Argon2id.saltLength && (kind == .machine) == (slot != nil)
            && chip?.count ?? ChipName.size == ChipName.size && (chip == nil || slot != nil)
            && (slot?.measurements ?? []).count <= 24 && (slot?.measurements ?? []).allSatisfy((0..<24).contains)
    }

    var authenticated: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(delimited: Array("\(kind.rawValue) \(cost.memoryKiB) \(cost.passes)".utf8))
        bytes.append(delimited: salt)
        bytes.append(delimited: Array(slot?.text.utf8 ?? "".utf8))
        if let chip { bytes.append(delimited: chip) }
        return bytes
    }

    /// The chip that the lock lies in, by its name where the lock states it.
    ///
    /// - Throws: `machineChanged` where there is none.
    func safe(_ safe: (any MachineSafe)?) throws(StoreError) -> any MachineSafe {
        guard let safe else { throw .machineChanged(.absent) }
        return chip.map { safe.expecting(ChipName(Array($0))) } ?? safe
    }

    /// The same lock with its chip's name.
    func naming(_ safe: (any MachineSafe)?) throws(StoreError) -> KeyLock {
        guard slot != nil, chip == nil else { return self }
        guard let safe else { throw .machineChanged(.absent) }
        var named = self
        named.chip = Data(try asking { () throws(MachineSafeError) in try safe.name().bytes })
        return named
    }

    /// The key of the file under this lock.
    func seal(_ fileKey: SecretBytes, under wrapping: SecretBytes) throws(StoreError) -> Data {
        try SecretKey.sealed(fileKey, under: wrapping, authenticating: statement)
    }

    /// - Throws: `wrongPassphrase`; under a machine lock, where the chip has said that the passphrase is right,
    ///   `keyDamaged`.
    func open(_ sealed: Data, with wrapping: SecretBytes) throws(StoreError) -> SecretBytes {
        guard let key = try SecretKey.opened(sealed, under: wrapping, authenticating: statement) else {
            throw kind == .machine ? .keyDamaged : .wrongPassphrase
        }
        return key
    }

    private var statement: [UInt8] { Array("draagbaar-loket store key 3 lock".utf8) + authenticated }

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
            // One chip all along: it is the named one that is given the secret.
            let name = try asking { () throws(MachineSafeError) in try safe.name() }
            let named = safe.expecting(name)
            let known = try Argon2id.key(of: passphrase, salt: salt, cost: cost)
            let authorisation = try SecretKey.derive(from: known, salt: salt, purpose: authorisationPurpose)
            let secret = try SecretKey.random()
            defer { for key in [known, authorisation, secret] { key.wipe() } }
            let slot = try asking { () throws(MachineSafeError) in
                try named.keep(secret, under: authorisation, bound: measurements)
            }
            let lock = KeyLock(kind: .machine, cost: cost, salt: Data(salt), slot: slot, chip: Data(name.bytes))
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
        let named = try self.safe(safe)
        let authorisation = try SecretKey.derive(from: known, salt: salt, purpose: Self.authorisationPurpose)
        defer { authorisation.wipe() }
        let secret = try asking { () throws(MachineSafeError) in try named.open(slot, with: authorisation) }
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
        case .absent, .measurementsChanged, .unknownSlot, .otherChip: self = .machineChanged(error)
        case .unknownCurve: self = .cardUnknownToChip
        case .full: self = .unwritable("the machine's safe (full)")
        case .failed(let code): self = .unreadable("the machine's safe (response \(code))")
        }
    }
}
