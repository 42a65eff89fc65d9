import EnrolmentCore

/// The open key of a store, with what it takes to write `store.key` anew; made by `StoreKeys`.
///
/// A lost passphrase, a lost machine: nothing in here, and nobody, opens the drafts then. There is no second
/// way in on purpose; what was sealed as a packet needs none of this, since only central can open it.
package struct StoreKey: Sendable {
    let ring: KeyRing
    /// The key under the lock, and the file that it was read from or written to; nil for a file of version 1.
    let current: Current?
    /// Of `store.key` when it was read: another process may have replaced it since.
    let digest: String

    struct Current: Sendable {
        let file: KeyFile
        let wrapping: SecretBytes
    }

    /// Whether something is left to be put right that only an open store can: `StoreKeys.settle`.
    var isSettled: Bool {
        guard let current else { return false }
        return current.file.ring.count == 1 && current.file.retired.isEmpty
    }

    /// Zeroes all of it: nothing is sealed or opened with it any more.
    package func wipe() {
        current?.wrapping.wipe()
        ring.wipe()
    }

    /// Zeroes the key under the lock; the store keys themselves stay with the vault.
    package func forgetWrapping() { current?.wrapping.wipe() }
}
