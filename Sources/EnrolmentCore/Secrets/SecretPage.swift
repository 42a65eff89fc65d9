import Glibc

/// One page of memory for a secret, straight from the kernel.
///
/// It is no part of any heap, so that no allocator keeps, moves or hands on what was in it. Where the
/// kernel does not know one of the wishes (none is younger than Linux 4.14), the page is had without it:
/// a PIN that cannot be typed at all helps nobody.
// @unchecked: who may touch the bytes when is `SecretBytes`' to say; everything else is constant.
final class SecretPage: @unchecked Sendable {
    typealias Observer = @Sendable (UnsafeRawBufferPointer) -> Void

    static let size = 4096

    let bytes: UnsafeMutableRawBufferPointer
    /// Whether the kernel keeps it out of the swap area.
    let isLocked: Bool
    private let observer: Observer?

    init(observer: Observer? = nil) throws(SecretMemoryError) {
        let start = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let start, start != MAP_FAILED else { throw SecretMemoryError() }
        bytes = UnsafeMutableRawBufferPointer(start: start, count: Self.size)
        isLocked = mlock(start, Self.size) == 0
        _ = madvise(start, Self.size, Self.dontDump)
        _ = madvise(start, Self.size, Self.wipeOnFork)
        self.observer = observer
    }

    // Of linux/mman.h; not all of Glibc's headers show these to Swift.
    private static let dontDump: Int32 = 16
    private static let wipeOnFork: Int32 = 18

    /// Zeroes the page, or what lies behind the first bytes of it, in a way that no compiler leaves out.
    func zero(from start: Int = 0) {
        guard let base = bytes.baseAddress, (0..<Self.size).contains(start) else { return }
        explicit_bzero(base + start, Self.size - start)
    }

    deinit {
        zero()
        observer?(UnsafeRawBufferPointer(bytes))
        // What is unmapped is unlocked, too.
        munmap(bytes.baseAddress, Self.size)
    }
}
