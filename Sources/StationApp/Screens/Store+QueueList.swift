package import EnrolmentCore
package import OfflineCache
package import StationUI

extension Store {
    /// Lines of the queue's first page.
    package static let queuePage = 100

    /// The queue for the screens: what still has a way to go in the order in which it is sent, then what has
    /// arrived, the newest first.
    ///
    /// - Parameter count: how many lines are wanted.
    package func queueList(_ count: Int) async throws(FailureReport) -> QueueList {
        try await reporting(kept: .packet) { () throws(StoreError) in
            let totals = try await packets.totals()
            var query = QueueQuery()
            query.states = Self.onTheWay
            query.limit = count
            let first = try await packets.page(query)
            query.states = Self.arrived
            query.order = .newestFirst
            query.limit = max(0, count - first.lines.count)
            let second = try await packets.page(query)
            // A row that a damaged disk changed is a place on a page, and no line.
            let read = [first, second].reduce(0) { $0 + $1.lines.count + $1.unreadable.count }
            let waiting = totals.amount(in: PacketState.waiting)
            return QueueList(
                rows: (first.lines + second.lines).map(QueueRow.init),
                hasMore: read < totals.amount(in: Set(PacketState.allCases)).packets,
                waiting: waiting.packets, bytesWaiting: Int64(waiting.bytesLeft),
                received: totals.amount(in: Self.arrived).packets,
                needPerson: totals.amount(in: [.conflict, .refused]).packets)
        }
    }

    private static let arrived: Set<PacketState> = [.received, .purged]
    private static let onTheWay = Set(PacketState.allCases).subtracting(arrived)
}

extension QueueRow {
    init(_ line: QueueLine) {
        let state: State =
            switch line.state {
            case .sealed, .announced: .sealed
            case .uploading: .uploading
            case .received: .received
            case .purged: .purged
            case .conflict: .conflict
            case .refused: .refused
            }
        self.init(
            packet: line.id, sequence: line.sequence, caseID: line.caseID, state: state, isUrgent: line.isUrgent,
            sealedAt: line.sealedAt, bytes: Int64(line.fileSize),
            bytesAtCentral: Int64(line.state == .purged ? line.fileSize : line.uploadOffset),
            receivedAt: line.receivedAt, problem: line.problem?.code)
    }
}
