package import EnrolmentCore
package import EnrolmentFlow
package import OfflineCache
package import StationUI

extension Store {
    /// Lines of the queue's first page.
    package static let queuePage = 100

    /// The queue for the screens: what still has a way to go in the order in which it is sent, then what has
    /// arrived, the newest first.
    ///
    /// - Parameters:
    ///   - count: how many lines are wanted.
    ///   - visits: what the home screen shows: where their packets are is told, however far down they stand.
    package func queueList(_ count: Int, naming visits: [VisitMachine] = []) async throws(FailureReport) -> QueueList {
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
            let rows = (first.lines + second.lines).map { QueueRow($0.packet) }
            let missing = Set(visits.flatMap(\.storedPackets)).subtracting(rows.map(\.packet))
            return QueueList(
                rows: rows,
                beside: try await packets.packets(named: missing.sorted { $0.description < $1.description })
                    .map { QueueRow($0) },
                hasMore: read < totals.amount(in: Set(PacketState.allCases)).packets,
                waiting: waiting.packets, bytesWaiting: Int64(waiting.bytesLeft),
                received: totals.amount(in: Self.arrived).packets,
                needPerson: totals.amount(in: [.conflict, .refused]).packets)
        }
    }

    private static let arrived: Set<PacketState> = [.received, .purged]
    private static let onTheWay = Set(PacketState.allCases).subtracting(arrived)
}

extension VisitMachine {
    fileprivate var storedPackets: [PacketID] {
        visit.cases.compactMap { planned in
            if case .stored(let id) = outcomes[planned.id] { id } else { nil }
        }
    }
}

extension QueueRow {
    init(_ packet: QueuedPacket) {
        let state: State =
            switch packet.state {
            case .sealed, .announced: .sealed
            case .uploading: .uploading
            case .received: .received
            case .purged: .purged
            case .conflict: .conflict
            case .refused: .refused
            }
        self.init(
            packet: packet.id, sequence: packet.sequence, caseID: packet.caseID, state: state,
            isUrgent: packet.isUrgent,
            sealedAt: packet.sealedAt, bytes: Int64(packet.fileSize),
            bytesAtCentral: Int64(packet.state == .purged ? packet.fileSize : packet.uploadOffset),
            receivedAt: packet.receivedAt, problem: packet.problem?.code)
    }
}
