import Glibc

/// Bytes that must leave no trace: a PIN or a passphrase while somebody types it.
///
/// They lie in pages of their own, locked in memory, left out of core files, and zero in a child
/// process; they are zeroed by `wipe` and at the latest when the last owner lets go. Whoever copies
/// them into an array gives all of that up, so they are only lent, to one closure at a time.
///
/// Two values are equal when they are the same memory: comparing contents is nobody's business.
package final class SecretBytes: Sendable {
    /// No PIN block and no passphrase is longer; one page.
    package static let capacity = 4096

    private let storage: Locked
    /// Whether the kernel has promised to keep the bytes out of the swap area; false where the limit of
    /// locked memory is reached.
    package let isLocked: Bool

    /// An empty one.
    ///
    /// - Throws: `SecretMemoryError` when there is no memory.
    package init() throws(SecretMemoryError) {
        let pages = mmap(nil, Self.capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let pages, pages != MAP_FAILED else { throw SecretMemoryError() }
        isLocked = mlock(pages, Self.capacity) == 0
        madvise(pages, Self.capacity, Self.dontDump)
        madvise(pages, Self.capacity, Self.wipeOnFork)
        storage = Locked(pages)
    }

    // Not all of Glibc's headers show these to Swift; linux/mman.h.
    private static let dontDump: Int32 = 16
    private static let wipeOnFork: Int32 = 18

    deinit {
        storage.use { base, count in
            explicit_bzero(base, Self.capacity)
            munlock(base, Self.capacity)
            munmap(base, Self.capacity)
            count = 0
        }
    }

    package var count: Int { storage.use { _, count in count } }
    package var isEmpty: Bool { count == 0 }

    /// Adds one byte; false when it is full.
    @discardableResult
    package func append(_ byte: UInt8) -> Bool {
        storage.use { base, count in
            guard count < Self.capacity else { return false }
            base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
            count += 1
            return true
        }
    }

    /// Takes the last byte away, if there is one.
    package func removeLast() {
        storage.use { base, count in
            guard count > 0 else { return }
            count -= 1
            base.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
        }
    }

    /// Zeroes all of it; it is empty and can be used again.
    package func wipe() {
        storage.use { base, count in
            explicit_bzero(base, Self.capacity)
            count = 0
        }
    }

    /// Lends the bytes to `body`; the pointer must not leave it.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.use { base, count throws(Failure) in
            try body(UnsafeRawBufferPointer(start: base, count: count))
        }
    }

    /// Lends room for `count` bytes, which hold what was there and zeroes beyond it; nil when that is
    /// more than fits. The bytes are then what `body` left.
    package func fill<Result, Failure: Error>(
        count wanted: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard (0...Self.capacity).contains(wanted) else { return nil }
        return try storage.use { base, count throws(Failure) in
            count = wanted
            return try body(UnsafeMutableRawBufferPointer(start: base, count: wanted))
        }
    }

    /// The memory and how much of it is used, one caller at a time.
    private final class Locked: @unchecked Sendable {
        // Everything is reached under the mutex.
        private let base: UnsafeMutableRawPointer
        private var count = 0
        private let mutex: UnsafeMutablePointer<pthread_mutex_t>

        init(_ base: UnsafeMutableRawPointer) {
            self.base = base
            mutex = .allocate(capacity: 1)
            mutex.initialize(to: pthread_mutex_t())
            pthread_mutex_init(mutex, nil)
        }

        deinit {
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
        }

        func use<Result, Failure: Error>(
            _ body: (UnsafeMutableRawPointer, inout Int) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(base, &count)
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
