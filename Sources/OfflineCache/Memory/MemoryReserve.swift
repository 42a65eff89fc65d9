import CSQLiteMemory

/// What SQLite is served from when the machine gives no more memory, for as long as the operation lasts that has begun.
///
/// SQLite takes a failed allocation back cleanly; the library between it and the store does not always: it ends the
/// program, or reads an empty value where there was one. So no operation meets a failed allocation. One that runs
/// comes to its end on the reserve, wholly, and the next is refused by name until the machine gives as much again
/// (`Store.requireMemory`).
package enum MemoryReserve {
    /// Of the reserve, bytes: more than twice what any operation wants, so that none empties it.
    ///
    /// `vault-campaign memory` measures that: 3.1 MB for the save of a draft of a megabyte and for a rotation with one,
    /// 2.8 MB at most elsewhere with 10,000 packets in the queue, of which 2 MB are pages that SQLite keeps (its
    /// `cache_size`).
    package static let byteCount = 8 << 20

    /// What an operation holds beside the record that it writes, as generously.
    private static let work = 4 << 20

    /// Of a record that is written SQLite holds its argument, its row, and what it was read from before.
    private static let copies = 3

    /// Bytes for an operation that writes a record of so many bytes.
    static func byteCount(forWriting count: Int) -> Int { max(byteCount, work + copies * count) }

    /// Makes sure that so much is there and unused; one comparison where it is.
    ///
    /// - Throws: `memoryShort` where the machine does not give it; `unsafeSetting` where SQLite would not ask for it.
    static func prepare(_ count: Int) throws(StoreError) {
        if csqlitememory_prepare(count) { return }
        guard csqlitememory_is_installed() else { throw .unsafeSetting(name: "memory reserve", found: "none") }
        throw .memoryShort
    }

    /// Whether something was taken from it since it was last made sure of.
    static var isTouched: Bool { csqlitememory_is_touched() }

    /// What SQLite needed of memory since this was last asked, for campaigns.
    package struct Figures: Hashable, Sendable {
        /// The most that it held at once, from whomever; bytes.
        package let mostHeld: Int
        /// The most of it that was in the reserve; bytes.
        package let mostReserved: Int
        /// Allocations since the program began that the reserve could not serve either.
        package let refusals: Int
    }

    /// Reads the figures, and begins to measure anew.
    package static func takeFigures() -> Figures {
        Figures(
            mostHeld: csqlitememory_most_held(), mostReserved: csqlitememory_most_used(),
            refusals: csqlitememory_refusals())
    }

    /// Lets the machine refuse all memory to SQLite for as long as `body` runs, in the whole program: for campaigns.
    package static func withoutMachine<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        csqlitememory_pretend_shortage(true)
        defer { csqlitememory_pretend_shortage(false) }
        return try await body()
    }
}
