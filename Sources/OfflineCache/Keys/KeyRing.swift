import EnrolmentCore
import Synchronization

/// The store keys that are open: one, and while a rotation is under way the one before it.
///
/// Shared by whoever seals records, so that a rotation reaches a store that is open.
final class KeyRing: Sendable {
    struct Entry: Sendable {
        /// 16 hex digits, at random: names the key in reports.
        let id: String
        let madeAt: Timestamp
        let key: SecretBytes
    }

    private let entries: Mutex<[Entry]>

    init(_ entries: [Entry]) { self.entries = Mutex(entries) }

    /// The one to seal with comes first.
    var all: [Entry] { entries.withLock { $0 } }

    /// Puts a new key in front.
    func add(_ entry: Entry) { entries.withLock { $0.insert(entry, at: 0) } }

    /// Wipes every key but the first.
    func dropOld() {
        entries.withLock { entries in
            for old in entries.dropFirst() { old.key.wipe() }
            entries = Array(entries.prefix(1))
        }
    }

    /// Wipes them all: nothing can be sealed or opened any more.
    func wipe() {
        entries.withLock { entries in
            for entry in entries { entry.key.wipe() }
            entries = []
        }
    }
}
