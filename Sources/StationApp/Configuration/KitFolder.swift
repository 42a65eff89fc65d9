package import EnrolmentCore
package import Foundation
package import OfflineCache
package import SyncProtocol
import TrustedPlatform

/// The data folder of a provisioned kit: the store, and the kit's own keys sealed beside it.
///
/// `kit.sealed` holds the kit bundle under the store key, so that nothing in the folder says more to a
/// thief than which kit it is.
package struct KitFolder: Sendable {
    package let url: URL
    /// Of this machine, where it has one.
    let safe: (any MachineSafe)?

    /// - Parameter safe: where a machine lock keeps its secret; the machine's own chip, but for tests.
    package init(_ url: URL, safe: (any MachineSafe)? = KitFolder.machineSafe()) {
        self.url = url
        self.safe = safe
    }

    /// The machine's own chip; another where `LOKET_TPM` says so, as tpm2-tss writes it (`swtpm:port=2321`).
    package static func machineSafe(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> (any MachineSafe)? {
        guard let named = environment["LOKET_TPM"], !named.isEmpty else { return TrustedPlatform.attached() }
        return TrustedPlatform(transport: named)
    }

    /// `LOKET_HOME`, else `loket` in the user's data folder.
    package static func standard(environment: [String: String]) -> KitFolder {
        if let home = environment["LOKET_HOME"], !home.isEmpty { return KitFolder(URL(filePath: home)) }
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
        let fallback = FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share")
        return KitFolder((data ?? fallback).appending(path: "loket"))
    }

    package var isProvisioned: Bool {
        FileManager.default.fileExists(atPath: url.appending(path: SealedRecordFile.kit.name).path)
    }

    /// Whether the keys were destroyed on purpose, or are being.
    package var isErased: Bool {
        FileManager.default.fileExists(atPath: url.appending(path: ErasureRecord.fileName).path)
    }

    /// Where sealed packets lie until their receipt is there.
    package var packets: URL { url.appending(path: "packets") }

    /// Makes this laptop the kit of a bundle: a new store key under the passphrase, and the bundle
    /// sealed with it. A folder that is provisioned already is left as it is.
    ///
    /// Nobody opens what this kit keeps without the passphrase, and under a machine lock nobody opens it on
    /// another laptop: there is no second way in.
    ///
    /// Under a machine lock the chip is told to limit guesses, where nobody has told it yet.
    ///
    /// - Returns: what the chip then says; nil without a machine lock.
    /// - Throws: `FailureReport` of the store; `store.keyExists` when it is provisioned.
    @discardableResult
    package func provision(
        _ bundle: KitBundle, passphrase: SecretBytes, lock: LockWish = .passphrase(.standard), clock: any WallClock
    ) async throws(FailureReport) -> ChipProtection? {
        guard !isProvisioned else {
            throw FailureReport(.store(.keyExists), detail: "provisioned already", kept: .draft)
        }
        return try await apart(kept: .nothingToKeep) {
            let parent = url.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            let keys = keys(clock: clock)
            var key = try storeKey(keys, passphrase, lock)
            defer { key.forgetWrapping() }
            var protection: ChipProtection?
            // That the chip is not to be told is no reason to have no kit: what it then says is reported.
            if try keys.protection()?.limit.isClosed == false, let done = try? keys.protectChip(key) {
                (key, protection) = done
            } else {
                protection = try keys.protection()
            }
            try SealedRecordFile.kit.write(try bundle.encoded(), in: url.path, under: key)
            return protection
        }
    }

    /// A new store key; the one that is there when an earlier provisioning was broken off behind it.
    private func storeKey(
        _ keys: StoreKeys, _ passphrase: SecretBytes, _ lock: LockWish
    ) throws(StoreError) -> StoreKey {
        do throws(StoreError) {
            return try keys.create(under: passphrase, lock: lock)
        } catch .keyExists {
            return try keys.open(with: passphrase)
        }
    }

    /// Whether a passphrase opens this kit, for the locked screen; takes as long as a guess must cost, and
    /// under a machine lock counts as one.
    ///
    /// - Throws: why it does not.
    package func prove(passphrase: SecretBytes) async throws(FailureReport) {
        try await apart(kept: .draft) { try keys(clock: SystemClock()).open(with: passphrase).wipe() }
    }

    /// Opens the kit's keys and the store, and puts right what a power cut left of both.
    package func open(
        passphrase: SecretBytes, clock: any WallClock, probe: StorageProbe = .none
    ) async throws(FailureReport) -> OpenKit {
        let (kit, key) = try await openWithKey(passphrase: passphrase, clock: clock, probe: probe)
        key.forgetWrapping()
        return kit
    }

    /// The same for what changes the key: with it, settled; `forgetWrapping` is the caller's to do.
    func openWithKey(
        passphrase: SecretBytes, clock: any WallClock, probe: StorageProbe = .none
    ) async throws(FailureReport) -> (kit: OpenKit, key: StoreKey) {
        let keys = keys(clock: clock, probe: probe)
        guard isProvisioned || isErased else { throw notProvisioned() }
        let key = try await apart(kept: .draft) { try keys.open(with: passphrase) }
        return try await open(with: key, keys, passphrase: passphrase, clock: clock, probe: probe)
    }

    /// Where other parts of a kit lie, it was one: nobody is told then that there is nothing to lose.
    func notProvisioned() -> FailureReport {
        let isEmpty = (try? StoreRemains(in: url.path).isEmpty) ?? false
        return isEmpty
            ? FailureReport(.input(.missingConfiguration), detail: "no kit.sealed", kept: .nothingToKeep)
            : StoreError.kitMissing.report(kept: .rest)
    }

    /// What follows once the key is there, by whichever lock.
    func open(
        with key: StoreKey, _ keys: StoreKeys, passphrase: SecretBytes?, clock: any WallClock, probe: StorageProbe
    ) async throws(FailureReport) -> (kit: OpenKit, key: StoreKey) {
        let bundle = try await apart(kept: .draft) {
            try KitBundle(decoding: try SealedRecordFile.kit.read(in: url.path, under: key))
        }
        let (open, settled) = try await settled(key, keys, bundle, passphrase, clock, probe)
        do throws(FailureReport) {
            return (open, try await tidyOpeners(of: open, settled, keys, clock))
        } catch {
            open.store.close()
            throw error
        }
    }

    private func settled(
        _ key: StoreKey, _ keys: StoreKeys, _ bundle: KitBundle, _ passphrase: SecretBytes?, _ clock: any WallClock,
        _ probe: StorageProbe
    ) async throws(FailureReport) -> (kit: OpenKit, key: StoreKey) {
        do throws(StoreError) {
            let kit = Kit(id: bundle.kit, isTraining: bundle.isTraining)
            let (store, recovery) = try await Store.open(
                folder: url.path, kit: kit, sealing: Vault(key), clock: clock, probe: probe)
            do throws(StoreError) {
                let settled = try await keys.settle(key, of: store, with: passphrase)
                let copies = try rollbackGuard(of: store, keys)
                // An older copy still opens: what lies in it must be sent or discarded. It seals nothing.
                try await copies?.check()
                let open = OpenKit(folder: self, bundle: bundle, store: store, recovery: recovery, copies: copies)
                return (open, settled)
            } catch {
                store.close()
                throw error
            }
        } catch {
            throw error.report(kept: .draft)
        }
    }

    /// Where the key is the machine's, so is a counter that no copy of the disk takes back.
    private func rollbackGuard(of store: Store, _ keys: StoreKeys) throws(StoreError) -> RollbackGuard? {
        guard let safe, try keys.status().lock == .machine else { return nil }
        return RollbackGuard(store, safe: safe)
    }

    func keys(clock: any WallClock, probe: StorageProbe = .none) -> StoreKeys {
        StoreKeys(in: url.path, safe: safe, clock: clock, probe: probe)
    }

    /// Runs what takes its time, or waits for the machine's chip, on a thread of its own.
    func apart<Value: Sendable>(
        kept: FailureReport.Kept, _ work: @escaping @Sendable () throws -> Value
    ) async throws(FailureReport) -> Value {
        let result: Result<Value, FailureReport> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: Result { try work() }.mapError { Self.report($0, kept: kept) })
            }
        }
        return try result.get()
    }

    private static func report(_ error: any Error, kept: FailureReport.Kept) -> FailureReport {
        switch error {
        case let report as FailureReport: report
        case let error as StoreError: error.report(kept: kept)
        default: FailureReport(.store(.unreadable), detail: SealedRecordFile.kit.name, kept: kept)
        }
    }
}
