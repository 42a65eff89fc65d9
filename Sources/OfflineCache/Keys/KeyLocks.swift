import EnrolmentCore
import FoundationEssentials

/// The locks of a `store.key`, and what lies under the key of the file beside the store keys: all that it takes to
/// write the file anew.
struct KeyLocks: Sendable {
    let lock: KeyLock
    /// The key of the file under `lock`.
    let sealed: Data
    let cards: CardLock?
    let fileKey: SecretBytes
    let openers: [CardOpener]
    let authority: SecretBytes?
    /// Whether a store was opened with the key, and so must be there: what the file says of it.
    let hasStore: Bool

    /// The places in the machine's safe that the locks lie in.
    var slots: [MachineSlot] {
        [lock.slot, cards.map { MachineSlot(index: $0.index, measurements: []) }].compactMap(\.self)
    }

    /// The same with another lock of cards, or none.
    func with(_ cards: CardLock?, of openers: [CardOpener]) -> KeyLocks {
        KeyLocks(
            lock: lock, sealed: sealed, cards: cards, fileKey: fileKey, openers: cards == nil ? [] : openers,
            authority: authority, hasStore: hasStore)
    }

    func with(authority: SecretBytes) -> KeyLocks {
        KeyLocks(
            lock: lock, sealed: sealed, cards: cards, fileKey: fileKey, openers: openers, authority: authority,
            hasStore: hasStore)
    }

    /// The same beside a store that was opened, or not yet.
    func with(store hasStore: Bool) -> KeyLocks {
        KeyLocks(
            lock: lock, sealed: sealed, cards: cards, fileKey: fileKey, openers: openers, authority: authority,
            hasStore: hasStore)
    }
}
