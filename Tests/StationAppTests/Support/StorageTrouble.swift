import OfflineCache
import Synchronization

/// A disk that can be made to fail at one step of the store, and mended again.
final class StorageTrouble: Sendable {
    private let failing = Mutex<[String: StoreError]>([:])

    var probe: StorageProbe {
        StorageProbe { [self] step throws(StoreError) in
            if let error = failing.withLock({ $0[step.description] }) { throw error }
        }
    }

    func fail(_ operation: StoreOperation, at moment: StorageStep.Moment, with error: StoreError) {
        failing.withLock { $0["\(operation.rawValue).\(moment.rawValue)"] = error }
    }

    func mend() { failing.withLock { $0 = [:] } }
}
