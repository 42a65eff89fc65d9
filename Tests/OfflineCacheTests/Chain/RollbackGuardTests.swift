import EnrolmentCore
import Synchronization
import Testing

@testable import OfflineCache

@Suite("The machine's counter against older copies of the data folder")
struct RollbackGuardTests {
    @Test("the first opening makes the counter, and the newest folder is known as such each time")
    func newest() async throws {
        let folder = try DataFolder()
        let (maker, safe) = (try StoreMaker(folder), InMemoryMachineSafe())
        for opening in 0..<4 {
            let store = try await maker.open()
            #expect(try await RollbackGuard(store, safe: safe).check() == (opening == 0 ? .counterMade : .newest))
            #expect(try await store.chain.mark() == nil)
            store.close()
        }
    }

    @Test("a copy that was taken before the last opening is found, told in the journal, and seals nothing")
    func olderCopy() async throws {
        let folder = try DataFolder()
        let (maker, safe) = (try StoreMaker(folder), InMemoryMachineSafe())
        let first = try await maker.open()
        _ = try await RollbackGuard(first, safe: safe).check()
        first.close()
        let yesterday = try folder.copy()
        let today = try await maker.open()
        let guarding = RollbackGuard(today, safe: safe)
        _ = try await guarding.check()
        _ = try await today.sealPacket("case-1", signatures: Signatures())
        _ = try await guarding.check()
        today.close()

        let old = try await maker.over(yesterday).open()
        #expect(try await RollbackGuard(old, safe: safe).check() == .olderCopy(missedSteps: 2))
        #expect(try await RollbackGuard(old, safe: safe).check() == .newest)
        let mark = try #require(try await old.chain.mark())
        #expect(mark.foundBy == .machine && mark.central == nil && mark.ownSequence == 0)
        let lines = try await old.journal.lines()
        #expect(lines.map(\.event).filter { $0 == .rolledBack }.count == 1)
        await #expect(throws: StoreError.rolledBack) {
            _ = try await old.sealPacket("case-2", signatures: Signatures())
        }
        #expect(try await old.drafts.cases().count == 1)
        // Without central nobody knows what the newer folder sealed.
        #expect(try await old.chain.accept(by: OfficerID("T1")) == .centralNotMet)
        old.close()
    }

    @Test(
        "a counter's row that somebody changed makes the folder an older copy, which opens, and the counter goes on",
        arguments: ["place = place + 40", "place = -1", "value = value - 2", "value = -1", "mac = NULL"])
    func changedRow(_ change: String) async throws {
        let (maker, safe) = (try StoreMaker(try DataFolder()), InMemoryMachineSafe())
        var store = try await maker.open()
        _ = try await RollbackGuard(store, safe: safe).check()
        try await store.perform { _, database in
            try database.execute(
                sql: "PRAGMA ignore_check_constraints = ON; UPDATE machine_counter SET \(change)")
        }
        store.close()
        let recovery: Recovery
        (store, recovery) = try await maker.openReporting()
        #expect(recovery.changedRows.map(\.table) == ["machine_counter"])
        #expect(try await RollbackGuard(store, safe: safe).check() == .olderCopy(missedSteps: 0))
        #expect(try await store.chain.mark()?.foundBy == .machine)
        #expect(try await RollbackGuard(store, safe: safe).check() == .newest)
        store.close()
        store = try await maker.open()
        #expect(try await RollbackGuard(store, safe: safe).check() == .newest)
        store.close()
    }

    @Test("power or the chip may fail at every step: no folder is taken for an older one, and an older one is found")
    func everyStep() async throws {
        var failures = 0
        for step in 0..<16 {
            let folder = try DataFolder()
            let (maker, safe) = (try StoreMaker(folder), InMemoryMachineSafe())
            let first = try await maker.open()
            _ = try await RollbackGuard(first, safe: safe).check()
            first.close()
            let old = try folder.copy()
            let count = Mutex(0)
            let failing = FailingSafe(safe) {
                count.withLock {
                    $0 += 1
                    return $0 - 1 == step
                }
            }
            let probe = StorageProbe { reached throws(StoreError) in
                guard [.countUp, .findRollback].contains(reached.operation) else { return }
                let fails = count.withLock {
                    $0 += 1
                    return $0 - 1 == step
                }
                if fails { throw .unwritable("power") }
            }
            let second = try await maker.open(probe: probe)
            do {
                _ = try await RollbackGuard(second, safe: failing).check()
            } catch {
                failures += 1
            }
            second.close()
            for _ in 0..<2 {
                let next = try await maker.open()
                #expect(try await RollbackGuard(next, safe: safe).check() == .newest, "step \(step)")
                #expect(try await next.chain.mark() == nil, "step \(step)")
                next.close()
            }
            let copy = try await maker.over(old).open()
            guard case .olderCopy = try await RollbackGuard(copy, safe: safe).check() else {
                Issue.record("step \(step): the older copy was not found")
                continue
            }
            copy.close()
        }
        // The chip's value, rows, commit, the chip's step and what follows it.
        #expect(failures == 5)
    }

    @Test("a chip that does not know the counter, or stands lower than it can, is another machine's")
    func otherMachine() async throws {
        let folder = try DataFolder()
        let (maker, safe) = (try StoreMaker(folder), InMemoryMachineSafe())
        let cleared = safe.copy()
        let store = try await maker.open()
        _ = try await RollbackGuard(store, safe: safe).check()
        await #expect(throws: StoreError.machineChanged(.unknownSlot)) {
            _ = try await RollbackGuard(store, safe: cleared).check()
        }
        let earlier = safe.copy()
        for _ in 0..<3 { _ = try await RollbackGuard(store, safe: safe).check() }
        await #expect(throws: StoreError.machineChanged(.unknownSlot)) {
            _ = try await RollbackGuard(store, safe: earlier).check()
        }
        store.close()
    }
}

/// A chip whose counter fails when told so, before it has counted.
private struct FailingSafe: MachineCounting {
    let chip: InMemoryMachineSafe
    let fails: @Sendable () -> Bool

    init(_ chip: InMemoryMachineSafe, fails: @escaping @Sendable () -> Bool) {
        self.chip = chip
        self.fails = fails
    }

    func makeCounter() throws(MachineSafeError) -> MachineCounter { chip.makeCounter() }

    func value(of counter: MachineCounter) throws(MachineSafeError) -> UInt64 {
        if fails() { throw .failed(code: 1) }
        return try chip.value(of: counter)
    }

    func advance(_ counter: MachineCounter) throws(MachineSafeError) -> UInt64 {
        if fails() { throw .failed(code: 1) }
        return try chip.advance(counter)
    }

    func destroy(_ counter: MachineCounter) throws(MachineSafeError) { chip.destroy(counter) }
}
