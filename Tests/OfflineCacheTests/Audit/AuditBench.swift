import EnrolmentCore
import Foundation
import GRDB
import PacketFormat

@testable import OfflineCache

/// A kit whose journal tells of packets and receipts, with days that were closed.
struct AuditBench: Sendable {
    let maker: StoreMaker
    let store: Store
    let signatures = Signatures()

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
    }

    var keys: AuditKeys { keys(kit: signatures.kitKey) }

    func keys(kit: KitSigningKey) -> AuditKeys {
        AuditKeys(
            kit: Kit.real.id, kitKeys: [kit.verifyingKey], server: Signatures.server,
            receiptKeys: [signatures.receiptKey.verifyingKey])
    }

    static func day(_ number: Int) -> ClosingDay {
        let begins = Timestamp.noon.advanced(by: .seconds(-12 * 3600 + 86_400 * number))
        return ClosingDay(
            date: begins.advanced(by: .seconds(3600)).dayInUTC, begins: begins,
            ends: begins.advanced(by: .seconds(86_400)))
    }

    @discardableResult
    func close(_ number: Int, because reason: CloseReason? = nil) async throws -> DaySealing {
        try await store.seals.close(
            Self.day(number), by: OfficerID("o-12"), because: reason, with: signatures.kitKey)
    }

    /// Two days: three packets, of which two were received, a discarded draft, and a line behind the last seal.
    func twoDays() async throws {
        let first = try await store.sealPacket("c1", signatures: signatures)
        let second = try await store.sealPacket("c2", signatures: signatures)
        let receipt = try signatures.receipt(for: first, after: nil)
        try await store.packets.record(receipt)
        try await close(0)
        maker.clock.move(to: .noon.advanced(by: .seconds(86_400)))
        try await store.packets.record(signatures.receipt(for: second, after: receipt.chainHead))
        try await store.packets.purge(second.id)
        _ = try await store.sealPacket("c3", signatures: signatures)
        try await store.journal.note(.officerLoggedIn, officer: OfficerID("o-12"), reason: "card")
        try await close(1, because: .noNetwork)
        try await store.journal.note(.officerLoggedOut, officer: OfficerID("o-12"))
    }

    func audit() async throws -> AuditReport { try await store.journal.audit(by: keys) }

    /// Changes the database as somebody does who holds it open with a tool of their own.
    func tamper(_ sql: String, _ arguments: StatementArguments = []) async throws {
        try await store.perform { _, database in
            try Self.dropGuards(database)
            try database.execute(sql: sql, arguments: arguments)
        }
    }

    static func dropGuards(_ database: Database) throws {
        for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
            try database.execute(sql: "DROP TRIGGER \(name)")
        }
    }

    /// The export as bytes.
    func exported() async throws -> [UInt8] {
        let file = URL(filePath: maker.folder.path).appending(path: "export.jsonl")
        _ = try await store.journal.export(to: file, with: signatures.kitKey)
        defer { try? FileManager.default.removeItem(at: file) }
        return [UInt8](try Data(contentsOf: file))
    }

    var file: AuditFile { AuditFile(kit: Kit.real.id, keys: [signatures.kitKey.verifyingKey]) }
}
