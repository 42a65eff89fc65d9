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

    package init(folder: KitFolder, bundle: KitBundle, store: Store, recovery: Recovery) {
        self.folder = folder
        self.bundle = bundle
        self.store = store
        self.recovery = recovery
    }

    package var kit: Kit { store.kit }
}
