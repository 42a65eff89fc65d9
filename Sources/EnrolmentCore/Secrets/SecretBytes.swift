import Synchronization

/// Bytes that must leave no trace: a PIN or a passphrase while somebody types it.
///
/// They lie in a page of their own, locked in memory, left out of core files, and zero in a child
/// process; they are zeroed by `wipe` and at the latest when the last owner lets go. Whoever copies
/// them into an array gives all of that up, so they are only lent.
///
/// From any thread. `wipe` waits for nobody: a call that hangs in C with the bytes on loan finds zeroes
/// under its hands, and what it writes there is zeroed again when it comes back. Otherwise two threads
/// must not change the same bytes at the same time; nobody types one PIN on two keyboards.
///
/// Two values are equal when they are the same memory: comparing contents is nobody's business.
package final class SecretBytes: Sendable {
    /// No PIN block and no passphrase is longer; one page.
    package static let capacity = SecretPage.size

    private struct Use {
        var count = 0
        var loans = 0
        /// Whether it was wiped while something was on loan.
        var isSpoilt = false
    }

    private let page: SecretPage
    private let use = Mutex(Use())

    /// Whether the kernel has promised to keep the bytes out of the swap area; false where the limit of
    /// locked memory is reached, which is 64 KiB or more on any system that this program runs on.
    package var isLocked: Bool { page.isLocked }

    /// An empty one.
    ///
    /// - Throws: `SecretMemoryError` when there is no memory.
    package init() throws(SecretMemoryError) {
        page = try SecretPage()
    }

    /// - Parameter observer: is handed the page, zeroed, before it goes back to the kernel; for tests that
    ///   look at what was left.
    init(observer: @escaping SecretPage.Observer) throws(SecretMemoryError) {
        page = try SecretPage(observer: observer)
    }

    package var count: Int { use.withLock(\.count) }
    package var isEmpty: Bool { count == 0 }

    /// Adds one byte; false when it is full.
    @discardableResult
    package func append(_ byte: UInt8) -> Bool {
        use.withLock { use in
            guard use.count < Self.capacity else { return false }
            page.bytes[use.count] = byte
            use.count += 1
            return true
        }
    }

    /// Takes the last byte away, if there is one.
    package func removeLast() {
        use.withLock { use in
            guard use.count > 0 else { return }
            use.count -= 1
            page.bytes[use.count] = 0
        }
    }

    /// Zeroes all of it; it is empty and can be used again.
    package func wipe() {
        use.withLock { use in
            page.zero()
            use.count = 0
            use.isSpoilt = use.loans > 0
        }
    }

    /// Lends the bytes to `body`; the pointer must not leave it.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let count = borrow { $0.count }
        defer { giveBack() }
        return try body(UnsafeRawBufferPointer(rebasing: page.bytes[..<count]))
    }

    /// Lends room for `count` bytes, which hold what was there and zeroes beyond it; nil when that is
    /// more than fits. The bytes are then what `body` left.
    package func fill<Result, Failure: Error>(
        count wanted: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard (0...Self.capacity).contains(wanted) else { return nil }
        _ = borrow { use in
            // What is cut off must not come back when it grows again.
            if wanted < use.count { page.zero(from: wanted) }
            use.count = wanted
            return wanted
        }
        defer { giveBack() }
        return try body(UnsafeMutableRawBufferPointer(rebasing: page.bytes[..<wanted]))
    }

    private func borrow(_ body: (inout Use) -> Int) -> Int {
        use.withLock { use in
            use.loans += 1
            return body(&use)
        }
    }

    private func giveBack() {
        use.withLock { use in
            use.loans -= 1
            if use.isSpoilt { page.zero(from: use.count) }
            if use.loans == 0 { use.isSpoilt = false }
        }
    }
}

/// The system gave no memory for a secret.
package struct SecretMemoryError: Error, Hashable, Sendable {}

extension SecretBytes: Hashable {
    package static func == (left: SecretBytes, right: SecretBytes) -> Bool { left === right }
    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension SecretBytes: CustomStringConvertible, CustomReflectable {
    package var description: String { "SecretBytes" }
    /// Without children: a dump or a failed test must not print them.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
