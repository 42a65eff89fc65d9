import EnrolmentCore
import FoundationEssentials
import GRDB

/// A draft as rotation sees it: what was captured under a key of its own, and that key under the store key.
///
/// A new store key comes with a new key for each draft: whoever had the old one had those, too.
struct SealedDraft {
    private let caseID: String
    private let name: RecordName
    private let keyName: RecordName
    private let content: [UInt8]

    /// Those that are not destroyed.
    static func cases(_ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT case_id FROM draft_key JOIN draft USING (case_id)")
    }

    /// Opens it.
    init(_ caseID: String, _ sealing: any RecordSealing, _ database: Database) throws {
        self.caseID = caseID
        let sql = """
            SELECT draft.revision, draft.sealed, draft_key.sealed AS draft_key
            FROM draft_key JOIN draft USING (case_id) WHERE draft_key.case_id = ?
            """
        keyName = RecordName(table: DraftStore.keyTable, id: caseID, revision: 1)
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [caseID]) else {
            throw StoreError.unknownDraft(CaseID(caseID))
        }
        name = RecordName(table: DraftStore.table, id: caseID, revision: try row.value("revision"))
        let sealed = bytes(try row.value("sealed"))
        if let key = try row.optional("draft_key") as Data? {
            content = try sealing.open(sealed, as: name, under: SealedRecordKey(bytes(key), as: keyName))
        } else {
            // Of a program that gave drafts no keys yet.
            content = try sealing.open(sealed, as: name)
        }
    }

    /// Seals it under a new key of its own; must run inside a transaction.
    func reseal(_ sealing: any RecordSealing, _ database: Database) throws {
        let key = try sealing.makeRecordKey(as: keyName)
        let sealed = try sealing.seal(content, as: name, under: key)
        try database.execute(
            sql: "UPDATE draft SET sealed = ? WHERE case_id = ?", arguments: [databaseBlob(sealed), caseID])
        try database.execute(
            sql: "UPDATE draft_key SET sealed = ? WHERE case_id = ?", arguments: [databaseBlob(key.bytes), caseID])
    }
}
