package import EnrolmentCore
package import OfflineCache
package import SyncProtocol

/// A kit whose keys and store are open.
package struct OpenKit: Sendable {
    package let folder: KitFolder
    package let bundle: KitBundle
    package let store: Store
    /// What opening put right after a crash.
    package let recovery: Recovery
    /// Whose card opened it, and so is logged in; nil by the passphrase, and on a kit without a list of officers.
    package private(set) var login: LoginSession?
    /// Tells an older copy of the folder; nil where the machine has nothing to tell it by.
    let copies: RollbackGuard?

    package init(
        folder: KitFolder, bundle: KitBundle, store: Store, recovery: Recovery, copies: RollbackGuard? = nil
    ) {
        self.folder = folder
        self.bundle = bundle
        self.store = store
        self.recovery = recovery
        self.copies = copies
    }

    package var kit: Kit { store.kit }

    func opened(by session: LoginSession) -> OpenKit {
        var kit = self
        kit.login = session
        return kit
    }
}
