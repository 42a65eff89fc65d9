import EnrolmentCore
import FoundationEssentials

/// `store.key` as the second release wrote it: the store keys sealed under one lock, which named no chip. It is
/// only read, and replaced by version 3 at the first opening.
struct KeyFileVersion2: Hashable, Sendable, Codable {
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
    var ring: [Entry]
    /// Places in the machine's safe that are no longer needed and not yet known to be destroyed.
    let retired: [MachineSlot]

    /// Nil when it is no file of this version, or asks for more work than a key may.
    init?(_ bytes: [UInt8]) {
        guard let file = try? JSONDecoder().decode(KeyFileVersion2.self, from: Data(bytes)), file.isBounded
        else { return nil }
        self = file
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
        return version == 2 && lock.isBounded && lock.chip == nil && (1...2).contains(ring.count) && retired.count <= 8
            && ring.allSatisfy { $0.sealed.count == length && $0.id.utf8.count <= 64 }
    }

    func authenticated(_ place: Int) -> [UInt8] {
        var bytes = Array("draagbaar-loket store key 2".utf8)
        bytes.append(delimited: lock.authenticated)
        let slots = retired.map(\.text).joined(separator: ",")
        let keys = ring.map { "\($0.id) \($0.madeAt)" }.joined(separator: ",")
        for part in ["\(lockedAt)", slots, keys, "\(place)"] { bytes.append(delimited: Array(part.utf8)) }
        return bytes
    }
}
