import CSodium
import EnrolmentCore
import FoundationEssentials

/// `store.key`, version 2, as it lies on disk: JSON that states the lock, and the store keys sealed under it.
///
/// Everything that the file states is authenticated with each key, so that no part of it can be changed or
/// taken from another file.
struct KeyFile: Hashable, Sendable, Codable {
    static let name = "store.key"
    /// A ring of two under a machine lock takes some 700.
    static let largestByteCount = 4096

    struct Entry: Hashable, Sendable, Codable {
        let id: String
        /// Milliseconds since 1970.
        let madeAt: Int64
        var sealed = Data()
    }

    var version = 2
    let lock: KeyLock
    /// Milliseconds since 1970.
    let lockedAt: Int64
    /// The key to seal with comes first; a second one while a rotation is under way.
    private(set) var ring: [Entry]
    /// Places in the machine's safe that are no longer needed and not yet known to be destroyed.
    let retired: [MachineSlot]

    /// Seals `ring` under the key of the lock.
    init(
        _ ring: [KeyRing.Entry], lock: KeyLock, lockedAt: Timestamp, retired: [MachineSlot], wrapping: SecretBytes
    ) throws(StoreError) {
        self.lock = lock
        self.lockedAt = lockedAt.milliseconds
        self.retired = retired
        self.ring = ring.map { Entry(id: $0.id, madeAt: $0.madeAt.milliseconds) }
        for (place, entry) in ring.enumerated() {
            let associated = authenticated(place)
            let sealed = entry.key.withBytes { RecordCipher.seal($0, under: wrapping, authenticating: associated) }
            guard let sealed else { throw .unwritable(Self.name) }
            self.ring[place].sealed = Data(sealed)
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
        guard let data = try? encoder.encode(self) else { throw .unwritable(Self.name) }
        return Array(data)
    }

    /// Opens every key of the ring.
    ///
    /// - Throws: `wrongPassphrase`; under a machine lock, where the chip has said that the passphrase is
    ///   right, `keyDamaged`.
    func open(with wrapping: SecretBytes) throws(StoreError) -> KeyRing {
        var entries: [KeyRing.Entry] = []
        for (place, entry) in ring.enumerated() {
            let key = try SecretKey.empty()
            let isOpen = key.fill(count: SecretKey.length) { room in
                RecordCipher.open(
                    Array(entry.sealed)[...], under: wrapping, authenticating: authenticated(place), into: room)
            }
            guard isOpen == true else { throw lock.kind == .machine ? .keyDamaged : .wrongPassphrase }
            entries.append(
                KeyRing.Entry(id: entry.id, madeAt: Timestamp(milliseconds: entry.madeAt), key: key))
        }
        return KeyRing(entries)
    }

    private var isBounded: Bool {
        let length = RecordCipher.nonceLength + SecretKey.length + RecordCipher.tagLength
        return version == 2 && lock.isBounded && (1...2).contains(ring.count) && retired.count <= 8
            && ring.allSatisfy { $0.sealed.count == length && $0.id.utf8.count <= 64 }
    }

    private func authenticated(_ place: Int) -> [UInt8] {
        var bytes = Array("draagbaar-loket store key 2".utf8)
        bytes.append(delimited: lock.authenticated)
        let slots = retired.map(\.text).joined(separator: ",")
        let keys = ring.map { "\($0.id) \($0.madeAt)" }.joined(separator: ",")
        for part in ["\(lockedAt)", slots, keys, "\(place)"] { bytes.append(delimited: Array(part.utf8)) }
        return bytes
    }
}

/// From the kernel's generator.
func randomBytes(_ count: Int) throws(StoreError) -> [UInt8] {
    guard sodium_init() >= 0 else { throw .unwritable("a key (no cipher library)") }
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
}
