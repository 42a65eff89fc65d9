import Crypto
import EnrolmentCore
import FoundationEssentials
import GRDB

/// A line of the journal as it lies on disk: nothing of it has been checked.
///
/// Texts are read as the bytes that they are. SQLite's own reading of a text ends at its first NUL, so that
/// what somebody put behind it would go unseen.
struct JournalRecord: Hashable, Sendable {
    let position: Int
    let at: Int64
    let event: String
    let caseID: String?
    let packetID: String?
    let officer: String?
    let reason: String?
    let digest: String
    /// False when a text on disk is no UTF-8: then it cannot be what was written.
    let isReadable: Bool

    /// The digest that a line with this content has behind `previous`, in lower-case hexadecimal.
    ///
    /// Covers each field behind its length in bytes, so that no two lines have the same bytes.
    func digest(after previous: String) -> String {
        let fields: [String?] = [previous, String(position), String(at), event, caseID, packetID, officer, reason]
        let text = fields.map { field in field.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: ",")
        return hexText(SHA256.hash(data: Array(text.utf8)))
    }

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
        position = try row.value("position")
        at = try row.value("at")
        event = try text("event") ?? ""
        caseID = try text("case_id")
        packetID = try text("packet_id")
        officer = try text("officer")
        reason = try text("reason")
        digest = try text("digest") ?? ""
        isReadable = isUnicode
    }

    init(
        position: Int, at: Int64, event: String, caseID: String?, packetID: String?, officer: String?,
        reason: String?, digest: String
    ) {
        self.position = position
        self.at = at
        self.event = event
        self.caseID = caseID
        self.packetID = packetID
        self.officer = officer
        self.reason = reason
        self.digest = digest
        isReadable = true
    }

    init(_ line: Journal.Line, after previous: String) {
        let plain = JournalRecord(line, digest: "")
        self = JournalRecord(line, digest: plain.digest(after: previous))
    }

    private init(_ line: Journal.Line, digest: String) {
        self.init(
            position: line.position, at: line.at.milliseconds, event: line.event.rawValue, caseID: line.caseID?.text,
            packetID: line.packetID?.description, officer: line.officer?.text, reason: line.reason, digest: digest)
    }

    /// The line that it tells; nil when it names an event or a packet that there cannot be.
    var line: Journal.Line? {
        guard isReadable, let event = JournalEvent(rawValue: event) else { return nil }
        let packet = packetID.flatMap { PacketID($0) }
        guard packetID == nil || packet != nil else { return nil }
        return Journal.Line(
            position: position, at: timestamp(at), event: event, caseID: caseID.map { CaseID($0) }, packetID: packet,
            officer: officer.map { OfficerID($0) }, reason: reason)
    }
}
