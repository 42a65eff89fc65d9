import Crypto
import EnrolmentCore

/// A line of a journal as it lies on disk or in a file: nothing of it has been checked.
package struct JournalRecord: Hashable, Sendable {
    package let position: Int
    package let at: Int64
    package let event: String
    package let caseID: String?
    package let packetID: String?
    package let officer: String?
    package let reason: String?
    package let digest: String
    /// False when a text on disk is no UTF-8: then it cannot be what was written.
    package let isReadable: Bool

    /// The digest that a line with this content has behind `previous`, in lower-case hexadecimal.
    ///
    /// Covers each field behind its length in bytes, so that no two lines have the same bytes.
    package func digest(after previous: String) -> String {
        let fields: [String?] = [previous, String(position), String(at), event, caseID, packetID, officer, reason]
        let text = fields.map { field in field.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: ",")
        return hexadecimal(SHA256.hash(data: Array(text.utf8)))
    }

    /// - Parameter isReadable: false when a text on disk is no UTF-8.
    package init(
        position: Int, at: Int64, event: String, caseID: String?, packetID: String?, officer: String?,
        reason: String?, digest: String, isReadable: Bool = true
    ) {
        self.position = position
        self.at = at
        self.event = event
        self.caseID = caseID
        self.packetID = packetID
        self.officer = officer
        self.reason = reason
        self.digest = digest
        self.isReadable = isReadable
    }

    package init(_ line: JournalLine, after previous: String) {
        let plain = JournalRecord(line, digest: "")
        self = JournalRecord(line, digest: plain.digest(after: previous))
    }

    private init(_ line: JournalLine, digest: String) {
        self.init(
            position: line.position, at: line.at.milliseconds, event: line.event.rawValue, caseID: line.caseID?.text,
            packetID: line.packetID?.description, officer: line.officer?.text, reason: line.reason, digest: digest)
    }

    /// The line that it tells; nil when it names an event or a packet that there cannot be.
    package var line: JournalLine? {
        guard isReadable, let event = JournalEvent(rawValue: event) else { return nil }
        let packet = packetID.flatMap { PacketID($0) }
        guard packetID == nil || packet != nil else { return nil }
        return JournalLine(
            position: position, at: Timestamp(milliseconds: at), event: event, caseID: caseID.map { CaseID($0) },
            packetID: packet,
            officer: officer.map { OfficerID($0) }, reason: reason)
    }
}
