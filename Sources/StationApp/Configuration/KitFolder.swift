package import EnrolmentCore
package import Foundation
package import OfflineCache
import PacketFormat
package import SyncProtocol

/// The data folder of a provisioned kit: the store, and the kit's own keys sealed beside it.
///
/// `kit.sealed` holds the kit bundle under the store key, so that nothing in the folder says more to a
/// thief than which kit it is.
package struct KitFolder: Sendable {
    private static let bundleName = RecordName(table: "kit", id: "bundle", revision: 1)
    private static let bundleFile = "kit.sealed"

    package let url: URL

    package init(_ url: URL) { self.url = url }

    /// `LOKET_HOME`, else `loket` in the user's data folder.
    package static func standard(environment: [String: String]) -> KitFolder {
        if let home = environment["LOKET_HOME"], !home.isEmpty { return KitFolder(URL(filePath: home)) }
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
        let fallback = FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share")
        return KitFolder((data ?? fallback).appending(path: "loket"))
    }

    package var isProvisioned: Bool {
        FileManager.default.fileExists(atPath: url.appending(path: Self.bundleFile).path)
    }

    /// Where sealed packets lie until their receipt is there.
    package var packets: URL { url.appending(path: "packets") }

    /// Makes this laptop the kit of a bundle: a new store key under the passphrase, and the bundle
    /// sealed with it. A folder that is provisioned already is left as it is.
    ///
    /// - Throws: `FailureReport` of the store; `input.missingConfiguration` when it is provisioned.
    package func provision(_ bundle: KitBundle, passphrase: String) throws(FailureReport) {
        guard !isProvisioned else {
            throw FailureReport(.input(.missingConfiguration), detail: "provisioned already", kept: .draft)
        }
        do {
            let parent = url.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            let sealed = try Vault(try storeKey(passphrase)).seal(try bundle.encoded(), as: Self.bundleName)
            let file = url.appending(path: Self.bundleFile)
            let part = file.appendingPathExtension("part")
            let files = DurableFiles()
            try files.write(part) { try $0(sealed) }
            try files.rename(part, to: file)
        } catch let error as StoreError {
            throw error.report(kept: .nothingToKeep)
        } catch let error as FileFailure where error.isDiskFull {
            throw FailureReport(.store(.diskFull), detail: "kit.sealed", kept: .nothingToKeep)
        } catch {
            throw FailureReport(.store(.unwritable), detail: "kit.sealed", kept: .nothingToKeep)
        }
    }

    /// A new store key; the one that is there when an earlier provisioning was broken off behind it.
    private func storeKey(_ passphrase: String) throws(StoreError) -> StoreKey {
        do throws(StoreError) {
            return try StoreKey.create(in: url.path, passphrase: passphrase)
        } catch .keyExists {
            return try StoreKey.open(in: url.path, passphrase: passphrase)
        }
    }

    /// Whether a passphrase opens this kit, for the locked screen; takes as long as a guess must cost.
    package func accepts(passphrase: String) -> Bool {
        (try? StoreKey.open(in: url.path, passphrase: passphrase)) != nil
    }

    /// Opens the kit's keys and the store.
    package func open(
        passphrase: String, clock: any WallClock, probe: StorageProbe = .none
    ) async throws(FailureReport) -> OpenKit {
        guard isProvisioned else {
            throw FailureReport(.input(.missingConfiguration), detail: "no kit.sealed", kept: .nothingToKeep)
        }
        do {
            let vault = Vault(try StoreKey.open(in: url.path, passphrase: passphrase))
            let sealed = [UInt8](try Data(contentsOf: url.appending(path: Self.bundleFile)))
            let bundle = try KitBundle(decoding: try vault.open(sealed, as: Self.bundleName))
            let kit = Kit(id: bundle.kit, isTraining: bundle.isTraining)
            let (store, recovery) = try await Store.open(
                folder: url.path, kit: kit, sealing: vault, clock: clock, probe: probe)
            return OpenKit(folder: self, bundle: bundle, store: store, recovery: recovery)
        } catch let error as StoreError {
            throw error.report(kept: .draft)
        } catch {
            throw FailureReport(.store(.unreadable), detail: "kit.sealed", kept: .draft)
        }
    }
}

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
