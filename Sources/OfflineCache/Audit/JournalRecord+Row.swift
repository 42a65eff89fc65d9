import FoundationEssentials
import GRDB
import PacketFormat

/// Texts are read as the bytes that they are. SQLite's own reading of a text ends at its first NUL, so that
/// what somebody put behind it would go unseen.
extension JournalRecord {
    static let columns = """
        position, at, CAST(event AS BLOB) AS event, CAST(case_id AS BLOB) AS case_id,
        CAST(packet_id AS BLOB) AS packet_id, CAST(officer AS BLOB) AS officer, CAST(reason AS BLOB) AS reason,
        CAST(digest AS BLOB) AS digest
        """

    init(_ row: Row) throws {
        var isUnicode = true
        func text(_ column: String) throws -> String? {
            guard let data: Data = try row.optional(column) else { return nil }
            let text = String(validating: data, as: UTF8.self)
            if text == nil { isUnicode = false }
            return text ?? ""
        }
        let (event, caseID, packetID) = (try text("event"), try text("case_id"), try text("packet_id"))
        let (officer, reason, digest) = (try text("officer"), try text("reason"), try text("digest"))
        self.init(
            position: try row.value("position"), at: try row.value("at"), event: event ?? "", caseID: caseID,
            packetID: packetID, officer: officer, reason: reason, digest: digest ?? "", isReadable: isUnicode)
    }
}
