package import EnrolmentCore

/// What `store.key` says of itself to whoever can read the folder: nothing in it is secret.
package struct KeyStatus: Hashable, Sendable {
    /// Of the file; 1 or 2 until the first opening by this version of the program.
    package let version: Int
    /// Nil for version 1, whose cost was scrypt's.
    package let lock: LockKind?
    package let cost: Argon2id.Cost?
    /// Where in the machine's safe the secret lies.
    package let slot: MachineSlot?
    /// The chip that it lies in; nil for a file of version 2.
    package let chip: ChipName?
    /// Where the secret lies that officers' cards open.
    package let cardSlot: MachineCardSlot?
    /// Whether this kit can set the chip's limit of guesses again.
    package let holdsChipAuthority: Bool
    /// When the lock was last changed.
    package let lockedAt: Timestamp?
    /// The store keys, the one in use first; two while a rotation is under way.
    package let keys: [Key]
    /// Places in the machine's safe that are still to be destroyed.
    package let retiredSlots: [MachineSlot]

    package struct Key: Hashable, Sendable {
        package let id: String
        package let madeAt: Timestamp
    }

    package var isRotating: Bool { keys.count > 1 }

    static let version1 = KeyStatus()

    private init() {
        version = 1
        (lock, cost, slot, lockedAt, keys, retiredSlots) = (.passphrase, nil, nil, nil, [], [])
        (chip, cardSlot, holdsChipAuthority) = (nil, nil, false)
    }

    init(_ file: KeyFileVersion2) {
        version = file.version
        lock = file.lock.kind
        cost = file.lock.cost
        slot = file.lock.slot
        lockedAt = Timestamp(milliseconds: file.lockedAt)
        keys = file.ring.map { Key(id: $0.id, madeAt: Timestamp(milliseconds: $0.madeAt)) }
        retiredSlots = file.retired
        (chip, cardSlot, holdsChipAuthority) = (nil, nil, false)
    }

    init(_ file: KeyFile) {
        version = file.version
        lock = file.lock.kind
        cost = file.lock.cost
        slot = file.lock.slot
        lockedAt = Timestamp(milliseconds: file.lockedAt)
        keys = file.ring.map { Key(id: $0.id, madeAt: Timestamp(milliseconds: $0.madeAt)) }
        retiredSlots = file.retired
        chip = file.lock.chip.map { ChipName(Array($0)) }
        cardSlot = file.cards?.slot
        holdsChipAuthority = file.authority != nil
    }
}
