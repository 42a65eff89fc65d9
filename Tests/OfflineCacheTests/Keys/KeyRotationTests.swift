import EnrolmentCore
import Foundation
import GRDB
import Synchronization
import Testing

@testable import OfflineCache

@Suite("Rotating and relocking the key")
struct KeyRotationTests {
    static let locks: [LockWish] = [.passphrase(.least), .machine(.least, measurements: [7])]

    @Test("every record opens under the new key, and none under the old one", arguments: locks)
    func rotation(lock: LockWish) async throws {
        let bench = try await KeyBench.filled(lock)
        let before = KeyBench(folder: try bench.folder.copy(), safe: bench.safe)
        let old = try bench.keys().open(with: secret(KeyBench.passphrase))
        let oldKey = old.ring.all[0].key.withBytes { Array($0) }
        try await rotate(bench)
        try await bench.expectWhole()
        let new = try bench.keys().open(with: secret(KeyBench.passphrase))
        #expect(new.ring.all.map(\.id) != old.ring.all.map(\.id))
        #expect(new.ring.all[0].key.withBytes { Array($0) } != oldKey)
        #expect(throws: StoreError.recordDamaged(RecordName(table: "kit", id: "bundle", revision: 1))) {
            try SealedRecordFile.kit.read(in: bench.folder.path, under: old)
        }
        await #expect(throws: StoreError.otherKey) {
            try await Store.open(folder: bench.folder.path, kit: .real, sealing: Vault(old), clock: bench.clock)
        }
        // The folder as it was: what the machine kept for it is gone, what a passphrase alone opens is not.
        if lock.kind == .machine {
            #expect(bench.safe.slotCount == 1)
            #expect(throws: StoreError.machineChanged(.unknownSlot)) {
                try before.keys().open(with: secret(KeyBench.passphrase))
            }
        } else {
            _ = try before.keys().open(with: secret(KeyBench.passphrase))
        }
    }

    @Test("a store that is open goes on through its rotation, with the old key wiped")
    func live() async throws {
        let bench = try await KeyBench.filled()
        let (store, key) = try await bench.open()
        let old = key.ring.all[0].key
        let rotated = try await bench.keys().rotate(key, of: store, under: secret(KeyBench.passphrase))
        #expect(old.isEmpty && key.ring.all.count == 1 && rotated.isSettled)
        #expect(try await store.drafts.draft(of: KeyBench.caseID)?.content == KeyBench.draft)
        let revision = try await store.drafts.save([9], for: KeyBench.caseID, in: VisitID("v1"), after: 1)
        #expect(revision == 2)
        #expect(try await store.journal.lines().contains { $0.event == .keyRotated })
        store.close()
    }

    @Test("the rows fit a new key and the earlier one no more, and one that somebody changed fits neither")
    func rows() async throws {
        let bench = try await KeyBench.filled()
        let (store, key) = try await bench.open()
        let (changed, whole) = (
            try await store.sealPacket("c1", signatures: Signatures()),
            try await store.sealPacket("c2", signatures: Signatures())
        )
        try await store.perform { _, database in
            try database.execute(
                sql: "UPDATE packet SET is_urgent = 1 - is_urgent WHERE id = ?", arguments: [changed.id.description])
            try database.execute(sql: "UPDATE officer_passphrase SET set_at = set_at + 1")
        }
        let earlier = try store.openedSeals.seals
        _ = try await bench.keys().rotate(key, of: store, under: secret(KeyBench.passphrase))
        let later = try store.openedSeals.seals
        #expect(earlier.seal(of: ["a"]) != later.seal(of: ["a"]))
        // As it goes on, and as it opens again.
        try await expectOneOfEachChanged(store, changed.id, whole)
        store.openedSeals.set(earlier)
        let fitting = try await store.perform { _, database in
            try SealedTable.all.flatMap { table in
                try Int.fetchAll(database, sql: "SELECT 1 FROM \(table.name) WHERE \(table.isWhole)")
            }
        }
        #expect(fitting.isEmpty)
        await #expect(throws: StoreError.packetDamaged(whole.id, .rowChanged)) {
            try await store.packets.packet(whole.id)
        }
        store.close()
        let (reopened, _) = try await bench.open()
        try await expectOneOfEachChanged(reopened, changed.id, whole)
        reopened.close()
    }

    private func expectOneOfEachChanged(_ store: Store, _ changed: PacketID, _ whole: QueuedPacket) async throws {
        let rows = try await store.perform { store, database in try store.changedRows(database) }
        #expect(rows == [ChangedRow(table: "officer_passphrase", key: "o-1")])
        await #expect(throws: StoreError.packetDamaged(changed, .rowChanged)) {
            try await store.packets.packet(changed)
        }
        #expect(try await store.packets.packet(whole.id) == whole)
    }

    @Test("can be cut at every step: the next opening finishes it, or finds that it never began", arguments: locks)
    func everyCut(lock: LockWish) async throws {
        let bench = try await KeyBench.filled(lock)
        let cuts = KeyCuts(bench)
        try await rotate(bench, probe: cuts.probe)
        let moments = Set(cuts.all.map(\.step))
        for moment in [StorageStep.Moment.fileRenamed, .rowsWritten, .committed] {
            #expect(moments.contains(StorageStep(operation: .rotateKey, moment: moment)))
        }
        for (number, cut) in cuts.all.enumerated() {
            let label = "cut \(number) at \(cut.step)"
            try await cut.bench.expectWhole(KeyBench.passphrase, label)
        }
    }

    @Test("can fail at every step, and the next opening puts it right", arguments: locks)
    func everyFailure(lock: LockWish) async throws {
        let filled = try await KeyBench.filled(lock)
        let first = try filled.copy()
        let counting = KeyCuts(first)
        try await rotate(first, probe: counting.probe)
        for number in counting.all.indices {
            let bench = try filled.copy()
            let count = Counter()
            await #expect(throws: StoreError.diskFull, "step \(number)") {
                try await rotate(
                    bench,
                    probe: StorageProbe { step throws(StoreError) in
                        if step.isOfKeys, count.next() == number { throw .diskFull }
                    })
            }
            try await bench.expectWhole(KeyBench.passphrase, "failed at step \(number)")
        }
    }

    @Test("is refused before anything is changed when a record does not open")
    func damagedRecord() async throws {
        let bench = try await KeyBench.filled()
        let (store, key) = try await bench.open()
        let before = try bench.keys().read()
        try await store.perform { _, database in
            try database.execute(sql: "UPDATE visit SET sealed = zeroblob(100)")
        }
        await #expect(throws: StoreError.recordDamaged(RecordName(table: "visit", id: "visit-1", revision: 1))) {
            try await bench.keys().rotate(key, of: store, under: secret(KeyBench.passphrase))
        }
        store.close()
        #expect(try bench.keys().read() == before)
    }

    @Test(
        "is refused while a draft is not as the kit wrote it, since whoever puts it right again must find it",
        arguments: [
            "draft SET case_id = 'x'", "draft_key SET case_id = 'x'", "draft SET mac = NULL", "draft SET saved_at = 1",
        ])
    func changedDraft(_ change: String) async throws {
        let bench = try await KeyBench.filled()
        let (store, key) = try await bench.open()
        let before = try bench.keys().read()
        try await store.perform { _, database in try database.execute(sql: "UPDATE \(change)") }
        let refusal = await #expect(throws: StoreError.self) {
            try await bench.keys().rotate(key, of: store, under: secret(KeyBench.passphrase))
        }
        guard case .rowChanged(let row) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(row.table == "draft")
        #expect(try bench.keys().read() == before)
        store.close()
    }

    @Test("every column that is sealed is one that rotation knows")
    func columns() async throws {
        let bench = try await KeyBench.filled()
        let (store, _) = try await bench.open()
        let sealed = try await store.perform { _, database in
            try Set(
                String.fetchAll(
                    database,
                    sql: """
                        SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
                        WHERE m.type = 'table' AND c.type = 'BLOB'
                        """))
        }
        store.close()
        let known = Set(SealedColumn.all.map { "\($0.table).\($0.column)" })
        // The MACs hide nothing, and their key lies in the store's mark.
        let macs = Set((["packet", "packet_entry"] + SealedTable.all.map(\.name)).map { "\($0).mac" })
        #expect(sealed == known.union(["draft.sealed", "draft_key.sealed"]).union(macs))
    }

    @Test("a passphrase that is changed opens, and the old one does not; the records are not touched", arguments: locks)
    func changed(lock: LockWish) async throws {
        let bench = try await KeyBench.filled(lock)
        let (store, key) = try await bench.open()
        let wish = try bench.keys().wish(of: key)
        _ = try await bench.keys().relock(key, of: store, under: secret("een andere"), lock: wish)
        store.close()
        #expect(throws: StoreError.wrongPassphrase) { try bench.keys().open(with: secret(KeyBench.passphrase)) }
        try await bench.expectWhole("een andere")
        #expect(bench.safe.slotCount == (lock.kind == .machine ? 1 : 0))
    }

    @Test("a lock can be moved to the machine and back, cut at every step")
    func moved() async throws {
        let bench = try await KeyBench.filled()
        for wish in [LockWish.machine(.least, measurements: []), .passphrase(.least)] {
            let (store, key) = try await bench.open()
            let cuts = KeyCuts(bench)
            _ = try await bench.keys(probe: cuts.probe).relock(
                key, of: store, under: secret(KeyBench.passphrase), lock: wish)
            store.close()
            #expect(try bench.keys().status().lock == wish.kind)
            for cut in cuts.all where wish.kind == .machine {
                try await cut.bench.expectWhole(KeyBench.passphrase, "\(cut.step)")
            }
            try await bench.expectWhole()
        }
        #expect(bench.safe.slotCount == 0)
    }

    @Test("a process that read the file before another changed it changes nothing")
    func twoProcesses() async throws {
        let bench = try await KeyBench.filled()
        let stale = try bench.keys().open(with: secret(KeyBench.passphrase))
        let (store, key) = try await bench.open()
        await #expect(throws: StoreError.inUse) { try await bench.open() }
        _ = try await bench.keys().relock(key, of: store, under: secret("nieuw"), lock: .passphrase(.least))
        let written = try bench.keys().read()
        await #expect(throws: StoreError.inUse) {
            try await bench.keys().relock(stale, of: store, under: secret("oud"), lock: .passphrase(.least))
        }
        await #expect(throws: StoreError.inUse) {
            try await bench.keys().rotate(stale, of: store, under: secret("oud"))
        }
        store.close()
        #expect(try bench.keys().read() == written)
        try await bench.expectWhole("nieuw")
    }

    @Test("with cards, too, it can be cut at every step, and the cards open what is left")
    func everyCutWithCards() async throws {
        let bench = try await KeyBench.filled(Self.locks[1], cards: [1, 2])
        let cuts = KeyCuts(bench)
        try await rotate(bench, probe: cuts.probe)
        for (number, cut) in cuts.all.enumerated() {
            let label = "cut \(number) at \(cut.step)"
            try await cut.bench.expectWhole(KeyBench.passphrase, label)
            for card in UInt8(1)...2 {
                #expect(throws: Never.self, "\(label)") { _ = try cut.bench.key(byCard: card) }
            }
        }
    }

    private func rotate(_ bench: KeyBench, probe: StorageProbe = .none) async throws {
        let (store, key) = try await bench.open(probe: probe)
        defer { store.close() }
        _ = try await bench.keys(probe: probe).rotate(key, of: store, under: secret(KeyBench.passphrase))
    }
}

extension StorageStep {
    /// Not of the store's own opening.
    var isOfKeys: Bool { [.createKey, .upgradeKey, .relock, .rotateKey, .erase].contains(operation) }
}

/// Counts from 0.
final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            defer { value += 1 }
            return value
        }
    }
}
