import Glibc

/// Where bytes from the keyboard lie until they are decoded: what is typed may be a PIN, so that they are
/// zeroed right after, and copied nowhere.
final class InputBuffer {
    static let capacity = 1024

    private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)

    init() { zero() }

    deinit {
        zero()
        bytes.deallocate()
    }

    /// Reads what is there and lends it to `body`, which must not keep it; nothing at the end of the input.
    func read<Result>(_ descriptor: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        defer { zero() }
        let count = Glibc.read(descriptor, bytes.baseAddress, bytes.count)
        return body(UnsafeRawBufferPointer(rebasing: bytes[..<max(0, count)]))
    }

    private func zero() {
        guard let base = bytes.baseAddress else { return }
        explicit_bzero(base, bytes.count)
    }
}
