import EnrolmentCore
import FoundationEssentials

/// `store.key`, version 3, as it lies on disk: JSON that states the locks, with what they lock.
///
/// The store keys lie under a key of the file alone, and that key under each of the locks: whoever opens one of them
/// can write the file anew without the other. Everything that the file states is authenticated with each store key,
/// so that no part of it can be changed or taken from another file, an older one of its own included.
struct KeyFile: Hashable, Sendable, Codable {
    static let name = "store.key"
    /// A ring of two under a machine lock and a lock of eight cards takes some 5000.
    static let largestByteCount = 8192

    struct Entry: Hashable, Sendable, Codable {
        let id: String
        /// Milliseconds since 1970.
        let madeAt: Int64
        var sealed = Data()
    }

    var version = 3
    let lock: KeyLock
    /// The key of the file under `lock`.
    let fileKey: Data
    /// Milliseconds since 1970.
    let lockedAt: Int64
    /// The second lock, where officers' cards open the kit.
    let cards: CardLock?
    /// The key to seal with comes first; a second one while a rotation is under way.
    private(set) var ring: [Entry]
    /// Places in the machine's safe that are no longer needed and not yet known to be destroyed.
    let retired: [MachineSlot]
    /// Whose the cards are, sealed.
    private(set) var openers: Data?
    /// What the chip's limit of guesses is set back with, sealed; nil where this kit did not set it.
    private(set) var authority: Data?
    /// True once a store was opened with the key: from then on a folder without one has lost it. Nil until then, and
    /// in a file of a program that did not say.
    let hasStore: Bool?

    /// Seals everything under the key of the file.
    init(
        _ ring: [KeyRing.Entry], under locks: KeyLocks, lockedAt: Timestamp, retired: [MachineSlot]
    ) throws(StoreError) {
        lock = locks.lock
        fileKey = locks.sealed
        cards = locks.cards
        self.lockedAt = lockedAt.milliseconds
        self.retired = retired
        hasStore = locks.hasStore ? true : nil
        self.ring = ring.map { Entry(id: $0.id, madeAt: $0.madeAt.milliseconds) }
        if !locks.openers.isEmpty {
            openers = try CardOpener.encoded(locks.openers).lend { (text) throws(StoreError) in
                try Self.seal(text, under: locks.fileKey, stated("openers"))
            }
        }
        if let held = locks.authority {
            authority = try held.withBytes { (held) throws(StoreError) in
                try Self.seal(held, under: locks.fileKey, stated("authority"))
            }
        }
        for (place, entry) in ring.enumerated() {
            self.ring[place].sealed = try entry.key.withBytes { (key) throws(StoreError) in
                try Self.seal(key, under: locks.fileKey, authenticated(place))
            }
        }
    }

    /// Reads a file without opening it.
    ///
    /// - Throws: `keyDamaged` for anything that is no such file, or asks for more work than a key may.
    init(_ bytes: [UInt8]) throws(StoreError) {
        guard bytes.count <= Self.largestByteCount,
            let file = try? JSONDecoder().decode(KeyFile.self, from: Data(bytes)), file.isBounded
        else { throw .keyDamaged }
        self = file
    }

    func encoded() throws(StoreError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self), data.count <= Self.largestByteCount else {
            throw .unwritable(Self.name)
        }
        return Array(data)
    }

    /// Opens every key of the ring.
    ///
    /// - Parameter fileKey: as one of the locks gave it.
    /// - Throws: `keyDamaged`.
    func open(under fileKey: SecretBytes) throws(StoreError) -> KeyRing {
        var entries: [KeyRing.Entry] = []
        for (place, entry) in ring.enumerated() {
            let key = try Self.open(entry.sealed, under: fileKey, authenticated(place))
            entries.append(KeyRing.Entry(id: entry.id, madeAt: Timestamp(milliseconds: entry.madeAt), key: key))
        }
        return KeyRing(entries)
    }

    /// The locks with all that they hold, to write the file anew.
    func locks(under fileKey: SecretBytes) throws(StoreError) -> KeyLocks {
        var held: [CardOpener] = []
        if let openers { held = try CardOpener.decoded(Self.open(openers, under: fileKey, stated("openers"))) }
        var secret: SecretBytes?
        if let authority { secret = try Self.open(authority, under: fileKey, stated("authority")) }
        return KeyLocks(
            lock: lock, sealed: self.fileKey, cards: cards, fileKey: fileKey, openers: held, authority: secret,
            hasStore: hasStore == true)
    }

    private var isBounded: Bool {
        version == 3 && lock.isBounded && (lock.kind == .machine) == (lock.chip != nil)
            && fileKey.count == RecordCipher.sealedKeyLength && (1...2).contains(ring.count) && retired.count <= 8
            && ring.allSatisfy { $0.sealed.count == RecordCipher.sealedKeyLength && $0.id.utf8.count <= 64 }
            && (cards?.isBounded ?? true) && (cards == nil || lock.kind == .machine)
            && (cards == nil) == (openers == nil) && hasStore != false
            && (authority?.count ?? RecordCipher.sealedKeyLength)
                == RecordCipher.sealedKeyLength
    }

    /// What the file says beside what it seals.
    private func stated(_ part: String) -> [UInt8] {
        var bytes = Array("draagbaar-loket store key 3".utf8)
        for field in [lock.authenticated, Array(fileKey), cards?.authenticated ?? [], Array(cards?.fileKey ?? Data())] {
            bytes.append(delimited: field)
        }
        let slots = retired.map(\.text).joined(separator: ",")
        let keys = ring.map { "\($0.id) \($0.madeAt)" }.joined(separator: ",")
        for field in ["\(lockedAt)", slots, keys, part] { bytes.append(delimited: Array(field.utf8)) }
        if hasStore == true { bytes.append(delimited: Array("store".utf8)) }
        return bytes
    }

    private func authenticated(_ place: Int) -> [UInt8] {
        var bytes = stated("\(place)")
        for field in [openers, authority] { bytes.append(delimited: field ?? Data()) }
        return bytes
    }

    private static func seal(
        _ content: UnsafeRawBufferPointer, under key: SecretBytes, _ associated: [UInt8]
    ) throws(StoreError) -> Data {
        guard let sealed = RecordCipher.seal(content, under: key, authenticating: associated) else {
            throw .unwritable(name)
        }
        return Data(sealed)
    }

    private static func open(
        _ sealed: Data, under key: SecretBytes, _ associated: [UInt8]
    ) throws(StoreError) -> SecretBytes {
        guard let content = try SecretKey.opened(sealed, under: key, authenticating: associated) else {
            throw .keyDamaged
        }
        return content
    }
}
