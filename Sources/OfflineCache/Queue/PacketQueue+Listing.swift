package import EnrolmentCore
import GRDB

/// Which packets are wanted, a page at a time.
package struct QueueQuery: Hashable, Sendable {
    package enum Order: Hashable, Sendable {
        /// Urgent first, then by sequence.
        case sending
        case newestFirst
    }

    package var states = Set(PacketState.allCases)
    /// Sealed from the first instant up to the second.
    package var sealed: Range<Timestamp>?
    /// Part of the name of a packet, a case or a visit, in whatever case of letters; nothing in it has a
    /// special meaning.
    package var text: String?
    package var order = Order.sending
    /// Lines on a page.
    package var limit = 100
    /// `QueuePage.next` of the page before.
    package var after: QueuePage.Position?

    package init() {}
}

/// What a list shows of a packet: its row, and where it was written to beside.
@dynamicMemberLookup
package struct QueueLine: Hashable, Sendable {
    package let packet: QueuedPacket
    /// When it was last written to a stick, which says nothing about its arrival.
    package let exportedAt: Timestamp?

    package subscript<Value>(dynamicMember member: KeyPath<QueuedPacket, Value>) -> Value { packet[keyPath: member] }
}

package struct QueuePage: Hashable, Sendable {
    /// Where the next page continues.
    package struct Position: Hashable, Sendable {
        let isUrgent: Bool
        let sequence: Int
    }

    package var lines: [QueueLine] = []
    /// Rows on this page that cannot be read, or are not as the kit wrote them, by their place in the table.
    package var unreadable: [Int64] = []
    /// Nil on the last page.
    package var next: Position?
}

extension PacketQueue {
    /// One page of the packets that a query asks for.
    ///
    /// Ten thousand packets are looked through in some milliseconds, without an index for each question: an
    /// index costs a page of the disk with every packet that is sealed.
    package func page(_ query: QueueQuery) async throws(StoreError) -> QueuePage {
        try await store.perform { store, database in
            let seals = try store.rowSeals
            let (sql, arguments) = Self.statement(for: query)
            var page = QueuePage()
            var last: QueuePage.Position?
            var seen = 0
            let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
            while let row = try rows.next() {
                seen += 1
                // One more than asked for tells that there is a next page.
                if seen > query.limit {
                    page.next = last
                    break
                }
                if let urgent: Bool = try? row.value("is_urgent"), let sequence: Int = try? row.value("sequence") {
                    last = QueuePage.Position(isUrgent: urgent, sequence: sequence)
                }
                do throws(StoreError) {
                    page.lines.append(
                        QueueLine(
                            packet: try QueuedPacket(row, seals),
                            exportedAt: (try row.optional("exported_at") as Int64?).map { timestamp($0) }))
                } catch {
                    page.unreadable.append(try row.value("rowid"))
                }
            }
            return page
        }
    }

    private static func statement(for query: QueueQuery) -> (String, StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        if query.states.count < PacketState.allCases.count {
            let names = query.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
            conditions.append("state IN (\(names))")
        }
        if let sealed = query.sealed {
            conditions.append("sealed_at >= ? AND sealed_at < ?")
            arguments += [sealed.lowerBound.milliseconds, sealed.upperBound.milliseconds]
        }
        if let text = query.text?.lowercased(), !text.isEmpty {
            let columns = ["id", "case_id", "visit_id"]
            conditions.append("(" + columns.map { "instr(lower(\($0)), ?)" }.joined(separator: " OR ") + ")")
            arguments += [text, text, text]
        }
        if let after = query.after {
            switch query.order {
            case .newestFirst:
                conditions.append("sequence < ?")
                arguments += [after.sequence]
            case .sending:
                conditions.append("(is_urgent < ? OR (is_urgent = ? AND sequence > ?))")
                arguments += [after.isUrgent, after.isUrgent, after.sequence]
            }
        }
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let order = query.order == .sending ? "is_urgent DESC, sequence" : "sequence DESC"
        let sql = """
            SELECT *, rowid, (
                SELECT MAX(written_at) FROM packet_export
                WHERE packet_id = packet.id AND \(SealedTable.packetExport.isWhole)) AS exported_at
            FROM packet \(condition) ORDER BY \(order) LIMIT ?
            """
        return (sql, arguments + [max(0, min(query.limit, Int.max - 1)) + 1])
    }
}
