import ArgumentParser
import EnrolmentCore
import Foundation
import GRDB
import OfflineCache
import PacketFormat

/// Every byte of a journal that was given away, and every value of every line and seal in the store, changed in turn.
struct AuditCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Change every byte of an exported journal, and every value in the store's, in turn (T6).")

    @Option var seed: UInt64 = 1
    @Option(help: "Days in the journal, each with two packets.") var days = 3
    @Option(help: "Leave the export and the public key in this folder, for Tests/Witness/audit-verify.py.")
    var keep: String?

    func run() async throws {
        let world = try ClockWorld(seed: seed, keys: try ClockWorld.Keys())
        try await live(world)
        let store = try await world.open()
        let file = URL(filePath: "\(world.folder.path)/export.jsonl")
        let export = try await store.journal.export(to: file, with: world.kit.signingKey)
        let bytes = [UInt8](try Data(contentsOf: file))
        var verdict = CampaignVerdict()
        let whole = try await store.journal.audit(by: world.audit)
        verdict.expect(
            whole.isWhole && reader(world).audit(bytes).isWhole,
            "untouched: \(export.lines) lines, \(export.seals) seals, \(whole.packets) packets, \(bytes.count) bytes")
        everyByte(bytes, world, &verdict)
        if let keep {
            try Data(bytes).write(to: URL(filePath: "\(keep)/export.jsonl"))
            try Data(world.kit.signingKey.verifyingKey.pem.utf8).write(to: URL(filePath: "\(keep)/kit.pem"))
        }
        try await everyValue(world, store, &verdict)
        store.close()
        try verdict.close("vault-audit")
    }

    private func reader(_ world: ClockWorld) -> AuditFile {
        AuditFile(kit: world.kit.kit.id, keys: [world.kit.signingKey.verifyingKey])
    }

    private func everyByte(_ bytes: [UInt8], _ world: ClockWorld, _ verdict: inout CampaignVerdict) {
        var generator = SeededGenerator(seed: seed)
        let reader = reader(world)
        var missed: [Int] = []
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= UInt8.random(in: 1...255, using: &generator)
            if reader.audit(changed).isWhole { missed.append(index) }
        }
        verdict.expect(
            missed.isEmpty, "every byte changed in turn, seed \(seed): \(bytes.count) tried, \(missed.count) missed")
    }

    /// Edits behind the store's back: each value of each line and seal, and each of these taken out.
    private func everyValue(_ world: ClockWorld, _ store: Store, _ verdict: inout CampaignVerdict) async throws {
        let database = try DatabaseQueue(path: "\(world.folder.path)/store.sqlite")
        let edits = try await database.write { database in
            for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \(name)")
            }
            return try StoreEdit.all(database)
        }
        var missed: [StoreEdit] = []
        for edit in edits {
            let old = try await database.write { try edit.make($0) }
            let report = try await store.journal.audit(by: world.audit)
            if !edit.isNamed(in: report) { missed.append(edit) }
            try await database.write { try edit.undo($0, old) }
        }
        let isWhole = try await store.journal.audit(by: world.audit).isWhole
        verdict.expect(
            missed.isEmpty && isWhole,
            "every value in the store changed, every line and seal taken out, in turn: \(edits.count) tried, "
                + "\(missed.count) not named where they are")
        for edit in missed.prefix(10) { print("     \(edit)") }
    }

    private func live(_ world: ClockWorld) async throws {
        for number in 0..<days {
            if number > 0 { world.clocks.pass(ClockWorld.day) }
            var day = try await ClockDay(world)
            for step in ClockDay.steps { try await day.take(step.of(day: number)) }
            day.store.close()
        }
    }
}

extension ClockDay.Step {
    /// The same step with the cases of another day.
    fileprivate func of(day: Int) -> ClockDay.Step {
        switch self {
        case .save(let number, let revision): .save(number + 2 * day, revision)
        case .seal(let number): .seal(number + 2 * day)
        default: self
        }
    }
}
