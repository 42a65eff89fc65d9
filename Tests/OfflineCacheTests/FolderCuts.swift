import Synchronization

@testable import OfflineCache

/// Takes a copy of a folder at every step that its store takes.
final class FolderCuts: Sendable {
    private let bench: KeyBench
    private let taken = Mutex<[KeyBench]>([])

    init(_ bench: KeyBench) { self.bench = bench }

    var all: [KeyBench] { taken.withLock { $0 } }

    var probe: StorageProbe {
        StorageProbe { [self] _ throws(StoreError) in
            guard let copy = try? bench.copy() else { throw .unwritable("a copy") }
            taken.withLock { $0.append(copy) }
        }
    }

    /// Fails at the first step of this kind.
    func failing(at moment: StorageStep.Moment) -> StorageProbe {
        StorageProbe { step throws(StoreError) in
            if step.moment == moment { throw .diskFull }
        }
    }
}
