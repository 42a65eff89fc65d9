import Glibc

/// How the heap behaves while chunks of 64 KiB, and blocks of them, come and go.
///
/// Glibc gives free memory at the heap's end back to the kernel once it is 128 KiB, which is two chunks:
/// sealing a file would then get and return the same pages for every chunk, and the kernel would clear them
/// each time. That took two thirds of the time of sealing. Pieces of 128 KiB and more it would map one by one, with
/// the same price: it learns better by itself, but no longer once the first limit is set.
enum HeapRoom {
    private typealias Option = @convention(c) (Int32, Int32) -> Int32

    /// `mallopt` is found by its name, since Swift's module of Glibc lacks its header; without it sealing is
    /// slower and otherwise the same.
    private static let kept: Void = {
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let set = unsafeBitCast(symbol, to: Option.self)
        _ = set(trimThreshold, 8 << 20)
        _ = set(mapThreshold, 2 << 20)
    }()

    /// `M_TRIM_THRESHOLD`.
    private static let trimThreshold: Int32 = -1
    /// `M_MMAP_THRESHOLD`.
    private static let mapThreshold: Int32 = -3

    /// Keeps up to 8 MiB for this process, from the first call on.
    static func keep() { _ = kept }
}
