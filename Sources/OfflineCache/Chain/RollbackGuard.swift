package import EnrolmentCore
import GRDB

/// Tells an older copy of the data folder from the folder itself without any network, where the machine has a
/// counter that only goes up.
///
/// The store writes what the counter shall stand at and commits, then the counter is counted up. So it stands
/// where the folder says, or one below it when power went in between; when it stands higher, the folder is an
/// older copy. It is counted up at each opening and with each packet, about as often as a packet is sealed:
/// an image taken before the last of these is found.
///
/// Each call waits for the chip on the store's own thread.
package struct RollbackGuard: Sendable {
    private let store: Store
    private let safe: any MachineCounting

    package init(_ store: Store, safe: any MachineCounting) {
        self.store = store
        self.safe = safe
    }

    /// Compares the folder with the counter and counts up: at each opening, and after each packet that was
    /// sealed. It makes the counter where there is none yet.
    ///
    /// An older copy is noted in the journal and marked, so that nothing is sealed in it.
    ///
    /// - Throws: `machineChanged` when the counter is another machine's, or stands lower than it ever can.
    @discardableResult
    package func check() async throws(StoreError) -> RollbackFinding {
        try await store.perform { [safe] store, database in
            guard let held = try Held.fetch(database) else {
                try Self.makeCounter(safe, store, database)
                return .counterMade
            }
            guard held.isWhole else {
                // What the folder says about it was changed: as if it said too little.
                try Self.begin(behind: held, safe, store, database)
                return .olderCopy(missedSteps: 0)
            }
            let found = try Self.ask { () throws(MachineSafeError) in try safe.value(of: held.counter) }
            let finding = try Self.compare(held, with: found, store, database)
            // Power went between the commit and the chip.
            if found < held.value { try Self.advance(held.counter, to: held.value, safe) }
            try Self.countUp(held.counter, to: max(held.value, found) + 1, safe, store, database)
            return finding
        }
    }

    /// What the store has written about the counter.
    private struct Held {
        let counter: MachineCounter
        let value: UInt64
        let isWhole: Bool

        static func fetch(_ database: Database) throws -> Held? {
            let sql = "SELECT place, value, \(SealedTable.machineCounter.isWhole) AS is_whole FROM machine_counter"
            guard let row = try Row.fetchOne(database, sql: sql) else { return nil }
            let place = UInt32(exactly: try row.value("place") as Int64)
            let value = UInt64(exactly: try row.value("value") as Int64)
            // The kit writes no others.
            let isWhole = try place != nil && value != nil && row.value("is_whole")
            return Held(counter: MachineCounter(index: place ?? 0), value: value ?? 0, isWhole: isWhole)
        }
    }

    private static func compare(
        _ held: Held, with found: UInt64, _ store: Store, _ database: Database
    ) throws -> RollbackFinding {
        guard found > held.value else {
            guard held.value - found <= 1 else { throw StoreError.machineChanged(.unknownSlot) }
            return .newest
        }
        try note(found, store, database)
        return .olderCopy(missedSteps: found - held.value)
    }

    /// Notes an older copy, and goes on with the counter of which the row speaks, or with a new one where the chip
    /// knows no such counter.
    private static func begin(
        behind held: Held, _ safe: any MachineCounting, _ store: Store, _ database: Database
    ) throws {
        let counter = try ask { () throws(MachineSafeError) -> MachineCounter in
            do throws(MachineSafeError) {
                _ = try safe.value(of: held.counter)
                return held.counter
            } catch .unknownSlot {
                return try safe.makeCounter()
            }
        }
        let found = try ask { () throws(MachineSafeError) in try safe.value(of: counter) }
        try store.commit(.findRollback, database) {
            try ManifestChain.note(.machine, central: nil, in: store, database)
            try database.execute(
                sql: "UPDATE machine_counter SET place = ?", arguments: [Int64(counter.index)])
            try write(found, database)
        }
        try store.probe.reached(.committed, of: .findRollback)
        try countUp(counter, to: found + 1, safe, store, database)
    }

    private static func note(_ found: UInt64, _ store: Store, _ database: Database) throws {
        try store.commit(.findRollback, database) {
            try ManifestChain.note(.machine, central: nil, in: store, database)
            try write(found, database)
        }
        try store.probe.reached(.committed, of: .findRollback)
    }

    private static func countUp(
        _ counter: MachineCounter, to next: UInt64, _ safe: any MachineCounting, _ store: Store, _ database: Database
    ) throws {
        try store.commit(.countUp, database) { try write(next, database) }
        try store.probe.reached(.committed, of: .countUp)
        try advance(counter, to: next, safe)
        try store.probe.reached(.counted, of: .countUp)
    }

    private static func advance(_ counter: MachineCounter, to value: UInt64, _ safe: any MachineCounting) throws {
        let reached = try ask { () throws(MachineSafeError) in try safe.advance(counter) }
        guard reached == value else { throw StoreError.machineChanged(.unknownSlot) }
    }

    private static func makeCounter(_ safe: any MachineCounting, _ store: Store, _ database: Database) throws {
        let counter = try ask { () throws(MachineSafeError) in try safe.makeCounter() }
        let value = try ask { () throws(MachineSafeError) in try safe.value(of: counter) }
        try store.commit(.countUp, database) {
            try database.execute(
                sql: "INSERT INTO machine_counter (id, place, value) VALUES (1, ?, ?)",
                arguments: [Int64(counter.index), Int64(clamping: value)])
            try SealedTable.machineCounter.seal(database, 1)
        }
        try store.probe.reached(.committed, of: .countUp)
    }

    private static func write(_ value: UInt64, _ database: Database) throws {
        try database.execute(sql: "UPDATE machine_counter SET value = ?", arguments: [Int64(clamping: value)])
        try SealedTable.machineCounter.seal(database, 1)
    }

    private static func ask<Value>(_ question: () throws(MachineSafeError) -> Value) throws -> Value {
        do throws(MachineSafeError) {
            return try question()
        } catch {
            throw StoreError.machineChanged(error)
        }
    }
}

/// What the machine's counter says about the data folder.
package enum RollbackFinding: Hashable, Sendable {
    /// The first time on this machine: from now on a copy can be told.
    case counterMade
    case newest
    /// How many steps of the counter this folder has not seen.
    case olderCopy(missedSteps: UInt64)
}
