import EnrolmentCore

/// The open key of a store, with what it takes to write `store.key` anew; made by `StoreKeys`.
///
/// A lost passphrase, a lost machine: nothing in here, and nobody, opens the drafts then. There is no second
/// way in on purpose; what was sealed as a packet needs none of this, since only central can open it.
package struct StoreKey: Sendable {
    let ring: KeyRing
    /// The file that it was read from or written to, and the key of it; nil for a file of an older version.
    let current: Current?
    /// A file of version 2, and the key under its lock.
    var older: Older?
    /// Of `store.key` when it was read: another process may have replaced it since.
    let digest: String

    struct Current: Sendable {
        let file: KeyFile
        let fileKey: SecretBytes
    }

    struct Older: Sendable {
        let file: KeyFileVersion2
        let wrapping: SecretBytes
    }

    /// Whether something is left to be put right that only an open store can: `StoreKeys.settle`.
    var isSettled: Bool {
        guard let current else { return false }
        return current.file.ring.count == 1 && current.file.retired.isEmpty
    }

    /// Zeroes all of it: nothing is sealed or opened with it any more.
    package func wipe() {
        forgetWrapping()
        ring.wipe()
    }

    /// Zeroes what the file is written anew with; the store keys themselves stay with the vault.
    package func forgetWrapping() {
        current?.fileKey.wipe()
        older?.wrapping.wipe()
    }
}
