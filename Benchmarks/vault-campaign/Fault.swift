import ArgumentParser
import Glibc

/// A way in which a call on a file can fail.
enum Fault: String, CaseIterable, ExpressibleByArgument {
    case inputOutput = "EIO"
    case noSpace = "ENOSPC"
    case quota = "EDQUOT"
    case readOnly = "EROFS"
    case shortWrite = "short"
    case noMemory = "ENOMEM"
    /// SQLite's own allocations, which are counted by themselves.
    case allocation = "malloc"

    /// For the shim.
    var code: Int32 {
        switch self {
        case .inputOutput: EIO
        case .noSpace: ENOSPC
        case .quota: EDQUOT
        case .readOnly: EROFS
        case .shortWrite: FileOperations.shortWrite
        case .noMemory, .allocation: ENOMEM
        }
    }

    /// Whether a call of this kind can fail so; the same as in `shim/file_operations.c`.
    func isPossible(for call: FileOperations.Call) -> Bool {
        switch self {
        case .inputOutput: true
        case .noMemory: call != .close
        case .shortWrite: call == .write
        case .noSpace, .quota:
            [.create, .write, .truncate, .rename, .makeFolder, .sync, .syncFolder, .allocate, .close].contains(call)
        case .readOnly:
            [.create, .write, .truncate, .rename, .remove, .makeFolder, .sync, .allocate].contains(call)
        case .allocation: false
        }
    }
}

/// What came of one day in which one call failed.
enum FaultOutcome: String, CaseIterable {
    /// Nobody noticed: the call is repeated, or what it does is not needed.
    case absorbed
    /// A named error, and the next try on the same open store went on to the end.
    case wentOn
    /// A named error, and the store had to be opened anew.
    case reopened
    /// The program ended, and left a store that was whole: what GRDB does at some places where SQLite has no memory.
    /// Without the store's reserve only.
    case ended
    case stuck
    case unnamed
    case lost
    case crashed
    case hung

    var isGood: Bool { [.absorbed, .wentOn, .reopened].contains(self) }
}
