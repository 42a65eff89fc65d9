/// Packs bits, most significant first, into memory that the caller made large enough.
struct WSQBitWriter {
    private let start: UnsafeMutablePointer<UInt8>?
    private var next: UnsafeMutablePointer<UInt8>?
    private var pending: UInt64 = 0
    private var pendingCount: UInt32 = 0

    init(_ start: UnsafeMutablePointer<UInt8>?) {
        self.start = start
        next = start
    }

    /// - Parameter count: at most 32.
    @inline(__always)
    mutating func write(_ bits: UInt64, count: UInt32) {
        pending = pending << UInt64(count) | bits
        pendingCount &+= count
        while pendingCount >= 8 {
            pendingCount &-= 8
            emit(UInt8(truncatingIfNeeded: pending >> UInt64(pendingCount)))
        }
    }

    /// Fills the last byte with ones and gives the number of bytes written.
    mutating func finish() -> Int {
        if pendingCount > 0 {
            let missing = 8 - pendingCount
            write((1 << UInt64(missing)) - 1, count: missing)
        }
        guard let start, let next else { return 0 }
        return next - start
    }

    @inline(__always)
    private mutating func emit(_ byte: UInt8) {
        guard let target = next else { return }
        target.initialize(to: byte)
        if byte == 0xFF {
            (target + 1).initialize(to: 0)
            next = target + 2
        } else {
            next = target + 1
        }
    }
}
