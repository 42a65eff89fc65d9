import Glibc

/// The calls of `shim/file_operations.c`, when this program was started with it in LD_PRELOAD.
///
/// What each does is told in that file.
struct FileOperations: @unchecked Sendable {
    // Function pointers of a library that stays loaded; the library takes turns by a lock of its own.

    /// A kind of call; the same numbers as in the shim.
    enum Call: Int, CaseIterable {
        case open, create, read, write, truncate, rename, remove, makeFolder, sync, syncFolder, look, list, lock, map
        case allocate, close, space
    }

    /// A write that takes half of the bytes and, when it lasts, then finds the disk full.
    static let shortWrite: Int32 = -1

    private let watchCall: @convention(c) (UnsafePointer<CChar>) -> Void
    private let traceCall: @convention(c) (Int32) -> Void
    private let tracedCall: @convention(c) (UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?
    private let markCall: @convention(c) (UnsafePointer<CChar>) -> Void
    private let swallowCall: @convention(c) (Int32) -> Void
    private let countCall: @convention(c) () -> Int
    private let kindCall: @convention(c) (Int) -> Int32
    private let failCall: @convention(c) (Int, Int32, Int32) -> Void
    private let allocationsCall: @convention(c) () -> Int
    private let failAllocationCall: @convention(c) (Int, Int32) -> Void
    private let mendCall: @convention(c) () -> Void
    private let failuresCall: @convention(c) () -> Int

    /// Nil when the shim is not loaded.
    init?() {
        func find<Function>(_ name: String, as: Function.Type) -> Function? {
            dlsym(nil, "file_operations_\(name)").map { unsafeBitCast($0, to: Function.self) }
        }
        guard let watch = find("watch", as: (@convention(c) (UnsafePointer<CChar>) -> Void).self),
            let trace = find("trace", as: (@convention(c) (Int32) -> Void).self),
            let traced = find(
                "traced", as: (@convention(c) (UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?).self),
            let mark = find("mark", as: (@convention(c) (UnsafePointer<CChar>) -> Void).self),
            let swallow = find("swallow_folder_syncs", as: (@convention(c) (Int32) -> Void).self),
            let count = find("count", as: (@convention(c) () -> Int).self),
            let kind = find("call", as: (@convention(c) (Int) -> Int32).self),
            let fail = find("fail", as: (@convention(c) (Int, Int32, Int32) -> Void).self),
            let allocations = find("allocations", as: (@convention(c) () -> Int).self),
            let failAllocation = find("fail_allocation", as: (@convention(c) (Int, Int32) -> Void).self),
            let mend = find("mend", as: (@convention(c) () -> Void).self),
            let failures = find("failures", as: (@convention(c) () -> Int).self)
        else { return nil }
        (watchCall, traceCall, tracedCall, markCall, swallowCall) = (watch, trace, traced, mark, swallow)
        (countCall, kindCall, failCall, mendCall, failuresCall) = (count, kind, fail, mend, failures)
        (allocationsCall, failAllocationCall) = (allocations, failAllocation)
    }

    /// From now on the calls on files below this absolute path are seen, counted from 0.
    func watch(_ folder: String) { watchCall(folder) }
    /// How many calls there were since.
    var count: Int { countCall() }
    func kind(of call: Int) -> Call? { Call(rawValue: Int(kindCall(call))) }
    /// How many of SQLite's allocations there were since.
    var allocations: Int { allocationsCall() }

    func startTrace() { traceCall(1) }
    func mark(_ text: String) { markCall(text) }
    /// What was traced, for `TracedChange`.
    func endTrace() -> [UInt8] {
        traceCall(0)
        var count = 0
        guard let bytes = tracedCall(&count) else { return [] }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// Says that folders have been synchronised without doing it.
    func swallowFolderSyncs() { swallowCall(1) }

    /// Lets a call fail, and when `forGood` all behind it that can fail so, until `mend`.
    func fail(_ call: Int, with error: Int32, forGood: Bool) { failCall(call, error, forGood ? 1 : 0) }
    func failAllocation(_ number: Int, forGood: Bool) { failAllocationCall(number, forGood ? 1 : 0) }
    func mend() { mendCall() }
    /// Calls and allocations that were made to fail.
    var failures: Int { failuresCall() }
}
